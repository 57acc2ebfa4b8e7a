/** What to find out about the sender's domain. */
export interface AlignmentRequest {
  /** The sender's address, as in From and MAIL FROM. */
  readonly from: string;
  /** The name in the sending server's EHLO, where known. */
  readonly helo?: string;
  /** Addresses from which the mail goes to the internet; those of the SMTP server when none are declared. */
  readonly sourceIps: readonly string[];
  /** False: `sourceIps` are the SMTP server's own addresses, and it may send from others. */
  readonly sourceIpsDeclared: boolean;
  /** DKIM selectors whose keys are looked up when no message arrived to be verified. */
  readonly selectors: readonly string[];
  /** The message as it arrived; without it DKIM cannot be verified. */
  readonly raw?: Buffer;
  /** Whether the message is in the junk folder. */
  readonly junk?: boolean;
  /** `Authentication-Results` of the receiving server, to compare with. */
  readonly authenticationResults?: readonly string[];
  /** Checks whose failure fails the stage; the others warn. */
  readonly require: readonly AlignmentCheck[];
}

export type AlignmentCheck = "spf" | "dkim" | "dmarc";
