import { ProblemError, type Problem } from "../../core/problem";
import type { ImapMailbox } from "../imap/mailbox";
import { authorities } from "../wire/authorities";
import { Deadline } from "../wire/deadline";
import type { ProbeRuntime } from "../wire/probe-runtime";
import { explainMailboxRefusal } from "./stages/mailbox-refusal";

/** The time limit of a visit. */
const LOOK_MS = 30_000;

/**
 * Connects to the mailbox's server up to the login, and sends nothing secret: its certificates are passed to
 * `runtime.onCertificates`. Returns the obstacle, if any.
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
