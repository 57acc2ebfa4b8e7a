import type { Problem } from "../../core/problem";
import { isUnknown, type Unknown } from "../../terraform-plugin/values";
import { nearestWord } from "../../validators/did-you-mean";
import type { PluginProperty, PluginType } from "./contract";
import { deprecatedKey, missingKey, secretInTheOpen, unknownKey, wrongKind } from "./errors";

type Settings = Readonly<Record<string, string | Unknown>> | Unknown | null;

/**
 * Checks declared settings against vROps' own description of the plugin type. Unknown values are left for later; an unknown
 * map leaves open what is missing.
 */
export function checkSettings(type: PluginType, typeId: string, values: Settings, secrets: Settings): Problem[] {
  const properties = type.properties ?? [];
  // A type without a description cannot be checked against.
  if (properties.length === 0) return [];
  const open = entries(values);
  const secret = entries(secrets);
  const keys = properties.map(({ key }) => key);
  const problems: Problem[] = [];
  for (const [attribute, settings] of [
    ["config_values", open],
    ["sensitive_config_values_wo", secret],
  ] as const) {
    for (const [key, value] of settings) {
      const path = [attribute, key];
      const property = properties.find((candidate) => candidate.key === key);
      if (property === undefined) {
        problems.push(unknownKey(path, key, typeId, nearestWord(key, keys), keys));
        continue;
      }
      if (property.isDeprecated) problems.push(deprecatedKey(path, key, typeId));
      if (attribute === "config_values" && property.dataType === "PASSWORD") problems.push(secretInTheOpen(key));
      const expected = typeof value === "string" ? kindExpected(property, value) : undefined;
      if (expected !== undefined) {
        problems.push(wrongKind(path, key, attribute === "config_values" ? String(value) : "(secret)", expected));
      }
    }
  }
  if (!isUnknown(values) && !isUnknown(secrets)) {
    for (const { key, required, dataType, defaultValue } of properties) {
      if (required && !defaultValue && !open.has(key) && !secret.has(key)) {
        problems.push(missingKey(key, typeId, dataType === "PASSWORD"));
      }
    }
  }
  return problems;
}

function entries(settings: Settings): ReadonlyMap<string, string | Unknown> {
  return new Map(settings === null || isUnknown(settings) ? [] : Object.entries(settings));
}

/** The expected kind of value, when the value does not fit. */
function kindExpected(property: PluginProperty, value: string): string | undefined {
  const words = property["enum-values"] ?? [];
  const kind = property.dataType;
  if (kind === "BOOLEAN" && value !== "true" && value !== "false") return '"true" or "false"';
  if (kind === "INTEGER" && !/^-?\d+$/.test(value)) return "a whole number, as text";
  if (kind === "ENUM" && words.length > 0 && !words.includes(value)) return `one of ${words.join(", ")}`;
  // vROps uses 0 for an unlimited length.
  if (property.length && value.length > property.length) return `at most ${property.length} characters`;
  return undefined;
}
