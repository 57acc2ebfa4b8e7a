import type { Reply } from "./reply";

/** What the server said it can do. */
export interface Capabilities {
  /** Keyword to parameters, both upper case: `AUTH` to `["PLAIN", "LOGIN"]`. */
  readonly keywords: ReadonlyMap<string, readonly string[]>;
  readonly startTls: boolean;
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
  const size = Number(keywords.get("SIZE")?.[0] ?? 0);
  return {
    keywords,
    startTls: keywords.has("STARTTLS"),
    mechanisms: [...new Set(keywords.get("AUTH") ?? [])],
    ...(size > 0 ? { maxSize: size } : {}),
  };
}

export function describeCapabilities(capabilities: Capabilities): string {
  const words = [...capabilities.keywords].map(([keyword, parameters]) => [keyword, ...parameters].join(" "));
  return words.length === 0 ? "no extensions offered" : words.join(", ");
}
