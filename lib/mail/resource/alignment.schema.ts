import { each } from "../../validators/each";
import { oneOf } from "../../validators/one-of";
import { bool, nestedObject, setOf } from "../../terraform-plugin/schema";
import type { AlignmentCheck } from "../alignment/alignment";
import { dkimSelector, ipAddress } from "./validators";

export type { AlignmentCheck };

const ALIGNMENT_CHECKS: readonly AlignmentCheck[] = ["spf", "dkim", "dmarc"];

const attributes = {
  source_ips: setOf("string", "optional", {
    description:
      "Addresses from which the mail leaves for the internet: for SPF, and to see whether their names lead back to them (PTR). Without them those of the SMTP server are taken, which may be wrong, for SPF only.",
    validators: [each(ipAddress)],
  }),
  block_lists: bool("optional", {
    description:
      "Asks the large block lists (Spamhaus ZEN, SpamCop, Barracuda, PSBL) whether they have the `source_ips`. They answer name servers of one's own, not public ones.",
  }),
  dkim_selectors: setOf("string", "optional", {
    description: "DKIM selectors whose keys shall be in DNS, where no message that arrived shows its signature.",
    validators: [each(dkimSelector)],
  }),
  require: setOf("string", "optional", {
    description: "`spf`, `dkim`, `dmarc`: those that fail the test. The others only warn.",
    validators: [each(oneOf(ALIGNMENT_CHECKS))],
  }),
};

/** Whether receivers can trust the sender. */
export const alignment = nestedObject(attributes, "optional", {
  description:
    "Judges SPF, DKIM and DMARC of the sender's domain: whether the servers of the receivers can believe that the mail is yours.",
});
