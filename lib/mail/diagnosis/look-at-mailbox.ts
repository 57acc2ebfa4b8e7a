import { ProblemError, type Problem } from "../../core/problem";
import type { ImapMailbox } from "../imap/mailbox";
import { authorities } from "../wire/authorities";
import { Deadline } from "../wire/deadline";
import type { ProbeRuntime } from "../wire/probe-runtime";
import { explainMailboxRefusal } from "./stages/mailbox-refusal";

/** As long as a look may take. */
const LOOK_MS = 30_000;

/**
 * Goes to the mailbox's server as far as the login, and says nothing secret: its certificates are shown to
 * `runtime.onCertificates`. What was in the way comes back.
 */
export async function lookAtMailbox(
  mailbox: ImapMailbox,
  runtime: ProbeRuntime,
  signal: AbortSignal,
): Promise<Problem | undefined> {
  try {
    const { reachMailbox } = await import("../imap/reach");
    const deadline = new Deadline(runtime.clock, LOOK_MS, signal);
    await reachMailbox(mailbox, authorities(mailbox.ca, runtime), runtime, deadline, explainMailboxRefusal);
    return undefined;
  } catch (error) {
    if (error instanceof ProblemError && !signal.aborted) return error.problems[0];
    throw error;
  }
}
