import { domainPart } from "../../core/mail-address";
import type { TestMessage } from "./message";
import type { Target } from "./target";

/** The content of a mail. */
export interface Notice {
  /** One line. */
  readonly subject: string;
  /** Lines of text. */
  readonly lines: readonly string[];
}

/** Writes a mail with a notice; automatic replies are suppressed. */
export function writeNotice(
  { subject, lines }: Notice,
  target: Pick<Target, "from">,
  { id, sentAt }: { readonly id: string; readonly sentAt: number },
): TestMessage {
  const domain = domainPart(target.from);
  return {
    id,
    date: new Date(sentAt),
    from: target.from,
    messageId: `<outbound-notice.${id}@${domain}>`,
    subject,
    text: [...lines, ""].join("\r\n"),
    // RFC 3834: keeps out-of-office replies and other robots from answering.
    headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" },
  };
}
