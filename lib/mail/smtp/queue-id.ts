import type { Reply } from "./reply";

/** How servers announce a message's id; the more specific first. */
const FORMS: readonly RegExp[] = [
  // Postfix and its relatives, SendGrid, Mailjet; behind a filter, the id of the server behind it.
  /queued as <?([\w.+-]+)/i,
  // Exchange and Microsoft 365.
  /\bInternalId=(\d+)/i,
  // Exim, GMX and IONOS.
  /\bid=([\w.-]+)/i,
  // Stalwart and others.
  /queued with id:? ([\w.-]+)/i,
  // Haraka.
  /Message Queued \(([\w.-]+)\)/i,
  // qmail.
  /\bok (\d+ qp \d+)\b/i,
  // Gmail: the time, then the id.
  /\bOK\s+\d{9,11} ([\w.-]+) - gsmtp/i,
  // IronPort.
  /\bMessage (\d+) accepted/i,
  // Sendmail, OpenSMTPD and Proofpoint.
  /(?<!\S)(\S+) Message accepted for delivery/i,
  // Amazon SES.
  /\bOk ([0-9a-f]{10,}-[\w-]{10,})$/i,
];

/** Codes of the reply, or a word of acceptance. */
const NO_ID = /^(\d{3}|[245](\.\d{1,3}){2}|ok|the|your)[:,.]?$/i;

/** The server's id for the message; undefined where it names none. */
export function queueIdOf({ text }: Reply): string | undefined {
  for (const form of FORMS) {
    const found = form.exec(text)?.[1]?.replace(/[.:,;]$/, "");
    if (found !== undefined && !NO_ID.test(found)) return found;
  }
  return undefined;
}
