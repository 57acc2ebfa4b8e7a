import { createHash } from "node:crypto";
import type { InventoryItem } from "../systems/kit/inventory";
import type { ImportedNames } from "./names";

/** A variable for a secret that the user has to supply. */
export interface SecretVariable {
  /** Its name in Terraform: `prod_smtp_password`; the environment variable `TF_VAR_` + name supplies it. */
  readonly name: string;
  readonly constant: string;
  readonly purpose: string;
}

/** The variables of write-only attributes; for maps, the variables by key. */
export type Secrets = Readonly<Record<string, SecretVariable | Readonly<Record<string, SecretVariable>>>>;

export const isVariable = (secret: Secrets[string]): secret is SecretVariable => typeof secret["name"] === "string";

export const variablesIn = (secret: Secrets[string]): SecretVariable[] =>
  isVariable(secret) ? [secret] : Object.values(secret);

interface Owner {
  readonly item: InventoryItem;
  readonly names: ImportedNames;
}

/**
 * Names the variables of each object. Keys come from the vendor: two that differ only in characters that a name cannot hold,
 * or that coincide with an object's constant, are distinguished by a digest of their owner.
 */
export function secretVariables(owners: readonly Owner[]): ReadonlyMap<InventoryItem, Secrets> {
  const wanted = owners.flatMap(({ item, names }) =>
    item.secrets.map(({ attribute, key, purpose }) => {
      const name = variableName(names.label, key ?? attribute.replace(/_wo$/, ""));
      return { item, attribute, key, purpose, name, id: `${item.type} ${item.importId} ${attribute} ${key ?? ""}` };
    }),
  );
  const uses = new Map<string, number>(owners.map(({ names }) => [names.constant, 1]));
  for (const { name } of wanted) uses.set(constantOf(name), (uses.get(constantOf(name)) ?? 0) + 1);
  const variables = wanted.map(({ name, id, purpose, ...place }) => {
    const unique = uses.get(constantOf(name)) === 1 ? name : `${name}_x${digest(id)}`;
    return { ...place, variable: { name: unique, constant: constantOf(unique), purpose } };
  });
  return new Map(
    owners.map(({ item }) => {
      const own = variables.filter((one) => one.item === item);
      const attributes = [...new Set(own.map(({ attribute }) => attribute))];
      const secretOf = (attribute: string): Secrets[string] => {
        const parts = own.filter((one) => one.attribute === attribute);
        const whole = parts.find(({ key }) => key === undefined);
        return whole?.variable ?? Object.fromEntries(parts.map(({ key, variable }) => [key!, variable]));
      };
      return [item, Object.fromEntries(attributes.map((attribute) => [attribute, secretOf(attribute)]))];
    }),
  );
}

const variableName = (label: string, what: string) =>
  `${label}_${what
    .slice(0, 60)
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .replace(/\W+/g, "_")
    .toLowerCase()}`;

const constantOf = (name: string) => name.replace(/(?<!_)_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

const digest = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 6);
