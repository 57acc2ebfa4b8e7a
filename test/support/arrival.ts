import { systemClock, type Clock } from "../../lib/core/clock";
import type { Resolver, Stage } from "../../lib/mail";
import { awaitArrival, type Arrival, type ImapMailbox, type SentMessage } from "../../lib/mail/imap";
import { explainMailboxRefusal } from "../../lib/mail/diagnosis/stages/mailbox-refusal";
import { Deadline } from "../../lib/mail/wire/deadline";
import { ARRIVAL } from "../../lib/mail/stage/stage";
import { StageLog } from "../../lib/mail/stage/stage-log";
import { mailRuntime } from "./mail-runtime";
import type { ScriptedImap } from "./scripted-imap";
import { skippingClock } from "./skipping-clock";

export const MESSAGE_ID = "<outbound-test.0123456789ab@example.com>";
export const SUBJECT = "[TEST] Alert mail (0123456789ab, 2026-11-22 01:02:03 UTC)";

/** The test mail as it lies in a mailbox. */
export function testMail(
  overrides: { readonly id?: string; readonly subject?: string; readonly head?: string } = {},
): string {
  const { id = MESSAGE_ID, subject = SUBJECT, head = "" } = overrides;
  return `${head}From: alerts@example.com\r\nMessage-ID: ${id}\r\nSubject: ${subject}\r\n\r\nA test.\r\n`;
}

export interface Looked {
  readonly arrival: Arrival | undefined;
  readonly stage: Stage;
  /** How long the pauses between two looks were to be, in milliseconds. */
  readonly pauses: readonly number[];
}

export interface LookOptions {
  readonly mailbox?: Partial<ImapMailbox>;
  readonly sent?: Partial<SentMessage>;
  /** For the whole stage. */
  readonly ms?: number;
  /** Pauses between two looks are over at once, and have taken their time. */
  readonly hurried?: boolean;
  readonly signal?: AbortSignal;
  /** The system's, or one that skips the pauses where `hurried`, unless given. */
  readonly clock?: Clock;
  readonly resolver?: Resolver;
}

/** Looks for the test mail, over STARTTLS and once, unless told otherwise. */
export async function lookFor(
  server: Pick<ScriptedImap, "port" | "ca">,
  {
    mailbox,
    sent,
    ms = 5_000,
    hurried = false,
    signal = new AbortController().signal,
    clock: given,
    resolver,
  }: LookOptions = {},
): Promise<Looked> {
  const skipping = skippingClock(signal);
  const clock = given ?? (hurried ? skipping : { ...systemClock });
  const runtime = mailRuntime({ clock, ...(resolver && { resolver }) });
  const log = new StageLog(clock, (text) => text);
  const arrival = await awaitArrival(
    { runtime, log, deadline: new Deadline(clock, ms, signal) },
    ARRIVAL,
    {
      host: "127.0.0.1",
      port: server.port,
      security: "starttls",
      username: "oncall@example.com",
      password: "correct horse",
      ca: server.ca,
      receiver: "oncall@example.com",
      waitMs: 0,
      ...mailbox,
    },
    { messageId: MESSAGE_ID, subject: SUBJECT, acceptedAt: clock.now(), ...sent },
    explainMailboxRefusal,
  );
  if (log.stages.length !== 1) throw new Error(`one stage was expected, not ${log.stages.length}`);
  return { arrival, stage: log.stages[0]!, pauses: skipping.skipped };
}
