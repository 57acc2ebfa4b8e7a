import { decodeWords } from "../../../lib/mail/imap/encoded-words";
import { expectLinear } from "../../support/growth";

it.each([
  ["[TEST] =?UTF-8?Q?V=C3=A9rification_des?= =?UTF-8?Q?_alertes?= (1a2b)", "[TEST] Vérification des alertes (1a2b)"],
  ["=?utf-8?B?VsOpcmlmaWNhdGlvbg==?=", "Vérification"],
  ["=?ISO-8859-1?Q?caf=E9?=", "café"],
  ["=?utf-8*fr?Q?caf=C3=A9?=", "café"],
  ["=?x-unknown?Q?a?= b", "=?x-unknown?Q?a?= b"],
  ["no words at all = ? =", "no words at all = ? ="],
])("%s", (text, plain) => expect(decodeWords(text)).toBe(plain));

it.each(["=?utf-8?Q?", "?= ", "=?a"])("is not held up by %s without end", (piece) =>
  expectLinear(25_000, (size) => decodeWords(piece.repeat(size))),
);
