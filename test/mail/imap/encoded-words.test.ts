import { decodeWords } from "../../../lib/mail/imap/encoded-words";

it.each([
  ["[TEST] =?UTF-8?Q?V=C3=A9rification_des?= =?UTF-8?Q?_alertes?= (1a2b)", "[TEST] Vérification des alertes (1a2b)"],
  ["=?utf-8?B?VsOpcmlmaWNhdGlvbg==?=", "Vérification"],
  ["=?ISO-8859-1?Q?caf=E9?=", "café"],
  ["=?utf-8*fr?Q?caf=C3=A9?=", "café"],
  ["=?x-unknown?Q?a?= b", "=?x-unknown?Q?a?= b"],
  ["no words at all = ? =", "no words at all = ? ="],
])("%s", (text, plain) => expect(decodeWords(text)).toBe(plain));

it("reads megabytes of what only looks like words in no time", () => {
  const began = performance.now();
  decodeWords("=?utf-8?Q?".repeat(100_000));
  decodeWords("?= ".repeat(100_000));
  decodeWords(`=?${"a".repeat(200_000)}`);
  expect(performance.now() - began).toBeLessThan(2_000);
});
