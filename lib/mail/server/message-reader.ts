import type { ParsedMail } from "mailparser";
import type { SMTPServerDataStream, SMTPServerSession } from "smtp-server";
import { MOST_RAW_BYTES, type InboxMessage, type Original } from "./inbox";

interface Received {
  readonly queueId: string;
  readonly receivedAt: number;
  readonly user: string | undefined;
}

/** The message for the inbox and its original. */
export interface ReadMessage {
  readonly message: InboxMessage;
  readonly original: Original;
}

/** Reads a message to its end and parses it. */
export async function readMessage(
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
  received: Received,
): Promise<ReadMessage> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  const raw = Buffer.concat(chunks);
  const { simpleParser } = await import("mailparser");
  const parsed = await simpleParser(raw, { skipTextToHtml: true });
  const { mailFrom, rcptTo } = session.envelope;
  const message: InboxMessage = {
    queueId: received.queueId,
    receivedAt: new Date(received.receivedAt).toISOString(),
    from: mailFrom ? mailFrom.address : "",
    to: rcptTo.map(({ address }) => address),
    subject: parsed.subject ?? "",
    text: parsed.text ?? "",
    headers: headersOf(parsed),
    bytes: raw.length,
    ...(parsed.messageId === undefined ? {} : { messageId: parsed.messageId }),
    ...(session.tlsOptions ? { tls: session.tlsOptions.version } : {}),
    ...(received.user === undefined ? {} : { user: received.user }),
  };
  return { message, original: originalOf(raw, parsed) };
}

function originalOf(raw: Buffer, parsed: ParsedMail): Original {
  const truncated = raw.length > MOST_RAW_BYTES;
  return {
    // A copy of the part: a slice would keep the whole message in memory.
    raw: truncated ? Buffer.from(raw.subarray(0, MOST_RAW_BYTES)) : raw,
    truncated,
    headers: parsed.headerLines.map(({ line }) => nameAndValue(line)),
    ...(parsed.html && parsed.html.length <= MOST_RAW_BYTES ? { html: parsed.html } : {}),
    attachments: parsed.attachments.map(({ filename, contentType, size }) => ({
      name: filename ?? "(no name)",
      type: contentType,
      bytes: size,
    })),
  };
}

function nameAndValue(line: string): [string, string] {
  const colon = line.indexOf(":");
  return [
    line.slice(0, colon),
    line
      .slice(colon + 1)
      .replace(/\r?\n\s+/g, " ")
      .trim(),
  ];
}

function headersOf(parsed: ParsedMail): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const { key, line } of parsed.headerLines) {
    const [, value] = nameAndValue(line);
    headers[key] = Object.hasOwn(headers, key) ? `${headers[key]}, ${value}` : value;
  }
  return headers;
}
