/** What people choose as a password, and what encodings stumble over. */
export const SECRETS = {
  /** Nothing of them may be anywhere, in whatever encoding. */
  distinctive: [
    `p"s&s  w<r>d'+1\\/Zé %41 end`,
    "line one of it\nline two of it\r\nand three",
    "https://user:p%40ss@example.com/?a=b&c=d#frag",
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

/** A value of JSON, HCL or a header that is the whole secret, behind a name that says so. */
export function standsAsValue(text: string, secret: string): boolean {
  const quoted = JSON.stringify(secret);
  const form = encodeURIComponent(secret);
  return [`password_wo":${quoted}`, `password":${quoted}`, `password": ${quoted}`, `password_wo": ${quoted}`]
    .concat([`password_wo = ${quoted}`, `password=${form}&`, `Password","Value":${quoted}`])
    .some((needle) => text.includes(needle));
}
