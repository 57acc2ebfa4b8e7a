import { parseDurationWithDays } from "../terraform-plugin/duration";
import type { Validator } from "../terraform-plugin/schema";
import { notAPeriod } from "./errors";

const FORM = /^(?:\d{1,6}d)?(?:\d{1,6}h)?(?:\d{1,6}m)?$/;

/** The milliseconds of "7d", "36h" or "1d12h"; undefined for a text that is not a period, and for a period of zero. */
export function parsePeriod(text: string): number | undefined {
  return (FORM.test(text) && parseDurationWithDays(text)) || undefined;
}

/** An interval in days, hours and minutes. */
export const period: Validator<string> = {
  describes: 'days, hours and minutes such as "7d" or "1d12h"',
  check: (value) => (parsePeriod(value) === undefined ? notAPeriod(value, suggestionFor(value)) : undefined),
};

/**
 * Suggests a correction where the meaning is clear, as in "7 days", "1 week" and "7 D"; a bare "7" most likely means days.
 */
function suggestionFor(text: string): string | undefined {
  const rewritten = text
    .toLowerCase()
    .replace(/(\d{1,4})\s*w(?:eeks?)?/g, (_, weeks: string) => `${Number(weeks) * 7}d`)
    .replace(/days?/g, "d")
    .replace(/hours?|hrs?/g, "h")
    .replace(/minutes?|mins?/g, "m")
    .replace(/[\s,]+|and/g, "")
    .replace(/^\d+$/, "$&d");
  return rewritten !== text && parsePeriod(rewritten) !== undefined ? rewritten : undefined;
}
