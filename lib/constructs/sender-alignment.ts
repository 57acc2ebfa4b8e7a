import type { AlignmentCheck } from "../mail/resource/alignment.schema";
import { optional, type Shape } from "./options";
import { listText } from "./text";

/**
 * Checks whether the receivers' servers can trust the sender: SPF, DKIM and DMARC of the sender's domain. With a mail that
 * arrived (`arrival` of the test) its signature is verified too.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7489
 */
export interface SenderAlignment {
  /**
   * The addresses from which the mail enters the internet, IPv4 or IPv6: for SPF, and to check whether their names resolve
   * back to them (PTR).
   *
   * @default for SPF those of the SMTP server, which may be wrong: many relays send from others; names are not checked
   */
  readonly sourceIps?: readonly string[];
  /**
   * Asks the large block lists (Spamhaus ZEN, SpamCop, Barracuda, PSBL) whether they list the `sourceIps`. They answer
   * private name servers, not public ones.
   *
   * @default false
   * @see https://www.rfc-editor.org/rfc/rfc5782
   */
  readonly blockLists?: boolean;
  /**
   * DKIM selectors whose keys must be in DNS, where no arrived mail shows its signature.
   *
   * @default none
   */
  readonly dkimSelectors?: readonly string[];
  /**
   * The checks that fail the test; the others only warn.
   *
   * @default none
   */
  readonly require?: readonly AlignmentCheck[];
}

/** The text that reviewers see in the plan. */
export function alignmentFingerprint({
  sourceIps = [],
  blockLists = false,
  dkimSelectors = [],
  require = [],
}: SenderAlignment): string {
  const part = (title: string, list: readonly string[]) =>
    list.length === 0 ? [] : [`${title} ${listText([...list].sort())}`];
  const parts = [
    ...part("from", sourceIps),
    ...(blockLists ? ["asks block lists"] : []),
    ...part("signed by", dkimSelectors),
    ...part("requires", require),
  ];
  return parts.length === 0 ? "SPF, DKIM and DMARC" : parts.join("; ");
}

export const SENDER_ALIGNMENT: Shape<SenderAlignment> = {
  sourceIps: optional("array"),
  blockLists: optional("boolean"),
  dkimSelectors: optional("array"),
  require: optional("array"),
};
