import type { PublishedRecord } from "../mail/alignment/sender-records";
import type { TransportRule } from "../mail/alignment/transport-rules";

/** `probe`: up to the receivers; sends nothing. `send`: sends one mail and, where declared, waits for its arrival. */
export const PROOF_MODES = ["probe", "send"] as const;
export type ProofMode = (typeof PROOF_MODES)[number];

/** Whether mail gets through what is declared, seen from this machine. */
export interface Proof {
  readonly mode: ProofMode;
  readonly chains: readonly ChainProof[];
}

/** One declared way of the mail: a test, a probe, or settings of a platform that no test covers. */
export interface ChainProof {
  /** The Terraform address of what declares it: `outbound_test_email.test`. */
  readonly address: string;
  readonly how: ProofMode;
  /** `unknown`: it could not be tested, which is never reported as `through`. */
  readonly state: "through" | "broken" | "unknown";
  /** "smtp.example.com:587": the server that was tested; absent where it is not known. */
  readonly server?: string;
  /** The diagnosis in one sentence; when `unknown`, why it could not be tested. */
  readonly verdict: string;
  /** How it logs in; absent without a login. */
  readonly login?: "password" | "token";
  readonly stages: readonly ProvedStage[];
  readonly receivers: readonly ProvedReceiver[];
  /**
   * Milliseconds from the server's acceptance to the mailbox, the longest of several mailboxes; absent where the mail
   * was not looked for or not found.
   */
  readonly arrivedAfterMs?: number;
  /** Every certificate that was seen. */
  readonly certificates: readonly SeenCertificate[];
  /** Servers whose certificate was looked for and not seen, with the reason; absent where there are none. */
  readonly unseen?: readonly { readonly server: string; readonly reason: string }[];
  /** What was not tested, and why; one sentence each. */
  readonly leftOut: readonly string[];
  /** What the sender's domain publishes; absent where it was not asked for. */
  readonly records?: readonly PublishedRecord[];
  /**
   * What the receivers' domains demand of this server where it is their own (MX); absent where it was not asked for or
   * is not.
   */
  readonly rules?: readonly TransportRule[];
}

export interface ProvedStage {
  readonly name: string;
  /** Stable, for programs: every receiver has the kind "RCPT". */
  readonly kind: string;
  readonly status: string;
  readonly durationMs: number;
  readonly detail: string;
  readonly remedy?: string;
}

export interface ProvedReceiver {
  readonly address: string;
  /** `arrived`: found in the mailbox. The others are the server's answers about the receiver. */
  readonly status: "arrived" | "accepted" | "refused" | "deferred" | "unknown" | "untried";
}

/** A certificate that a mail server showed, or that its chain leads to. */
export interface SeenCertificate {
  /** "smtp.example.com:587" */
  readonly server: string;
  /** Whether it is the server's own; else it is an authority's of its chain. */
  readonly own: boolean;
  /** The subject: "CN=smtp.example.com". */
  readonly name: string;
  /** ISO 8601. */
  readonly from: string;
  readonly until: string;
}

/** The sentence that says what was proved for each receiver, by name; undefined where no receiver was tested. */
export function receiversSentence(receivers: readonly ProvedReceiver[]): string | undefined {
  const named = (status: ProvedReceiver["status"], words: string) => {
    const of = receivers.filter((one) => one.status === status).map(({ address }) => address);
    return of.length === 0 ? [] : [`${words} ${of.join(", ")}`];
  };
  const parts = [
    ...named("arrived", "arrived at"),
    ...named("accepted", "accepted for"),
    ...named("refused", "refused for"),
    ...named("deferred", "put off for"),
    ...named("unknown", "not known for"),
  ];
  return parts.length === 0 ? undefined : parts.join("; ");
}
