import type { InventoryItem } from "../systems/kit/inventory";
import { isObject, type Value } from "../terraform-plugin/values";

/**
 * Redacts the vendors' texts in items: a name or a description can quote a secret that the command was given. Ids stay,
 * since they are compared; where an id holds a secret, the written text is redacted as a whole.
 */
export const redactedItems = (items: readonly InventoryItem[], redact: (text: string) => string): InventoryItem[] =>
  items.map((item) => ({
    ...item,
    name: redact(item.name),
    attributes: Object.fromEntries(
      Object.entries(item.attributes).map(([name, value]) => [name, redactedValue(value, redact)]),
    ),
    secrets: item.secrets.map((secret) => ({ ...secret, purpose: redact(secret.purpose) })),
    receivers: item.receivers.map(redact),
    ...(item.warning === undefined ? {} : { warning: redact(item.warning) }),
  }));

function redactedValue(value: Value, redact: (text: string) => string): Value {
  if (typeof value === "string") return redact(value);
  if (Array.isArray(value)) return value.map((one) => redactedValue(one as Value, redact));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [redact(key), redactedValue(one, redact)]));
}
