import { timeSpan } from "../core/time-span";
import { parseDurationWithDays } from "../terraform-plugin/duration";
import { badOption } from "./errors";

/**
 * Reads a time span from the command line in milliseconds: "90s", "1h30m", and with days "7d", "1d12h".
 *
 * @throws ProblemError `cli/bad-option`
 */
export function span(option: string, text: string, least: number, most: number): number {
  const total = parseDurationWithDays(text) ?? NaN;
  if (total >= least && total <= most) return total;
  throw badOption(option, text, `a time from ${timeSpan(least)} to ${timeSpan(most)}, such as 90s, 1h30m or 7d`);
}
