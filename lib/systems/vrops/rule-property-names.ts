import type { PluginProperty, PluginType, NotificationRule } from "./contract";

/** The names that this vROps has for further properties of an e-mail rule; absent where it has none, or several. */
export interface RulePropertyNames {
  readonly cc_receivers?: string;
  readonly bcc_receivers?: string;
  readonly description?: string;
}
export type NamedAttribute = keyof RulePropertyNames;

export const NAMED_ATTRIBUTES = ["cc_receivers", "bcc_receivers", "description"] as const;

/** Their labels in the form of vROps. */
export const TITLES: Readonly<Record<NamedAttribute, string>> = {
  cc_receivers: "Cc",
  bcc_receivers: "Bcc",
  description: "the description",
};

const RECIPIENT = "e?mail|addr|recip|receiv|list|to";
const copy = (word: "cc" | "bcc") =>
  new RegExp(`^${word}(?:$|${RECIPIENT})|(?:mail|addr|address|recipients?|receivers?)${word}$`);
const CC = copy("cc");
const BCC = copy("bcc");

/**
 * Finds the names among the properties that the server describes: the vendor publishes no list of them. The key decides, or
 * where it is no help, the description of a property.
 */
export function rulePropertyNames(
  type: PluginType | undefined,
  rule: Pick<NotificationRule, "properties"> | undefined,
): RulePropertyNames {
  const described = type?.["rule-properties"] ?? [];
  const held = (rule?.properties ?? []).map(({ name }): PluginProperty => ({ key: name }));
  const all = [...new Map([...held, ...described].map((one) => [one.key, one])).values()];
  const found = NAMED_ATTRIBUTES.flatMap((attribute) => {
    const name =
      only(all, ({ key }) => meaningOf(key) === attribute) ?? only(all, (one) => isDescribedAs(one, attribute));
    return name === undefined ? [] : [[attribute, name] as const];
  });
  return Object.fromEntries(found);
}

/** The attribute that the key of a rule's property indicates. */
export function meaningOf(key: string): NamedAttribute | undefined {
  const words = key
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z]+/);
  if (words.some((word) => BCC.test(word))) return "bcc_receivers";
  if (words.some((word) => CC.test(word))) return "cc_receivers";
  return words.includes("description") ? "description" : undefined;
}

const DESCRIBED: Readonly<Record<NamedAttribute, RegExp>> = {
  cc_receivers: /^\W*cc\b/i,
  bcc_receivers: /^\W*bcc\b/i,
  description: /^\W*description\W*$/i,
};

const isDescribedAs = ({ key, description }: PluginProperty, attribute: NamedAttribute): boolean =>
  meaningOf(key) === undefined && typeof description === "string" && DESCRIBED[attribute].test(description);

function only(all: readonly PluginProperty[], is: (one: PluginProperty) => boolean): string | undefined {
  const found = all.filter(is);
  return found.length === 1 ? found[0]!.key : undefined;
}
