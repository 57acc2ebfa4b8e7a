import { isMarkup } from "../core/markup";
import type { Announcement } from "./announcement";
import type { NotificationRequest } from "./send-request";

/** The exit code of a process has eight bits. */
const HIGHEST_EXIT_CODE = 255;

/**
 * A monitoring service that raises an alarm when it hears nothing, such as healthchecks.io: pinged when all is well,
 * else with the exit code.
 *
 * @see https://healthchecks.io/docs/signaling_failures/
 */
export const heartbeat: Pick<NotificationRequest, "isTaken" | "expected"> = {
  // healthchecks.io answers 200 to an unknown address too, and to one that is pinged too often.
  isTaken: (response) => !isMarkup(response.text) && !/^OK \(/i.test(response.text.trim()),
  expected: 'a status of 200 to 299, no page of HTML, and no "OK (not found)"',
};

/**
 * The URL for a state. `{exit_code}` and `{state}` in it are filled in; without them, a failure is appended to its
 * path, as healthchecks.io expects. An unknown state is a failure.
 */
export function heartbeatUrl(given: string, { state, exitCode }: Announcement): string {
  const isOk = state === "ok";
  const isCode = Number.isInteger(exitCode) && exitCode > 0 && exitCode <= HIGHEST_EXIT_CODE;
  const code = isOk ? 0 : isCode ? exitCode : 1;
  const filled = given.replaceAll("{exit_code}", String(code)).replaceAll("{state}", state);
  if (filled !== given || isOk) return filled;
  const url = new URL(given);
  url.pathname = `${url.pathname.replace(/\/$/, "")}/${isCode ? exitCode : "fail"}`;
  return url.href;
}
