import type { Target } from "../../mail";
import { publishedRecords } from "../../mail/alignment/sender-records";
import { Questions } from "../../mail/alignment/questions";
import { nameServers } from "../../mail/wire/name-servers";
import { isObject } from "../../plan/masking";
import type { SenderRecord } from "../../proof/proof";
import type { MailTest } from "../mail/mail-test";

/** What the domain of a test's sender publishes now; nothing without a sender. */
export async function recordsOf(
  { values }: MailTest,
  { from, dnsServers }: Target,
  signal: AbortSignal,
): Promise<readonly SenderRecord[]> {
  const domain = from.slice(from.lastIndexOf("@") + 1);
  if (!domain.includes(".")) return [];
  const alignment = isObject(values["alignment"]) ? values["alignment"] : {};
  const selectors = Array.isArray(alignment["dkim_selectors"]) ? alignment["dkim_selectors"].map(String) : [];
  return publishedRecords(domain, selectors, new Questions(nameServers(dnsServers), signal));
}
