/** What is known of the test mail before it arrives. */
export interface SentMessage {
  /** With its angle brackets. */
  readonly messageId: string;
  readonly subject: string;
  /** The value of its own header `X-Outbound-Test`, which survives in servers that rewrite the Message-ID. */
  readonly id?: string;
  readonly from?: string;
  /** When the server accepted it, by this machine's clock; milliseconds since 1970. */
  readonly acceptedAt: number;
  /** The sending server's id for it, where it named one. */
  readonly queueId?: string;
}
