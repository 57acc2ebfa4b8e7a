import { ProblemError, type Problem } from "../../core/problem";
import { timeSpan } from "../../core/time-span";
import { hasControlCharacter } from "../../validators/single-line";
import { printable } from "../../core/printable";
import { authorities } from "../wire/authorities";
import { remedyFor } from "../stage/remedy";
import type { ProbeRuntime } from "../wire/probe-runtime";
import { SECURITY_TITLES } from "../wire/security";
import type { StageRef } from "../stage/stage";
import type { Run } from "../wire/run";
import { StageFailed, type StageResult } from "../stage/stage-log";
import { explainStep } from "./explain";
import { headerFields } from "./header-fields";
import { latencyOf, type Latency } from "./latency";
import type { Arrival, ImapMailbox } from "./mailbox";
import { reachMailbox, type ReachedMailbox } from "./reach";
import type { ExplainEntryRefusal } from "./refusal";
import { remedies } from "./remedies";
import { removeMessage } from "./remove";
import { Search, type Hit } from "./search";
import type { SentMessage } from "./sent-message";
import { ImapRefusal, ImapSession, type FetchedMessage } from "./session";

/**
 * Looks for the test mail in the mailbox until it is there or the time is over, and writes the given stage. Undefined
 * when it was not found; a mail in the junk folder is found, and fails the stage.
 */
export async function awaitArrival(
  run: Run,
  stage: StageRef,
  mailbox: ImapMailbox,
  sent: SentMessage,
  explain: ExplainEntryRefusal,
): Promise<Arrival | undefined> {
  const { log, deadline } = run;
  let arrival: Arrival | undefined;
  try {
    await log.run(
      stage,
      () => look(run, mailbox, sent, explain, (found) => (arrival = found)),
      (error) =>
        deadline.signal.aborted
          ? remedyFor(remedies.interrupted, { step: "waiting for the mail" })
          : error instanceof ImapRefusal
            ? remedyFor(remedies.refused, { step: error.step }, error.said)
            : explainStep(error, "waiting for the mail"),
    );
  } catch (error) {
    if (!(error instanceof StageFailed)) throw error;
  }
  return arrival;
}

async function look(
  { runtime, deadline }: Run,
  mailbox: ImapMailbox,
  sent: SentMessage,
  explain: ExplainEntryRefusal,
  found: (arrival: Arrival) => void,
): Promise<StageResult<void>> {
  const ca = checkedConfiguration(mailbox, runtime);
  const reached = await reachMailbox(mailbox, ca, runtime, deadline, explain);
  const session = await ImapSession.open(mailbox, reached, deadline, explain);
  try {
    const search = new Search(session, mailbox, sent, runtime.clock, deadline);
    const hit = await search.untilFound();
    const foundAt = runtime.clock.now();
    if (!hit) throw new ProblemError(notArrived(sent, foundAt, search.described));

    const message = await session.fetch(hit.path, hit.uid).catch((error: unknown) => {
      if (!(error instanceof ImapRefusal)) throw error;
      throw new ProblemError(remedyFor(remedies.messageUnreadable, { folder: printable(hit.path) }, error.said));
    });
    const latency = latencyOf(sent.acceptedAt, foundAt, message.storedAt);
    found(arrivalOf(mailbox, hit, message, latency));
    const removal = mailbox.remove === true ? await removeMessage(session, hit, mailbox) : undefined;
    return seen(hit, latency, reached, mailbox, removal);
  } finally {
    if (deadline.signal.aborted) session.close();
    else await session.end();
  }
}

/** Settings become parts of commands: a line break in one of them is refused here. */
function checkedConfiguration(mailbox: ImapMailbox, runtime: ProbeRuntime): readonly string[] | undefined {
  const { setting = "imap", host, username, password, folder = "" } = mailbox;
  for (const [name, text] of Object.entries({ host, username, password_wo: password, folder })) {
    if (!hasControlCharacter(text)) continue;
    throw new ProblemError(remedyFor(remedies.lineBreak, { attribute: `${setting}.${name}` }));
  }
  return authorities(mailbox.ca, runtime);
}

function arrivalOf({ receiver }: ImapMailbox, { path, role }: Hit, { raw }: FetchedMessage, latency: Latency): Arrival {
  return {
    receiver,
    folder: path,
    junk: role === "junk",
    latencyMs: latency.ms,
    raw,
    authenticationResults: headerFields(raw, "Authentication-Results"),
    arcAuthenticationResults: headerFields(raw, "ARC-Authentication-Results"),
  };
}

function seen(
  { path, role, expected }: Hit,
  latency: Latency,
  reached: ReachedMailbox,
  mailbox: ImapMailbox,
  removal: { readonly words: string; readonly warning?: Problem } | undefined,
): StageResult<void> {
  const folder = printable(path, 100);
  const words = [
    `found in ${folder} at most ${timeSpan(latency.ms)} after the server took it (${latency.clock})`,
    ...(removal ? [removal.words] : []),
    `${mailbox.username} on ${mailbox.host}:${mailbox.port}, ${reached.encryption ?? SECURITY_TITLES[mailbox.security]}`,
  ];
  const detail = words.join("; ");
  if (role === "junk") throw new ProblemError(remedyFor(remedies.arrivedInJunk, { folder }, detail));
  if (role === "trash") throw new ProblemError(remedyFor(remedies.arrivedInTrash, { folder }, detail));
  const elsewhere =
    role === "expected"
      ? undefined
      : role === "all"
        ? remedyFor(remedies.archived, { folder, expected: printable(expected, 100) })
        : remedyFor(remedies.arrivedElsewhere, { folder, expected: printable(expected, 100) });
  const warnings = [elsewhere, removal?.warning, reached.warning].filter((warning) => warning !== undefined);
  const [warning] = warnings;
  return {
    value: undefined,
    detail: [detail, ...warnings.map(({ summary }) => summary)].join("; "),
    ...(warning === undefined ? {} : { warning }),
  };
}

function notArrived(sent: SentMessage, now: number, searched: string): Problem {
  const queue = sent.queueId === undefined ? sent.messageId : `queue id ${printable(sent.queueId, 80)}`;
  return remedyFor(remedies.notArrived, { time: timeSpan(Math.max(0, now - sent.acceptedAt)), queue }, searched);
}
