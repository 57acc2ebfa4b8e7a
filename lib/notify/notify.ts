import { ProblemError, type Problem } from "../core/problem";
import { messageOf } from "../core/thrown";
import { withTimeout } from "../core/signals";
import type { Announcement } from "./announcement";
import { sendRequest } from "./send-request";
import { cleaned } from "./cleaned";
import { noSecondRelay, tookTooLong, unexpectedly, unusableUrl, variableMissing } from "./errors";
import { heartbeat, heartbeatUrl } from "./heartbeat";
import { keepStackIssue } from "./issue";
import { mailNotice } from "./mail";
import { DEFAULT_TIMEOUT_MS, type NotifyRuntime } from "./runtime";
import { addSecretUrl, whyUnusable } from "./secret-url";
import { slack } from "./slack";
import { teams } from "./teams";
import { nameOf, type UrlChannel, type NotificationChannel } from "./channel";
import { webhook } from "./webhook";

/** The result of one channel. */
export interface NotificationOutcome {
  /** The channel as it was written: `slack=SLACK_URL`. */
  readonly channel: string;
  readonly sent: boolean;
  /** Why nothing was sent by it, in one line. */
  readonly reason?: string;
  /** Present when a notification was due and failed. */
  readonly problem?: Problem;
}

/** The limit for mail, however long the relay's own test may take. */
const MAIL_MS = 600_000;

/** A channel may need several requests. */
const ANSWERS = 3;

/**
 * Notifies all channels at the same time; none waits for another, and a failing one hides no other. Never throws.
 *
 * `ok` is sent to heartbeats, and closes an issue; other channels receive it with `announceOk` only.
 */
export async function announce(
  announcement: Announcement,
  channels: readonly NotificationChannel[],
  runtime: NotifyRuntime,
): Promise<readonly NotificationOutcome[]> {
  const { environment, redactor } = runtime;
  for (const channel of channels) {
    const url = "variable" in channel ? environment[channel.variable] : undefined;
    // Before the first text is made: no text may show the URL of another channel.
    if (url !== undefined && URL.canParse(url)) addSecretUrl(redactor, url);
  }
  const clean = cleaned(announcement, redactor);
  return Promise.all(channels.map((way) => notifyChannel(clean, way, runtime)));
}

async function notifyChannel(
  announcement: Announcement,
  channel: NotificationChannel,
  runtime: NotifyRuntime,
): Promise<NotificationOutcome> {
  const { signal, timeoutMs = DEFAULT_TIMEOUT_MS } = runtime;
  const name = nameOf(channel);
  const notSent = (reason: string): NotificationOutcome => ({ channel: name, sent: false, reason });
  if (isQuiet(announcement, channel, runtime)) return notSent("all is in order, which is told with --notify-ok only");
  // A mail server may be slow; the relay's test declares how long to wait.
  const most = channel.kind === "mail" ? MAIL_MS : timeoutMs * ANSWERS;
  const limited = withTimeout(signal, most);
  try {
    if (channel.kind === "issue") {
      const kept = await keepStackIssue(announcement, runtime, limited);
      return kept === "none" ? notSent(NO_ISSUE) : { channel: name, sent: true };
    }
    if (channel.kind === "mail") {
      if (runtime.sendMail === undefined) throw new ProblemError(noSecondRelay());
      await runtime.sendMail(mailNotice(announcement), limited);
      return { channel: name, sent: true };
    }
    const url = runtime.environment[channel.variable];
    if (!url) throw new ProblemError(variableMissing(channel.kind, channel.variable));
    const why = whyUnusable(url);
    if (why !== undefined) throw new ProblemError(unusableUrl(channel.variable, why));
    await sendRequest({ ...channel, ...contentOf(announcement, channel.kind, url) }, runtime, limited);
    return { channel: name, sent: true };
  } catch (error) {
    const problem = problemOf(error, name, limited.aborted && !signal.aborted ? most : undefined, runtime);
    return { ...notSent(problem.summary), problem };
  }
}

const NO_ISSUE = "all is in order, and no issue is open";

const isQuiet = ({ state }: Announcement, { kind }: NotificationChannel, { announceOk = false }: NotifyRuntime) =>
  state === "ok" && !announceOk && kind !== "heartbeat" && kind !== "issue";

function contentOf(announcement: Announcement, kind: UrlChannel, url: string) {
  switch (kind) {
    case "webhook":
      return { url, ...webhook(announcement) };
    case "slack":
      return { url, ...slack(announcement) };
    case "teams":
      return { url, ...teams(announcement) };
    case "heartbeat":
      return { url: heartbeatUrl(url, announcement), ...heartbeat };
  }
}

/**
 * Turns what a channel threw into a problem.
 *
 * @param overdueMs after how long the channel was given up. @default it was not
 */
function problemOf(error: unknown, name: string, overdueMs: number | undefined, { redactor }: NotifyRuntime): Problem {
  if (overdueMs !== undefined) return tookTooLong(name, overdueMs / 1000);
  const known = error instanceof ProblemError ? error.problems[0] : undefined;
  return known ?? unexpectedly(name, redactor.redact(messageOf(error)));
}
