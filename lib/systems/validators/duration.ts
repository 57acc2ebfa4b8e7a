import type { Validator } from "../../terraform-plugin/schema";
import { notADuration, zeroDuration } from "./errors";

const MILLISECONDS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
const WHOLE = /^(?:\d+(?:\.\d+)?(?:ms|s|m|h))+$/;
const PARTS = /(\d+(?:\.\d+)?)(ms|s|m|h)/g;

/** The milliseconds of a duration written as Terraform providers write it (`30m`, `1h30m`, `1.5h`); undefined when it is none. */
export function parseDuration(text: string): number | undefined {
  if (text === "0") return 0;
  if (!WHOLE.test(text)) return undefined;
  let total = 0;
  for (const [, amount, unit] of text.matchAll(PARTS)) total += Number(amount) * MILLISECONDS[unit!]!;
  return Math.round(total);
}

/** A duration longer than zero, for timeouts and delays. */
export const duration: Validator<string> = {
  describes: 'a duration such as "90s", "30m" or "1h30m"',
  check(value) {
    const milliseconds = parseDuration(value);
    if (milliseconds === undefined) return notADuration(value, suggestionFor(value));
    return milliseconds === 0 ? zeroDuration(value) : undefined;
  },
};

/** "30 minutes" and "30 M" are clear enough to be corrected; a bare "30" is not, so minutes are only proposed. */
function suggestionFor(text: string): string | undefined {
  if (/^\d+$/.test(text.trim())) return `${text.trim()}m`;
  const rewritten = text
    .toLowerCase()
    .replace(/milli(?:second)?s?|msecs?/g, "ms")
    .replace(/hours?|hrs?/g, "h")
    .replace(/minutes?|mins?/g, "m")
    .replace(/seconds?|secs?/g, "s")
    .replace(/[\s,]+|and/g, "");
  return rewritten !== text && (parseDuration(rewritten) ?? 0) > 0 ? rewritten : undefined;
}
