import { wordsOf } from "./words";

/** A refusal in the form that rows match. */
export interface ParsedRefusal {
  /** Undefined where a platform did not pass it on. */
  readonly code?: number;
  /** "5.7.8" */
  readonly enhanced?: string;
  /** "AUTHENTICATIONFAILED": IMAP's response code in brackets. @see RFC 5530 */
  readonly response?: string;
  /**
   * In lower case, on one line; without codes, and without parts that decide nothing: names, addresses, links, quoted
   * arguments.
   */
  readonly words: string;
}

const ENHANCED = String.raw`[245]\.\d{1,3}\.\d{1,3}`;
/** Leading codes: `550 5.1.1 `, `535-5.7.8 `, `550 #5.1.0 `; some servers repeat the basic code. */
const LEADING = new RegExp(String.raw`^(?:[245]\d\d[ -]+)*(?:[#([]{0,2}(${ENHANCED})[)\]]?(?=[\s:;,-]|$))?[\s:;-]*`);
/** A trailing code, as qmail and related servers write it: `(#5.7.1)`. */
const TRAILING = new RegExp(String.raw`\(#(${ENHANCED})\)\.?\s*$`);

/**
 * Reads the lines of a reply, with or without their codes. An enhanced code whose class differs from the reply's is
 * ignored.
 */
export function parseRefusal(lines: readonly string[], code?: number, enhanced?: string): ParsedRefusal {
  let found = enhanced;
  const texts = lines.map((line) => {
    const leading = LEADING.exec(line);
    const trailing = TRAILING.exec(line);
    found ??= leading?.[1] ?? trailing?.[1];
    return line.slice(leading?.[0].length ?? 0).replace(TRAILING, "");
  });
  const fits = found !== undefined && (code === undefined || found.startsWith(String(Math.floor(code / 100))));
  return {
    ...(code === undefined ? {} : { code }),
    ...(fits ? { enhanced: found } : {}),
    words: wordsOf(texts.join(" ")),
  };
}

/** A tag is no status and no response code: `NO No such user` is a status and what it says. */
const IMAP = /^(?:(?!(?:NO|BAD|BYE)\b|\[)\S{1,32} )?(?:NO|BAD|BYE)\b(.*)$/is;
const RESPONSE = /^\[([a-z][a-z0-9-]*)(?: [^\]]*)?\]\s*/i;

/** Reads a refusal of an IMAP server, with or without tag and status; undefined for other texts. */
export function parseImapRefusal(line: string): ParsedRefusal | undefined {
  const text = IMAP.exec(line)?.[1]?.replace(/^[ :]+/, "") ?? (RESPONSE.test(line) ? line : undefined);
  if (text === undefined) return undefined;
  const response = RESPONSE.exec(text)?.[1]?.toUpperCase();
  return { ...(response === undefined ? {} : { response }), words: wordsOf(text.replace(RESPONSE, "")) };
}

/** `x` where the first digit does not matter: `x.7.8`. */
export const registeredAs = (enhanced: string): string => `x${enhanced.slice(1)}`;

/** Whether its own codes are temporary, right or wrong. */
export function isTemporary({ code, enhanced }: Pick<ParsedRefusal, "code" | "enhanced">): boolean | undefined {
  const first = code === undefined ? enhanced?.[0] : String(code)[0];
  return first === undefined ? undefined : first === "4";
}
