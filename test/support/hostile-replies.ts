import { pick, upTo, type Random } from "./random";

/** What servers say that mean no harm; the starting point of what is bent out of shape. */
const HARMLESS = [
  "220 mx.example.com ESMTP\r\n",
  "250 2.1.0 Ok\r\n",
  "250-mx.example.com\r\n250-SIZE 35651584\r\n250-AUTH PLAIN LOGIN CRAM-MD5\r\n250-STARTTLS\r\n250 ENHANCEDSTATUSCODES\r\n",
  "334 VXNlcm5hbWU6\r\n",
  "354 End data with <CR><LF>.<CR><LF>\r\n",
  "250 2.0.0 Ok: queued as 4F2A1B3C5D\r\n",
  "450 4.2.0 Greylisted, come back later\r\n",
  "550-5.7.1 Not allowed\r\n550-5.7.1 by policy,\r\n550 5.7.1 see https://example.com/why\r\n",
  "535 5.7.8 Error: authentication failed\r\n",
  "421 4.3.2 Shutting down\r\n",
];

const ODD_CAPABILITIES = [
  "SIZE -1", "SIZE 99999999999999999999999999", "SIZE 1e999", "SIZE 0x10", "SIZE NaN", "SIZE  ", "SIZE 1", "SIZE 0",
  "AUTH", "AUTH=", "AUTH=PLAIN", "AUTH PLAIN\u0000LOGIN", `AUTH ${"X".repeat(900)}`, "AUTH __proto__ constructor",
  "__proto__ PLAIN", "STARTTLS X", "starttls", "\tSTARTTLS", "STARTTLS\u0000", "SIZE 10 SIZE 20", "AUTH PLAIN PLAIN PLAIN",
]; // prettier-ignore

/** Bytes that terminals, parsers and line counters stumble over. */
const ODD_BYTES = [
  "\0", "\r", "\n", "\r\r\n", "\n\r", "\x1b[2J", "\x1b]0;owned\x07", "\x7f", "\x80", "\x85", "\x9b1m", "\xff\xfe", "\xc0\x80",
  utf8("\u2028"), utf8("\u202e"), utf8("\u2066"), utf8("\u200b"), utf8("\ufeff"), utf8("\u{1f600}"), "\xf0\x9f", "\t", " ", "-", "%s%n", "${x}", "<script>", "*", "334 ", "250-",
]; // prettier-ignore

function utf8(text: string): string {
  return Buffer.from(text).toString("latin1");
}

type Bend = (text: string, random: Random) => string;

const insert = (text: string, at: number, piece: string) => text.slice(0, at) + piece + text.slice(at);

const BENDS: readonly Bend[] = [
  (text, random) => insert(text, upTo(random, text.length + 1), pick(random, ODD_BYTES)),
  (text, random) => insert(text, upTo(random, text.length + 1), pick(random, ODD_BYTES).repeat(1 + upTo(random, 40))),
  // A byte less, a byte other, a piece twice.
  (text, random) => {
    const at = upTo(random, text.length);
    return text.slice(0, at) + text.slice(at + 1);
  },
  (text, random) => {
    const at = upTo(random, text.length);
    return `${text.slice(0, at)}${String.fromCharCode(upTo(random, 256))}${text.slice(at + 1)}`;
  },
  (text, random) => {
    const at = upTo(random, text.length);
    return insert(text, at, text.slice(at, at + upTo(random, 60)));
  },
  // Line ends of other systems, or none.
  (text) => text.replace(/\r\n/g, "\n"),
  (text) => text.replace(/\n/g, ""),
  (text) => text.replace(/\r\n$/, ""),
  (text, random) => text.slice(0, upTo(random, text.length)),
  // Other codes, other separators.
  (text, random) => text.replace(/^\d{3}/, String(upTo(random, 1_000)).padStart(1 + upTo(random, 4), "0")),
  (text, random) => text.replace(/(\d{3})[ -]/, `$1${pick(random, ["", "-", " ", "\t", ":", "--", "- "])}`),
  (text, random) => text.replace(/\n(\d{3})/, `\n${200 + upTo(random, 400)}`),
  (text) => text.replace(/(\d{3}) /g, "$1-"),
  // Too long, too many, too much.
  (text, random) => text.replace(/\r\n/, `${"x".repeat(pick(random, [300, 507, 4_090, 4_096, 4_097, 8_000]))}\r\n`),
  (text, random) => `${"250-more\r\n".repeat(pick(random, [5, 126, 127, 128, 129, 2_000]))}${text}`,
  (text, random) => text + pick(random, HARMLESS),
  (text, random) => `${pick(random, HARMLESS)}${text}`,
  (text, random) =>
    `250-mx\r\n${Array.from({ length: 3 }, () => `250-${pick(random, ODD_CAPABILITIES)}\r\n`).join("")}${text}`,
  (text, random) => {
    const length = pick(random, [20, 290, 600]);
    return `250-mx\r\n${Array.from({ length: 120 }, (_, index) => `250-X${index}-${"k".repeat(length)}\r\n`).join("")}${text}`;
  },
  // Enhanced codes that are none.
  (text, random) =>
    text.replace(/\d\.\d\.\d+/, pick(random, ["9.9.9", "5.7", "5.7.99999", "5.999.999", "5..1", "5.7.8.9", "-5.7.8"])),
];

/** A reply that no honest server sends; mostly. The same randomness, the same bytes. */
export function hostileReply(random: Random, base: string = pick(random, HARMLESS)): Buffer {
  const kind = random();
  if (kind < 0.1) return Buffer.from(Array.from({ length: upTo(random, 600) }, () => upTo(random, 256)));
  let text = kind < 0.2 ? pick(random, HARMLESS) : base;
  for (let left = upTo(random, 5); left > 0; left -= 1) text = pick(random, BENDS)(text, random);
  return Buffer.from(text, "latin1");
}

/** The bytes in pieces, as a network may hand them over. */
export function pieces(bytes: Buffer, random: Random): readonly Buffer[] {
  const size = pick(random, [1, 7, 500, 4_096, 70_000]);
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    // Byte by byte only what is short.
    const length = bytes.length > 2_000 ? Math.max(size, 500) : 1 + upTo(random, size);
    parts.push(bytes.subarray(at, at + length));
    at += length;
  }
  return parts;
}
