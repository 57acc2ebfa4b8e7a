import type { PublishedRecord } from "../mail/alignment/sender-records";
import type { TransportRule } from "../mail/alignment/transport-rules";

/** `probe`: up to the receivers, nothing is sent. `send`: one mail, and where declared its arrival. */
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
  /** `unknown`: nobody could look; never taken for `through`. */
  readonly state: "through" | "broken" | "unknown";
  /** "smtp.example.com:587": where it was tried; absent while nobody knows. */
  readonly server?: string;
  /** The diagnosis in one sentence; of `unknown` why it could not be looked at. */
  readonly verdict: string;
  /** How it logs in; absent without a login. */
  readonly login?: "password" | "token";
  readonly stages: readonly ProvedStage[];
  readonly receivers: readonly ProvedReceiver[];
  /** From the server's consent to the mailbox, milliseconds, of several mailboxes the longest; absent where the mail was not looked for or not found. */
  readonly arrivedAfterMs?: number;
  /** Every certificate that was seen on the way. */
  readonly certificates: readonly SeenCertificate[];
  /** Servers whose certificate was looked for and not seen, and why; absent where there is none. */
  readonly unseen?: readonly { readonly server: string; readonly reason: string }[];
  /** What was not tried, and why; one sentence each. */
  readonly leftOut: readonly string[];
  /** What the sender's domain publishes; absent where nobody asked. */
  readonly records?: readonly PublishedRecord[];
  /** What the receivers' domains demand, where this server is their own (MX); absent where nobody asked, or none is. */
  readonly rules?: readonly TransportRule[];
}

export interface ProvedStage {
  readonly name: string;
  /** For programs: "RCPT" of every receiver. */
  readonly kind: string;
  readonly status: string;
  readonly durationMs: number;
  readonly detail: string;
  readonly remedy?: string;
}

export interface ProvedReceiver {
  readonly address: string;
  /** `arrived`: found in the mailbox. The others are the server's words about it. */
  readonly status: "arrived" | "accepted" | "refused" | "deferred" | "unknown" | "untried";
}

/** A certificate that a mail server showed, or that its chain leads to. */
export interface SeenCertificate {
  /** "smtp.example.com:587" */
  readonly server: string;
  /** The server's own; else an authority's of its chain. */
  readonly own: boolean;
  /** Whose it is: "CN=smtp.example.com". */
  readonly name: string;
  /** ISO 8601. */
  readonly from: string;
  readonly until: string;
}

/** The sentence that says what was proved for whom, by name; undefined where nobody was asked. */
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
