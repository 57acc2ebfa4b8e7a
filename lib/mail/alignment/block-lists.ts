/** A list of addresses whose mail receivers refuse, queried by DNS. @see RFC 5782 */
export interface BlockList {
  readonly name: string;
  readonly zone: string;
  /** Lists IPv6 addresses, too. */
  readonly ipv6: boolean;
  /** The page that gives the reason and accepts requests for removal. */
  readonly page: string;
  /** Answers that mean "shall not send mail by itself", not "has sent unwanted mail". @default none */
  readonly policy?: readonly string[];
}

/** The lists that large receivers use, and that answer a low volume of queries from a private name server. */
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

/** An entry that every list has: where it is missing, the list was not reached. @see RFC 5782, section 5 */
export const TEST_ENTRY = "127.0.0.2";

/** The meaning of a list's answer. */
export type ListAnswer = "listed" | "policy" | "resolver-refused";

/**
 * Interprets an answer: within 127.0.0.0/8 it lists the address; 127.255.255.x means that the list refuses this name
 * server (a public one, too many queries), and any other address comes from a name server that invents answers.
 * @see https://www.spamhaus.org/faqs/dnsbl-usage/ and RFC 5782, section 2.1
 */
export function meaningOf(answer: string, { policy = [] }: BlockList): ListAnswer {
  if (!answer.startsWith("127.") || answer.startsWith("127.255.255.") || answer === "127.0.0.1")
    return "resolver-refused";
  return policy.includes(answer) ? "policy" : "listed";
}
