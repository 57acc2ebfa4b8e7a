import { timeSpan } from "../core/time-span";
import { parseDuration } from "../terraform-plugin/duration";
import { badOption } from "./errors";

const DAY_MS = 86_400_000;

/**
 * A time from the command line in milliseconds: "90s", "1h30m", and with days as well "7d", "1d12h".
 *
 * @throws ProblemError `cli/bad-option`
 */
export function span(option: string, text: string, least: number, most: number): number {
  const { days = "0", rest = "" } = /^(?:(?<days>\d{1,6})d)?(?<rest>.*)$/.exec(text)?.groups ?? {};
  const ms = rest === "" && text !== "" ? 0 : parseDuration(rest);
  const total = ms === undefined ? NaN : Number(days) * DAY_MS + ms;
  if (total >= least && total <= most) return total;
  throw badOption(option, text, `a time from ${timeSpan(least)} to ${timeSpan(most)}, such as 90s, 1h30m or 7d`);
}
