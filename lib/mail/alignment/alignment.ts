/** What shall be found out about the sender's domain. */
export interface AlignmentRequest {
  /** The sender's address, as in From and MAIL FROM. */
  readonly from: string;
  /** The name the sending server introduces itself by, where known. */
  readonly helo?: string;
  /** Addresses from which the mail leaves for the internet; those of the SMTP server when they are not declared. */
  readonly sourceIps: readonly string[];
  /** False: `sourceIps` are a guess, the SMTP server's own addresses, and may not be those it sends from. */
  readonly sourceIpsDeclared: boolean;
  /** DKIM selectors whose keys are to be looked up where no message arrived to be verified. */
  readonly selectors: readonly string[];
  /** The message as it arrived; without it DKIM cannot be verified. */
  readonly raw?: Buffer;
  /** The message lies in the junk folder, or, when false, where it is read. */
  readonly junk?: boolean;
  /** `Authentication-Results` of the receiving server, to compare with. */
  readonly authenticationResults?: readonly string[];
  /** Checks that fail the stage; the others warn. */
  readonly require: readonly AlignmentCheck[];
}

export type AlignmentCheck = "spf" | "dkim" | "dmarc";
