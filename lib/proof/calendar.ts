import { createHash } from "node:crypto";
import type { Ending, Horizon } from "./ending";

/** The most octets of a line, without its end. @see RFC 5545 section 3.1 */
const LINE = 75;

/**
 * The dated endings as a calendar: an all-day event each, with an alarm a week before. The same ending always has the
 * same UID, so that a subscribed calendar shows it once.
 *
 * @see RFC 5545
 */
export function toCalendar(stack: string, { endings }: Horizon, now: number): string {
  const dated = endings.filter((ending): ending is Ending & { at: string } => ending.at !== undefined);
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//cdktf-provider-outbound//outbound reconcile//EN",
    `X-WR-CALNAME:${escaped(`Alert mail of ${stack}`)}`,
    ...dated.flatMap((ending) => event(stack, ending, now)),
    "END:VCALENDAR",
  ];
  return lines.map(folded).join("\r\n") + "\r\n";
}

function event(stack: string, { subject, at, paths, fix }: Ending & { at: string }, now: number): string[] {
  const day = new Date(at);
  const next = new Date(day.getTime() + 86_400_000);
  const uid = createHash("sha256").update([stack, subject, at].join("\n")).digest("hex").slice(0, 32);
  return [
    "BEGIN:VEVENT",
    `UID:${uid}@outbound`,
    `DTSTAMP:${moment(new Date(now))}`,
    `DTSTART;VALUE=DATE:${date(day)}`,
    `DTEND;VALUE=DATE:${date(next)}`,
    `SUMMARY:${escaped(`Ends: ${subject}`)}`,
    `DESCRIPTION:${escaped(`${fix}\nFor: ${paths.join(", ")}\nStack: ${stack}`)}`,
    "TRANSP:TRANSPARENT",
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    "TRIGGER:-P7D",
    `DESCRIPTION:${escaped(`Ends in a week: ${subject}`)}`,
    "END:VALARM",
    "END:VEVENT",
  ];
}

const date = (day: Date) => day.toISOString().slice(0, 10).replaceAll("-", "");
const moment = (now: Date) => now.toISOString().replace(/\.\d+/, "").replace(/[-:]/g, "");

/** Escapes a text value: a line break in a name would begin a property of its own. @see RFC 5545 section 3.3.11 */
const escaped = (text: string) =>
  text
    .replaceAll("\\", "\\\\")
    .replace(/[;,]/g, (found) => `\\${found}`)
    .replace(/\r\n|[\r\n]/g, "\\n");

/** Folds a line to 75 octets without splitting a character. */
function folded(line: string): string {
  const parts: string[] = [];
  let part = "";
  let octets = 0;
  for (const character of line) {
    const more = Buffer.byteLength(character);
    if (octets + more > LINE) {
      parts.push(part);
      // The blank that begins a continued line counts.
      [part, octets] = ["", 1];
    }
    part += character;
    octets += more;
  }
  return [...parts, part].join("\r\n ");
}
