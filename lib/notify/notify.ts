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
  readonly way: string;
  readonly told: boolean;
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
 * `ok` is sent to heartbeats, and closes an issue; other channels receive it with `tellOk` only.
 */
export async function announce(
  announcement: Announcement,
  ways: readonly NotificationChannel[],
  runtime: NotifyRuntime,
): Promise<readonly NotificationOutcome[]> {
  const { environment, redactor } = runtime;
  for (const way of ways) {
    const url = "variable" in way ? environment[way.variable] : undefined;
    // Before the first text is made: no text may show the URL of another channel.
    if (url !== undefined && URL.canParse(url)) addSecretUrl(redactor, url);
  }
  const clean = cleaned(announcement, redactor);
  return Promise.all(ways.map((way) => tellOne(clean, way, runtime)));
}

async function tellOne(
  announcement: Announcement,
  way: NotificationChannel,
  runtime: NotifyRuntime,
): Promise<NotificationOutcome> {
  const { signal, timeoutMs = DEFAULT_TIMEOUT_MS } = runtime;
  const name = nameOf(way);
  const notSent = (reason: string): NotificationOutcome => ({ way: name, told: false, reason });
  if (isQuiet(announcement, way, runtime)) return notSent("all is in order, which is told with --notify-ok only");
  // A mail server may be slow; the relay's test declares how long to wait.
  const most = way.kind === "mail" ? MAIL_MS : timeoutMs * ANSWERS;
  const limited = withTimeout(signal, most);
  try {
    if (way.kind === "issue") {
      const kept = await keepStackIssue(announcement, runtime, limited);
      return kept === "none" ? notSent(NO_ISSUE) : { way: name, told: true };
    }
    if (way.kind === "mail") {
      if (runtime.sendMail === undefined) throw new ProblemError(noSecondRelay());
      await runtime.sendMail(mailNotice(announcement), limited);
      return { way: name, told: true };
    }
    const url = runtime.environment[way.variable];
    if (!url) throw new ProblemError(variableMissing(way.kind, way.variable));
    const why = whyUnusable(url);
    if (why !== undefined) throw new ProblemError(unusableUrl(way.variable, why));
    await sendRequest({ ...way, ...contentOf(announcement, way.kind, url) }, runtime, limited);
    return { way: name, told: true };
  } catch (error) {
    const problem = problemOf(error, name, limited.aborted && !signal.aborted ? most : undefined, runtime);
    return { ...notSent(problem.summary), problem };
  }
}

const NO_ISSUE = "all is in order, and no issue is open";

const isQuiet = ({ state }: Announcement, { kind }: NotificationChannel, { tellOk = false }: NotifyRuntime) =>
  state === "ok" && !tellOk && kind !== "heartbeat" && kind !== "issue";

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
