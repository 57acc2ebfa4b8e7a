import type { Arrival, ImapMailbox } from "../imap/mailbox";
import type { Stage } from "../stage/stage";
import type { CertificateLife } from "../wire/certificate";
import type { Target } from "../smtp/target";
import type { Via } from "./stages/platform-tests";
import type { AlignmentOptions } from "./stages/sender-alignment";
import type { ReceiverResult } from "./receiver-result";

export interface TestRequest {
  readonly target: Target;
  readonly fromName?: string;
  readonly subject: string;
  readonly via: readonly Via[];
  /** Mailboxes in which to look for the mail, one for each receiver. @default none */
  readonly mailboxes?: readonly ImapMailbox[];
  /** What to find out about the sender's domain. */
  readonly alignment?: AlignmentOptions;
}

export interface TestOutcome extends Partial<CertificateLife> {
  readonly id: string;
  readonly ok: boolean;
  readonly verdict: string;
  readonly stages: readonly Stage[];
  /** Undefined when no message was sent. */
  readonly messageId?: string;
  /** ISO 8601. */
  readonly testedAt: string;
  /** One for each receiver, in the order of the target. */
  readonly receivers: readonly ReceiverResult[];
  /** Where the mail was found in the first mailbox; undefined when it was not looked for, or not found. */
  readonly arrival?: Pick<Arrival, "folder" | "junk" | "latencyMs">;
  /** Where the mail was found, for every mailbox; undefined when it was not looked for. */
  readonly arrivals?: readonly FoundMail[];
}

/** Where the mail was found, and the owner of the mailbox. */
export type FoundMail = Pick<Arrival, "receiver" | "folder" | "junk" | "latencyMs">;

/** How a run interacts with its surroundings. */
export interface RunSurroundings {
  readonly signal: AbortSignal;
  redact(text: string): string;
  /** Called with each finished stage, redacted and cleaned. @default nothing */
  readonly onStage?: ((stage: Stage) => void) | undefined;
}

export type ProbeOutcome = Pick<TestOutcome, "ok" | "verdict" | "stages" | "receivers" | keyof CertificateLife>;
