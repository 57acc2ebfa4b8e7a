/** A list of addresses that receivers refuse mail from, asked by DNS. @see RFC 5782 */
export interface BlockList {
  readonly name: string;
  readonly zone: string;
  /** Lists IPv6 addresses, too. */
  readonly ipv6: boolean;
  /** Where somebody finds out why, and asks to be taken off. */
  readonly page: string;
  /** Answers that say "shall not send mail by itself", not "has sent unwanted mail". @default none */
  readonly policy?: readonly string[];
}

/** Those that large receivers ask, and that answer anybody who asks a little from a name server of his own. */
export const BLOCK_LISTS: readonly BlockList[] = [
  {
    name: "Spamhaus ZEN",
    zone: "zen.spamhaus.org",
    ipv6: true,
    page: "https://check.spamhaus.org",
    policy: ["127.0.0.10", "127.0.0.11"],
  },
  { name: "SpamCop", zone: "bl.spamcop.net", ipv6: false, page: "https://www.spamcop.net/bl.shtml" },
  { name: "Barracuda", zone: "b.barracudacentral.org", ipv6: false, page: "https://www.barracudacentral.org/lookups" },
  { name: "PSBL", zone: "psbl.surriel.com", ipv6: false, page: "https://psbl.org" },
];

/** Every list has this entry: where it seems to be missing, the list was not reached. @see RFC 5782, section 5 */
export const TEST_ENTRY = "127.0.0.2";

/** What an answer of a list means. */
export type ListAnswer = "listed" | "policy" | "resolver-refused";

/**
 * Answers within 127.0.0.0/8 list the address; 127.255.255.x says that the list does not answer this name server (a public
 * one, too many questions), and any other address comes from a name server that invents answers.
 * @see https://www.spamhaus.org/faqs/dnsbl-usage/ and RFC 5782, section 2.1
 */
export function meaningOf(answer: string, { policy = [] }: BlockList): ListAnswer {
  if (!answer.startsWith("127.") || answer.startsWith("127.255.255.") || answer === "127.0.0.1")
    return "resolver-refused";
  return policy.includes(answer) ? "policy" : "listed";
}
