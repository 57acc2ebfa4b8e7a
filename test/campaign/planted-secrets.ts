import { ENCODINGS } from "../support/secret-encodings";

/** What people choose as a password, and what encodings stumble over. */
export const SECRETS = {
  /** Nothing of them may be anywhere, in whatever encoding. */
  distinctive: [
    `p"s&s  w<r>d'+1\\/Zé %41 end`,
    "line one of it\nline two of it\r\nand three",
    "https://user:p%40ss@relay.invalid/?a=b&c=d#frag",
    "</script><script>alert('x')</script>",
    '${jsonencode("of HCL")} %{ if true }',
    "  blanks before and behind it  ",
    "correct horse battery staple",
    "ÄÖÜ-äöü-ß-€-日本語-🔑-key",
  ],
  /** So short that their letters are everywhere: they are searched for as a value of its own. */
  short: ["x7", "q9Z", 'a"b', "a b"],
  /** Words that messages use anyway: likewise. */
  common: ["password", "alerts", "true", "587"],
} as const;

/** What stands before the value of a password, in JSON, in JSON that is text of JSON, in HCL, forms and headers. */
const BEFORE = /(?:pass\w*|smtp_password|"Value")(?:\\?")?\s{0,3}[:=]\s{0,3}(?:\\?")?$/i;
const AFTER = /^(?:\\?"|[&,;}\s]|$)/;
const SHOWN = 40;

/** A value that is the whole secret, in whatever encoding, behind a name that says so. */
export function standsAsValue(text: string, secret: string): boolean {
  return [...new Set(Object.values(ENCODINGS).map((encode) => encode(secret)))].some((written) => {
    for (let at = text.indexOf(written); at >= 0; at = text.indexOf(written, at + 1)) {
      const end = at + written.length;
      if (AFTER.test(text.slice(end, end + 2)) && BEFORE.test(text.slice(Math.max(0, at - SHOWN), at))) return true;
    }
    return false;
  });
}
