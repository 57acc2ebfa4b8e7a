import { GIVEN } from "../constructs/secret-mark";
import { kindOf, systemOf } from "../systems/kinds";
import type { InventoryItem } from "../systems/kit/inventory";
import type { Schema } from "../terraform-plugin/schema";
import { validateConfig } from "../terraform-plugin/validate";
import type { Value, ValueObject } from "../terraform-plugin/values";
import { namesOf, type ImportedNames } from "./names";
import { secretVariables, variablesIn, type Secrets, type SecretVariable } from "./secret-variables";

/** The imported objects, independent of the language in which they will be written. */
export interface ImportDocument {
  readonly objects: readonly ImportedObject[];
  readonly variables: readonly SecretVariable[];
  /** The objects that the resources' own checks refuse, and why. */
  readonly leftOut: readonly { readonly item: InventoryItem; readonly reason: string }[];
}

export interface ImportedObject {
  readonly item: InventoryItem;
  readonly schema: Schema;
  readonly names: ImportedNames;
  /** The literal values by attribute; references stand in {@link references}. */
  readonly values: ValueObject;
  /** The attributes that hold the `id` of another object, and that object. */
  readonly references: Readonly<Record<string, ImportedNames & { readonly type: string }>>;
  readonly secrets: Secrets;
  /** Whether other objects refer to it. */
  readonly referred: boolean;
}

/** The characters of the systems' ids. A text with others is not an id but an attempt at injection. */
const IMPORT_ID = /^[\w./:@-]+$/;

/** @param schemas in the order of declaration: what others refer to comes first */
export function importDocument(items: readonly InventoryItem[], schemas: readonly Schema[]): ImportDocument {
  const schemaOf = new Map(schemas.map((schema) => [schema.type, schema]));
  const leftOut: { item: InventoryItem; reason: string }[] = [];
  const usable = items.filter((item) => {
    const reason = refusal(item, schemaOf.get(item.type)!);
    if (reason !== undefined) leftOut.push({ item, reason });
    return reason === undefined;
  });
  const names = namesOf(usable.map((item) => ({ key: keyOf(item), name: item.name, kind: wordOf(item.type) })));
  const referredTo = objectsById(usable);

  const secretsOf = secretVariables(usable.map((item) => ({ item, names: names.get(keyOf(item))! })));
  const objects = inOrder(usable, schemas, names).map((item): ImportedObject => {
    const references: Record<string, ImportedNames & { type: string }> = {};
    const values: Record<string, Value> = {};
    for (const [attribute, value] of Object.entries(item.attributes)) {
      const target = attribute.endsWith("_id") && typeof value === "string" ? referredTo(item, value) : undefined;
      if (target === undefined) values[attribute] = value;
      else references[attribute] = { ...names.get(keyOf(target))!, type: target.type };
    }
    return {
      item,
      schema: schemaOf.get(item.type)!,
      names: names.get(keyOf(item))!,
      values,
      references,
      secrets: secretsOf.get(item)!,
      referred: false,
    };
  });
  const referred = new Set(objects.flatMap(({ references }) => Object.values(references).map(({ id }) => id)));
  const marked = objects.map((object) => ({ ...object, referred: referred.has(object.names.id) }));
  const variables = marked.flatMap(({ secrets }) => Object.values(secrets).flatMap(variablesIn));
  return { objects: marked, variables, leftOut };
}

const keyOf = ({ type, importId }: InventoryItem) => `${type} ${importId}`;

/**
 * Finds the one other object of the same system with a given id: the same numbers occur in many systems with different
 * meanings.
 */
function objectsById(items: readonly InventoryItem[]) {
  const known = new Map<string, InventoryItem[]>();
  const keyIn = (type: string, id: string) => `${systemOf(type) ?? ""} ${id.toLowerCase()}`;
  for (const item of items) {
    const key = keyIn(item.type, item.importId);
    known.set(key, [...(known.get(key) ?? []), item]);
  }
  return (from: InventoryItem, id: string): InventoryItem | undefined => {
    const others = (known.get(keyIn(from.type, id)) ?? []).filter((one) => one !== from);
    return others.length === 1 ? others[0] : undefined;
  };
}

/** The word for a type within the id of a construct: "email-plugin" for an e-mail plugin. */
const wordOf = (type: string) => kindOf(type).replaceAll("-", "").replaceAll(" ", "-");

/**
 * Sorts by system and resource, then by name, so that the result does not depend on the order in which the system lists
 * objects.
 */
function inOrder(
  items: readonly InventoryItem[],
  schemas: readonly Schema[],
  names: ReadonlyMap<string, ImportedNames>,
) {
  const rank = new Map(schemas.map(({ type }, index) => [type, index]));
  const label = (item: InventoryItem) => names.get(keyOf(item))!.id;
  return [...items].sort(
    (a, b) => rank.get(a.type)! - rank.get(b.type)! || (label(a) < label(b) ? -1 : label(a) > label(b) ? 1 : 0),
  );
}

/** The first problem that the resource's own checks find in this declaration. */
function refusal(item: InventoryItem, schema: Schema): string | undefined {
  if (!IMPORT_ID.test(item.importId)) return "its id has characters that no import id has";
  const config: Record<string, Value> = { ...item.attributes };
  for (const { attribute, key } of item.secrets) {
    config[attribute] = key === undefined ? GIVEN : { ...(config[attribute] as ValueObject | undefined), [key]: GIVEN };
  }
  const missing = Object.entries(schema.attributes).find(
    ([name, { presence }]) => presence === "required" && (config[name] ?? null) === null,
  );
  if (missing !== undefined) return `${missing[0]} is required, and there is none`;
  const full = Object.fromEntries(Object.keys(schema.attributes).map((name) => [name, config[name] ?? null]));
  const problem = validateConfig(schema, full).find(({ severity }) => severity === "error");
  return problem && [problem.path?.join("."), problem.summary].filter((part) => part).join(": ");
}
