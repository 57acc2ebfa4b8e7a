import type { ValueProblem } from "./schema";

const UNITS: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
const DAY_MS = 86_400_000;
const FORM = /^(?:\d+(?:\.\d+)?(?:ms|s|m|h))+$/;

/** The milliseconds of "90s", "30m" or "1h30m"; undefined for a text that is not a duration. */
export function parseDuration(text: string): number | undefined {
  if (!FORM.test(text)) return undefined;
  let total = 0;
  for (const [, amount, unit] of text.matchAll(/(?<![\d.])(\d+(?:\.\d+)?)(ms|s|m|h)/g)) {
    total += Number(amount) * UNITS[unit!]!;
  }
  return total;
}

/** Like {@link parseDuration}, with days in front: "7d", "1d12h". */
export function parseDurationWithDays(text: string): number | undefined {
  const { days, rest = "" } = /^(?:(?<days>\d{1,6})d)?(?<rest>.*)$/s.exec(text)?.groups ?? {};
  if (days === undefined) return parseDuration(text);
  const ms = rest === "" ? 0 : parseDuration(rest);
  return ms === undefined ? undefined : Number(days) * DAY_MS + ms;
}

export function durationProblem(text: string): ValueProblem | undefined {
  const milliseconds = parseDuration(text);
  if (milliseconds !== undefined && milliseconds > 0) return undefined;
  return {
    code: "terraform/duration",
    severity: "error",
    summary: "This is not a duration",
    got: JSON.stringify(text),
    expected: "a number with a unit (ms, s, m, h), several in a row: 90s, 30m, 1h30m",
    fix: /^\d+$/.test(text)
      ? `Add a unit. Did you mean "${text}s" or "${text}m"?`
      : "Write it with a unit, such as 30m.",
  };
}
