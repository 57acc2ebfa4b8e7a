import { parseDuration } from "../terraform-plugin/duration";
import type { Validator } from "../terraform-plugin/schema";
import { notADuration, zeroDuration } from "./errors";

/** A duration longer than zero, for timeouts and delays. */
export const duration: Validator<string> = {
  describes: 'a duration such as "90s", "30m" or "1h30m"',
  check(value) {
    const milliseconds = parseDuration(value);
    if (milliseconds === undefined) return notADuration(value, suggestionFor(value));
    return milliseconds === 0 ? zeroDuration(value) : undefined;
  },
};

/**
 * Suggests a correction where the meaning is clear, as in "30 minutes" and "30 M". A bare "30" is not clear: seconds, in
 * which requests are measured, are only proposed.
 */
function suggestionFor(text: string): string | undefined {
  if (/^\d+$/.test(text.trim())) return `${text.trim()}s`;
  const rewritten = text
    .toLowerCase()
    .replace(/milli(?:second)?s?|msecs?/g, "ms")
    .replace(/hours?|hrs?/g, "h")
    .replace(/minutes?|mins?/g, "m")
    .replace(/seconds?|secs?/g, "s")
    .replace(/[\s,]+|and/g, "");
  return rewritten !== text && (parseDuration(rewritten) ?? 0) > 0 ? rewritten : undefined;
}
