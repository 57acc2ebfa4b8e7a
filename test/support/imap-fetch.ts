import { headerLines, imapDate, type StoredMessage } from "./imap-folders";

/** What FETCH tells of a message: its UID, and the items that were asked for. */
export function fetched({ uid, raw, storedAt }: StoredMessage, items: string): readonly string[] {
  const parts = [`UID ${uid}`];
  if (/INTERNALDATE/i.test(items)) parts.push(`INTERNALDATE "${imapDate(storedAt)}"`);
  const fields = /BODY\.PEEK\[(HEADER\.FIELDS \((.*?)\))\]/i.exec(items);
  if (fields) {
    const lines = headerLines(raw, fields[2]!.replaceAll('"', "").split(" ")).join("");
    parts.push(`BODY[${fields[1]}] {${lines.length + 2}}\r\n${lines}\r\n`);
  }
  const body = /BODY\.PEEK\[\](?:<(\d+)\.(\d+)>)?/i.exec(items);
  if (body) {
    const from = Number(body[1] ?? 0);
    const text = raw.slice(from, from + Number(body[2] ?? raw.length));
    parts.push(`BODY[]${body[1] === undefined ? "" : `<${from}>`} {${text.length}}\r\n${text}`);
  }
  return parts;
}
