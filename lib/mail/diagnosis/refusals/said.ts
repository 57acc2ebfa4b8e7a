import { wordsOf } from "./words";

/** A refusal as the rows look at it. */
export interface Said {
  /** Undefined where a platform has lost it on the way. */
  readonly code?: number;
  /** "5.7.8" */
  readonly enhanced?: string;
  /** "AUTHENTICATIONFAILED": how IMAP says it in brackets. @see RFC 5530 */
  readonly response?: string;
  /** Lower case, on one line; without codes, and without what decides nothing: names, addresses, links, quoted arguments. */
  readonly words: string;
}

const ENHANCED = String.raw`[245]\.\d{1,3}\.\d{1,3}`;
/** `550 5.1.1 `, `535-5.7.8 `, `550 #5.1.0 `; some say the basic code twice. */
const LEADING = new RegExp(String.raw`^(?:[245]\d\d[ -]+)*(?:[#([]{0,2}(${ENHANCED})[)\]]?(?=[\s:;,-]|$))?[\s:;-]*`);
/** qmail and its like put it at the end: `(#5.7.1)`. */
const TRAILING = new RegExp(String.raw`\(#(${ENHANCED})\)\.?\s*$`);

/** Reads the lines of a reply, with or without their codes. A code of another class than the reply's own is none. */
export function readSaid(lines: readonly string[], code?: number, enhanced?: string): Said {
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

/** Reads what an IMAP server refuses with, tag and status left out or not. Undefined for what is none of it. */
export function readImapSaid(line: string): Said | undefined {
  const text = IMAP.exec(line)?.[1]?.replace(/^[ :]+/, "") ?? (RESPONSE.test(line) ? line : undefined);
  if (text === undefined) return undefined;
  const response = RESPONSE.exec(text)?.[1]?.toUpperCase();
  return { ...(response === undefined ? {} : { response }), words: wordsOf(text.replace(RESPONSE, "")) };
}

/** `x` where the first digit does not matter: `x.7.8`. */
export const registeredAs = (enhanced: string): string => `x${enhanced.slice(1)}`;

/** Temporary by its own numbers, whatever they are worth. */
export function saysTemporary({ code, enhanced }: Pick<Said, "code" | "enhanced">): boolean | undefined {
  const first = code === undefined ? enhanced?.[0] : String(code)[0];
  return first === undefined ? undefined : first === "4";
}
