import type { ParsedMail } from "mailparser";
import type { SMTPServerDataStream, SMTPServerSession } from "smtp-server";
import type { InboxMessage } from "./inbox";

interface Received {
  readonly queueId: string;
  readonly receivedAt: number;
  readonly user: string | undefined;
}

/** Reads the message to its end and takes it apart. */
export async function readMessage(
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
  received: Received,
): Promise<InboxMessage> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  const raw = Buffer.concat(chunks);
  const { simpleParser } = await import("mailparser");
  const parsed = await simpleParser(raw, { skipImageLinks: true, skipTextToHtml: true });
  const { mailFrom, rcptTo } = session.envelope;
  return {
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
}

function headersOf(parsed: ParsedMail): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const { key, line } of parsed.headerLines) {
    const value = line
      .slice(line.indexOf(":") + 1)
      .replace(/\r?\n\s+/g, " ")
      .trim();
    headers[key] = key in headers ? `${headers[key]}, ${value}` : value;
  }
  return headers;
}
