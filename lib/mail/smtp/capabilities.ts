import { printable } from "../../core/printable";
import type { Reply } from "./reply";

/** The capabilities that the server announced. */
export interface Capabilities {
  /** Keyword to parameters, both upper case: `AUTH` to `["PLAIN", "LOGIN"]`. */
  readonly keywords: ReadonlyMap<string, readonly string[]>;
  readonly startTls: boolean;
  /** Addresses outside ASCII are accepted. @see RFC 6531 */
  readonly smtpUtf8: boolean;
  /** The size of the message may be announced. @see RFC 1870 */
  readonly size: boolean;
  /** SASL mechanisms, in the server's order. */
  readonly mechanisms: readonly string[];
  /** Largest message in bytes, when the server names one. */
  readonly maxSize?: number;
}

/** Reads an EHLO reply; its first line only greets. @see RFC 5321 section 4.1.1.1 */
export function parseCapabilities(reply: Reply): Capabilities {
  const keywords = new Map<string, string[]>();
  for (const line of reply.lines.slice(1)) {
    // Old servers write "AUTH=LOGIN PLAIN"; some send both forms.
    const [keyword = "", ...parameters] = line
      .toUpperCase()
      .replace(/^AUTH=/, "AUTH ")
      .split(/\s+/);
    if (keyword !== "") keywords.set(keyword, [...(keywords.get(keyword) ?? []), ...parameters]);
  }
  const size = sizeOf(keywords.get("SIZE")?.[0]);
  return {
    keywords,
    startTls: keywords.has("STARTTLS"),
    smtpUtf8: keywords.has("SMTPUTF8"),
    size: keywords.has("SIZE"),
    mechanisms: [...new Set(keywords.get("AUTH") ?? [])],
    ...(size === undefined ? {} : { maxSize: size }),
  };
}

/** Undefined for no limit, which 0 also means, and for an invalid number. @see RFC 1870 section 4 */
function sizeOf(parameter: string | undefined): number | undefined {
  const size = /^\d{1,20}$/.test(parameter ?? "") ? Number(parameter) : 0;
  return size > 0 && Number.isSafeInteger(size) ? size : undefined;
}

/** A server may announce any amount. */
const LONGEST_TEXT = 1_000;

/** The capabilities in the server's words. */
export function describeCapabilities(capabilities: Capabilities): string {
  const words = [...capabilities.keywords].map(([keyword, parameters]) => [keyword, ...parameters].join(" "));
  return words.length === 0 ? "no extensions offered" : printable(words.join(", "), LONGEST_TEXT);
}

/** Descriptions of the usual extensions; others are shown in the server's words. */
const WORDS: Readonly<Record<string, (parameters: readonly string[]) => string>> = {
  SIZE: ([bytes]) => (Number(bytes) > 0 ? `messages up to ${inBytes(Number(bytes))}` : "messages of any size"),
  PIPELINING: () => "commands in one go",
  "8BITMIME": () => "8-bit text",
  SMTPUTF8: () => "addresses outside ASCII",
  ENHANCEDSTATUSCODES: () => "enhanced status codes",
  REQUIRETLS: () => "encryption required all the way",
  STARTTLS: () => "encryption",
  AUTH: (mechanisms) => (mechanisms.length === 0 ? "logins" : `logins by ${mechanisms.join(", ")}`),
  DSN: () => "delivery reports",
  CHUNKING: () => "messages in chunks",
};
/** Extensions that a mail may need: their absence is mentioned. */
const MISSED = ["SIZE", "PIPELINING", "8BITMIME", "SMTPUTF8"];

/** "messages up to 10 MB (SIZE 10240000), commands in one go (PIPELINING); not offered: SMTPUTF8". */
export function capabilitiesInWords(capabilities: Capabilities): string {
  const { keywords } = capabilities;
  if (keywords.size === 0) return describeCapabilities(capabilities);
  const offered = [...keywords].map(([keyword, parameters]) => {
    const words = WORDS[keyword]?.(parameters);
    const raw = keyword === "AUTH" ? keyword : [keyword, ...parameters].join(" ");
    return words === undefined ? raw : `${words} (${raw})`;
  });
  const missed = MISSED.filter((keyword) => !keywords.has(keyword));
  const missing = missed.length === 0 ? "" : `; not offered: ${missed.join(", ")}`;
  return `${printable(offered.join(", "), LONGEST_TEXT)}${missing}`;
}

function inBytes(bytes: number): string {
  if (bytes >= 1_000_000) return `${Math.round(bytes / 100_000) / 10} MB`;
  return bytes >= 1_000 ? `${Math.round(bytes / 100) / 10} kB` : `${bytes} bytes`;
}
