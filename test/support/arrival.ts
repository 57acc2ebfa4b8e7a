import { systemClock, type Clock } from "../../lib/core/clock";
import type { Resolver, Stage } from "../../lib/mail";
import { awaitArrival, type Arrival, type Mailbox, type SentMessage } from "../../lib/mail/arrival";
import { Deadline } from "../../lib/mail/deadline";
import { StageLog } from "../../lib/mail/stage-log";
import { mailRuntime } from "./mail-runtime";
import type { ScriptedImap } from "./scripted-imap";

export const MESSAGE_ID = "<outbound-test.0123456789ab@example.com>";
export const SUBJECT = "[TEST] Alert mail (0123456789ab, 2026-11-22 01:02:03 UTC)";

/** The test mail as it lies in a mailbox. */
export function testMail(
  overrides: { readonly id?: string; readonly subject?: string; readonly head?: string } = {},
): string {
  const { id = MESSAGE_ID, subject = SUBJECT, head = "" } = overrides;
  return `${head}From: alerts@example.com\r\nMessage-ID: ${id}\r\nSubject: ${subject}\r\n\r\nA test.\r\n`;
}

/** Real time, but for the pauses between two looks, which obey `signal` and are jumped over. */
export interface ImpatientClock extends Clock {
  readonly pauses: readonly number[];
  readonly signal: AbortSignal;
}

export function impatientClock(): ImpatientClock {
  let jumped = 0;
  const pauses: number[] = [];
  const { signal } = new AbortController();
  return {
    pauses,
    signal,
    now: () => systemClock.now() + jumped,
    sleep: async (ms, until) => {
      if (until !== signal) return systemClock.sleep(ms, until);
      pauses.push(ms);
      jumped += ms;
    },
  };
}

export interface Looked {
  readonly arrival: Arrival | undefined;
  readonly stage: Stage;
  readonly ms: number;
}

export interface LookOptions {
  readonly mailbox?: Partial<Mailbox>;
  readonly sent?: Partial<SentMessage>;
  /** For the whole stage. */
  readonly ms?: number;
  readonly clock?: Clock & Partial<ImpatientClock>;
  readonly signal?: AbortSignal;
  readonly resolver?: Resolver;
}

/** Looks for the test mail, over STARTTLS and once, unless told otherwise. */
export async function lookFor(
  server: Pick<ScriptedImap, "port" | "ca">,
  { mailbox, sent, ms = 5_000, clock = { ...systemClock }, signal = clock.signal, resolver }: LookOptions = {},
): Promise<Looked> {
  const runtime = mailRuntime({ clock, ...(resolver && { resolver }) });
  const log = new StageLog(clock, (text) => text);
  const began = performance.now();
  const arrival = await awaitArrival(
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
    runtime,
    log,
    new Deadline(clock, ms, signal ?? new AbortController().signal),
  );
  if (log.stages.length !== 1) throw new Error(`one stage was expected, not ${log.stages.length}`);
  return { arrival, stage: log.stages[0]!, ms: performance.now() - began };
}
