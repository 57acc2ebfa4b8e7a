import { printable } from "../../core/printable";

/** One SMTP reply, all its lines. */
export interface Reply {
  readonly code: number;
  /** "5.7.8", when the server sends enhanced codes. @see RFC 3463 */
  readonly enhanced?: string;
  /** Text of each line, without the codes. */
  readonly lines: readonly string[];
  /** As received, on one line: "535 5.7.8 Error: authentication failed". */
  readonly text: string;
}

/** A reply line is a code, a separator and text; the separator of the last line is a space or nothing. */
const LINE = /^([2-5]\d\d)(?:([ -])(.*))?$/s;
const ENHANCED = /^([245]\.\d{1,3}\.\d{1,3})(?:\s+|$)/;

/** The limit for a whole reply, in characters; each line is cut too. */
const LONGEST_TEXT = 1_000;

/** Undefined when it is no SMTP reply line at all. */
export function parseReplyLine(line: string): { code: number; last: boolean; text: string } | undefined {
  const match = LINE.exec(line);
  return match ? { code: Number(match[1]), last: match[2] !== "-", text: match[3] ?? "" } : undefined;
}

export function makeReply(code: number, texts: readonly string[]): Reply {
  const enhanced = ENHANCED.exec(texts[0] ?? "")?.[1];
  const lines = texts.map((text) => printable(text.replace(ENHANCED, "")));
  const text = printable([String(code), enhanced, lines.join(" ")].filter((part) => part).join(" "), LONGEST_TEXT);
  return { code, lines, text, ...(enhanced === undefined ? {} : { enhanced }) };
}

/** Parses a reply as nodemailer returns it: all lines, codes included. */
export function parseReply(text: string): Reply | undefined {
  const lines = text.split(/\r?\n/).filter((line) => line !== "");
  const parsed = lines.map(parseReplyLine);
  const code = parsed[0]?.code;
  return code === undefined
    ? undefined
    : makeReply(
        code,
        parsed.map((line, index) => line?.text ?? lines[index]!),
      );
}

export const isPositive = (reply: Reply) => reply.code >= 200 && reply.code < 400;
