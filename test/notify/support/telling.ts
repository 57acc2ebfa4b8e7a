import type { Clock } from "../../../lib/core/clock";
import type { Finding } from "../../../lib/core/finding";
import { Redactor } from "../../../lib/core/redaction";
import type { Announcement, NotifyRuntime } from "../../../lib/notify";

/** Waits between attempts take no time; time-outs of the network are real. */
function hastyClock(): Clock {
  let slept = 0;
  return {
    now: () => Date.now() + slept,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      slept += ms;
    },
  };
}

export const finding = (more: Partial<Finding> = {}): Finding => ({
  severity: "error",
  id: "flow-missing",
  path: "outbound_ovh_vrops_flow.smtp",
  summary: "The flow to 203.0.113.25:587 is gone",
  why: "Alerts do not leave without it.",
  fix: "Run a repair.",
  ...more,
});

export const announcement = (more: Partial<Announcement> = {}): Announcement => ({
  stack: "production",
  state: "failed",
  exitCode: 2,
  summary: "1 object is missing",
  findings: [finding()],
  at: "2026-11-29T05:17:00Z",
  link: "https://github.com/acme/alerts/actions/runs/99",
  ...more,
});

export const runtime = (environment: Record<string, string>, more: Partial<NotifyRuntime> = {}): NotifyRuntime => ({
  environment,
  redactor: new Redactor(),
  clock: hastyClock(),
  random: () => 0,
  signal: new AbortController().signal,
  userAgent: "test",
  ...more,
});

/** What somebody else may have written: it calls, links, leaves its place, hides, and turns text around. */
const HOSTILE =
  "<!channel> <@U1|x> @everyone @here [x](https://evil.example) ![i](https://evil.example/i.png) </details><img src=x> " +
  "**b** |\n/close\n##[error]\u001b[2J\u202egnp.exe\u200b & <at>All</at>";

/** Controls, formats and separators that nobody sees; our own line break is none. */
export const UNSEEN = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

export const hostile = (): Announcement =>
  announcement({
    stack: HOSTILE,
    summary: HOSTILE,
    findings: [finding({ id: HOSTILE, path: HOSTILE, summary: HOSTILE, why: HOSTILE, fix: HOSTILE })],
  });
