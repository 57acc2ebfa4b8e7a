import { withoutMarkup } from "../../../core/markup";
/** Reads the server's words in a bounce, without the message that it returns. @see RFC 3462, RFC 3464 */

/** A message begins with its header: "From alerts@…" of a mailbox file, or a field. */
const HEADER = /^\s*(?:From \S[^\n]*\n)?[A-Za-z][A-Za-z0-9-]*:[^\n]*\n/;
const MESSAGE_FIELD = /^(?:content-type|subject|mime-version|received|return-path|message-id):/im;
/** The line at which a bounce without MIME parts begins to repeat the message. */
const COPY =
  /^[ \t>]*--.*(?:copy of (?:the|your) message|original message|unsent message|returned message|message (?:text|header)s? follows?).*$|^this is a copy of the message|^return-path: .*$/im;

/** Whether a text is a message, not a log or a reply. */
export function isMessage(text: string): boolean {
  const header = text.replace(/\r\n?/g, "\n").split(/\n[ \t]*\n/, 1)[0]!;
  return HEADER.test(`${header}\n`) && MESSAGE_FIELD.test(header);
}

/**
 * The decoded parts of a bounce that may contain the server's words, first those for programs: later parts repeat what
 * an earlier one says.
 */
export async function partsOfBounce(text: string): Promise<readonly string[]> {
  const { simpleParser } = await import("mailparser");
  const parsed = await simpleParser(text, { keepDeliveryStatus: true }).catch(() => undefined);
  // It is no message after all, or one without end.
  if (parsed === undefined) return [text];
  const { attachments, text: plain, html } = parsed;
  const reports = attachments
    .filter(({ contentType }) => /^message\/(?:global-)?delivery-status$/i.test(contentType))
    .map(({ content }) => content.toString("utf8"));
  const words = plain || withoutMarkup(html || "", "\n");
  return [...reports, words.split(COPY, 1)[0]!];
}
