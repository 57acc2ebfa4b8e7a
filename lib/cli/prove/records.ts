import type { Target } from "../../mail";
import { publishedRecords, type PublishedRecord } from "../../mail/alignment/sender-records";
import { dnsDomainOf } from "../../mail/alignment/organizational-domain";
import type { Questions } from "../../mail/alignment/questions";
import { isObject } from "../../plan/masking";
import type { MailTest } from "../mail/mail-test";

/** What the domain of a test's sender publishes now; nothing without a sender. */
export async function recordsOf(
  { values }: MailTest,
  { from }: Pick<Target, "from">,
  questions: Questions,
): Promise<readonly PublishedRecord[]> {
  const domain = dnsDomainOf(from);
  if (!domain.includes(".")) return [];
  const alignment = isObject(values["alignment"]) ? values["alignment"] : {};
  const selectors = Array.isArray(alignment["dkim_selectors"]) ? alignment["dkim_selectors"].map(String) : [];
  return publishedRecords(domain, selectors, questions);
}
