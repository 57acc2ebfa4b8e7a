import { domainToASCII } from "node:url";
import { domainPart } from "../../core/mail-address";

/** The domain of an address, in its DNS form. */
export function dnsDomainOf(address: string): string {
  const domain = domainPart(address).trim().toLowerCase().replace(/\.$/, "");
  return domainToASCII(domain) || domain;
}

/**
 * The registered domain: `example.co.uk` for `alerts.mail.example.co.uk`; the domain itself where the public suffix
 * list has no parent of it. @see RFC 7489, section 3.2
 */
export async function organizationalDomain(domain: string): Promise<string> {
  const { dmarc } = await import("./evaluators");
  // The list comes with mailauth's evaluation of DMARC, which returns the domain with any result.
  const resolver = () => Promise.reject(Object.assign(new Error("not asked"), { code: "ENODATA" }));
  const result = await dmarc({ headerFrom: domain, spfDomains: [], dkimDomains: [], resolver });
  return (result && result.domain) || domain;
}

export type AlignmentMode = "relaxed" | "strict";

/** Strict: the same domain; relaxed: the same organizational domain. @see RFC 7489, section 3.1 */
export async function isAligned(domain: string, from: string, mode: AlignmentMode): Promise<boolean> {
  const [one, other] = [dnsDomainOf(domain), dnsDomainOf(from)];
  if (one === other) return true;
  if (mode === "strict") return false;
  return (await organizationalDomain(one)) === (await organizationalDomain(other));
}
