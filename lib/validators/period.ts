import { parseDurationWithDays } from "../terraform-plugin/duration";
import type { Validator } from "../terraform-plugin/schema";
import { notAPeriod } from "./errors";

const FORM = /^(?:\d{1,6}d)?(?:\d{1,6}h)?(?:\d{1,6}m)?$/;

/** Milliseconds of "7d", "36h" or "1d12h"; undefined when it is none, or nothing at all. */
export function parsePeriod(text: string): number | undefined {
  return (FORM.test(text) && parseDurationWithDays(text)) || undefined;
}

/** How often something is done: days, hours and minutes. */
export const period: Validator<string> = {
  describes: 'days, hours and minutes such as "7d" or "1d12h"',
  check: (value) => (parsePeriod(value) === undefined ? notAPeriod(value, suggestionFor(value)) : undefined),
};

/** "7 days", "1 week" and "7 D" are clear enough to be corrected; a bare "7" most likely means days. */
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
