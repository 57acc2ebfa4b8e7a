import type { Attributes, SchemaCheck } from "../../terraform-plugin/schema";
import { blockListsWithoutAddress, dkimNeverShown } from "./errors";

/** Required DKIM needs something that can show it: a mail that arrives, or the names of the keys. */
export function dkimShown<A extends Attributes>(by: "imap" | undefined): SchemaCheck<A> {
  const ways = by === undefined ? ["alignment.dkim_selectors"] : ["imap", "alignment.dkim_selectors"];
  return {
    describes: `\`alignment.require\` with \`dkim\` needs ${ways.map((way) => `\`${way}\``).join(" or ")}`,
    check(values) {
      const {
        alignment,
        imap,
        more_mailboxes: more,
      } = values as {
        readonly alignment?: { readonly require?: unknown; readonly dkim_selectors?: unknown } | null;
        readonly imap?: unknown;
        readonly more_mailboxes?: readonly unknown[] | null;
      };
      if (!alignment || !Array.isArray(alignment.require) || !alignment.require.includes("dkim")) return [];
      const { dkim_selectors: selectors } = alignment;
      const keys = selectors === undefined || (Array.isArray(selectors) && selectors.length > 0);
      // An action has no such attribute; elsewhere undefined means that it is not known yet.
      const further = "more_mailboxes" in values && (more === undefined || (more !== null && more.length > 0));
      const mail = by === "imap" && (imap !== null || further);
      return keys || mail ? [] : [dkimNeverShown(ways)];
    },
  };
}

/** Block lists need addresses: some must be declared, or become known. */
export const listedAddresses: SchemaCheck<Attributes> = {
  describes: "`alignment.block_lists` needs `alignment.source_ips`",
  check(values) {
    const { alignment } = values as {
      readonly alignment?: { readonly block_lists?: unknown; readonly source_ips?: unknown } | null;
    };
    if (!alignment || alignment.block_lists !== true) return [];
    const { source_ips: addresses } = alignment;
    const none = addresses === null || (Array.isArray(addresses) && addresses.length === 0);
    return none ? [blockListsWithoutAddress] : [];
  },
};
