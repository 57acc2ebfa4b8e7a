import type { PluginProperty } from "../contract";

export const RULE_PROPERTY_FORMS = ["basic", "named", "described"] as const;
export type RulePropertyForm = (typeof RULE_PROPERTY_FORMS)[number];

/** The keys of the form for the receivers and the text of a rule's mails. They are our own: the vendor's are not known. */
interface Keys {
  readonly cc: string;
  readonly bcc: string;
  readonly description: string;
}
const KEYS: Readonly<Record<RulePropertyForm, Keys | undefined>> = {
  basic: undefined,
  named: { cc: "ccEmailaddr", bcc: "bccEmailaddr", description: "description" },
  described: { cc: "recipients2", bcc: "recipients3", description: "text1" },
};

export function ruleProperties(form: RulePropertyForm): PluginProperty[] {
  const keys = KEYS[form];
  if (keys === undefined) return [];
  const property = (key: string, description: string) => ({
    key,
    description,
    dataType: "STRING",
    length: 0,
    required: false,
    isDeprecated: false,
  });
  return [
    property(keys.cc, "Cc Recipients"),
    property(keys.bcc, "Bcc Recipients"),
    property(keys.description, "Description"),
  ];
}

type Properties = readonly { readonly name: string; readonly value: string }[] | null | undefined;

/** The receivers of a rule: recipients, Cc and Bcc. */
export function receiversOf(properties: Properties, form: RulePropertyForm): string[] {
  const keys = ["emailaddr", KEYS[form]?.cc, KEYS[form]?.bcc];
  const lists = (properties ?? []).filter(({ name }) => keys.includes(name));
  return lists.flatMap(({ value }) => value.split(";").filter((address) => address !== ""));
}

/** The text that the rule puts into its mails. */
export function descriptionOf(properties: Properties, form: RulePropertyForm): string | undefined {
  return properties?.find(({ name }) => name === KEYS[form]?.description)?.value;
}
