import type { Attributes, SchemaCheck } from "../../terraform-plugin/schema";
import { dkimNeverShown } from "./errors";

/** DKIM that is required needs something that can show it: a mail that arrives, or the names of the keys. */
export function dkimShown<A extends Attributes>(by: "imap" | undefined): SchemaCheck<A> {
  const ways = by === undefined ? ["`alignment.dkim_selectors`"] : ["`imap`", "`alignment.dkim_selectors`"];
  return {
    describes: `\`alignment.require\` with \`dkim\` needs ${ways.join(" or ")}`,
    check(values) {
      const { alignment, imap } = values as {
        readonly alignment?: { readonly require?: unknown; readonly dkim_selectors?: unknown } | null;
        readonly imap?: unknown;
      };
      if (!alignment || !Array.isArray(alignment.require) || !alignment.require.includes("dkim")) return [];
      const { dkim_selectors: selectors } = alignment;
      const keys = selectors === undefined || (Array.isArray(selectors) && selectors.length > 0);
      const mail = by === "imap" && imap !== null;
      return keys || mail ? [] : [dkimNeverShown(ways)];
    },
  };
}
