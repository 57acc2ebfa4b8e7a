import type { Problem } from "../../core/problem";

/** `unavailable`: the other side has no such test, so the result is unknown. */
export type StageStatus = "passed" | "warning" | "failed" | "skipped" | "unavailable";

/** The subject of a stage that may occur several times. */
export type StageSubject =
  | { readonly kind: "MX"; readonly domain: string }
  | { readonly kind: "RCPT"; readonly receiver: string }
  | { readonly kind: "platform test"; readonly system: string; readonly id: string }
  | { readonly kind: "arrival"; readonly receiver: string };

/** A stage: by its kind, or by its subject where it may occur several times. */
export type StageRef = string | StageSubject;

/** One step of the diagnosis, as data. */
export interface Stage {
  /**
   * The name for readers, in the protocol's own words: "DNS", "TCP", "RCPT oncall@example.com"; see {@link kindOf} for
   * programs.
   */
  readonly name: string;
  /** A receiver, a domain, a platform or a mailbox. */
  readonly subject?: StageSubject;
  readonly status: StageStatus;
  readonly durationMs: number;
  /** What was seen. */
  readonly detail: string;
  /** What to do, one or two sentences; where something is wrong. */
  readonly remedy?: string;
  /** The failure, or the warning. */
  readonly problem?: Problem;
}

export const CONFIG = "config";
export const DNS = "DNS";
export const TCP = "TCP";
export const BANNER = "banner";
export const EHLO = "EHLO";
export const TLS = "TLS";
/** Capabilities change once the connection is encrypted, so they are asked for again. */
export const EHLO_TLS = "EHLO over TLS";
export const AUTH = "AUTH";
export const MAIL = "MAIL";
export const DATA = "DATA";
/** Looking for the mail in the receiver's mailbox; see {@link arrival} for one of several. */
export const ARRIVAL = "arrival";
export const SPF = "SPF";
export const DKIM = "DKIM";
export const DMARC = "DMARC";
/** The names of the sending addresses. */
export const PTR = "PTR";
export const BLOCK_LISTS = "block lists";
export const RATE_LIMIT = "rate limit";
/** Where mail for the domain goes. */
export const mx = (domain: string): StageSubject => ({ kind: "MX", domain });
export const rcpt = (receiver: string): StageSubject => ({ kind: "RCPT", receiver });
/** The mailbox of this receiver, where there are several. */
export const arrival = (receiver: string): StageSubject => ({ kind: ARRIVAL, receiver });
export const platform = (system: string, id: string): StageSubject => ({ kind: "platform test", system, id });

/** "RCPT", whoever the receiver is. */
export const kindOf = ({ name, subject }: Pick<Stage, "name" | "subject">): string => subject?.kind ?? name;

/** The name that readers see. */
export function nameOf(stage: StageRef): string {
  if (typeof stage === "string") return stage;
  switch (stage.kind) {
    case "MX":
      return `MX ${stage.domain}`;
    case "RCPT":
      return `RCPT ${stage.receiver}`;
    case ARRIVAL:
      return `${ARRIVAL} ${stage.receiver}`;
    case "platform test":
      return `${stage.system} test ${stage.id}`;
  }
}

export function failedStages(stages: readonly Stage[]): readonly Stage[] {
  return stages.filter((stage) => stage.status === "failed");
}
