/** The test mail, as far as it is known before it arrives. */
export interface SentMessage {
  /** With its angle brackets. */
  readonly messageId: string;
  readonly subject: string;
  /** Of its own header `X-Outbound-Test`, which servers that rewrite the Message-ID leave alone. */
  readonly id?: string;
  readonly from?: string;
  /** When the server took it, by this machine's clock; milliseconds since 1970. */
  readonly acceptedAt: number;
  /** Under which the sending server keeps it, where it said so. */
  readonly queueId?: string;
}
