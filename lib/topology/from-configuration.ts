import { UNKNOWN } from "../plan/plan";
import { isObject, mask } from "../plan/masking";
import { ReferenceMap } from "../plan/references";
import { Redactor } from "../core/redaction";
import type { Attributes } from "../terraform-plugin/schema";
import type { DeclaredResource } from "./build";
import { resourceSchemas } from "./schemas";

/**
 * Reads the resources of a synthesised stack (`cdk.tf.json`) without Terraform: literals, variables by their defaults;
 * everything else is unknown. Omitted attributes have the default of their schema.
 *
 * @param redactor learns the secrets that stand there as literals
 */
export function declaredIn(configuration: unknown, redactor = new Redactor()): DeclaredResource[] {
  const { resource, data, ephemeral, variable } = isObject(configuration) ? configuration : {};
  const variables = defaultsOf(variable);
  const schemas = resourceSchemas();
  const references = new ReferenceMap({
    root_module: {
      resources: [
        ...blocksOf(resource).map((block) => expressions(block, "")),
        ...blocksOf(data).map((block) => expressions(block, "data.")),
        ...blocksOf(ephemeral).map((block) => expressions(block, "ephemeral.")),
      ],
    },
  });
  return blocksOf(resource).flatMap(({ type, name, block }) => {
    const schema = schemas.get(type)?.attributes;
    if (schema === undefined) return [];
    const address = `${type}.${name}`;
    const masked = mask(valuesOf(block, schema, variables), { schema }, redactor);
    return [{ address, type, values: isObject(masked) ? masked : {}, references: references.of(address) }];
  });
}

interface Block {
  readonly type: string;
  readonly name: string;
  readonly block: Readonly<Record<string, unknown>>;
}

function blocksOf(types: unknown): Block[] {
  if (!isObject(types)) return [];
  return Object.entries(types).flatMap(([type, named]) =>
    isObject(named)
      ? Object.entries(named).flatMap(([name, block]) => (isObject(block) ? [{ type, name, block }] : []))
      : [],
  );
}

function expressions({ type, name, block }: Block, prefix: string) {
  return {
    address: `${prefix}${type}.${name}`,
    type,
    expressions: Object.fromEntries(
      Object.entries(block).map(([attribute, value]) => [attribute, { references: referencesIn(value) }]),
    ),
  };
}

function valuesOf(
  block: Readonly<Record<string, unknown>>,
  schema: Attributes,
  variables: ReadonlyMap<string, unknown>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(schema).map(([name, { presence, default: preset }]) => {
      const given = block[name];
      if (given !== undefined && given !== null) return [name, resolved(given, variables)];
      // A value that the system gives is not known before it exists.
      return [name, presence === "computed" || presence === "optional-computed" ? undefined : (preset ?? null)];
    }),
  );
}

/** Resolves variables; undefined wherever an expression remains that only Terraform can evaluate. */
function resolved(value: unknown, variables: ReadonlyMap<string, unknown>): unknown {
  if (typeof value === "string") {
    const variable = /^\$\{var\.([\w-]+)\}$/.exec(value)?.[1];
    if (variable !== undefined) return variables.get(variable);
    if (/(?<!\$)\$\{|(?<!%)%\{/.test(value)) return undefined;
    return value.replaceAll("$${", "${").replaceAll("%%{", "%{");
  }
  if (Array.isArray(value)) {
    return value.map((one: unknown) => resolved(one, variables) ?? UNKNOWN);
  }
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolved(one, variables)]));
  return value;
}

/** The references inside `${...}`, as Terraform lists them. */
function referencesIn(value: unknown): string[] {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  return [...text.matchAll(/\$\{([^}]*)(?:\}|$)/g)].flatMap(
    ([, inside]) => inside!.match(/(?<![\w-])[A-Za-z_][\w-]*(\.[\w-]+)+/g) ?? [],
  );
}

function defaultsOf(variables: unknown): Map<string, unknown> {
  if (!isObject(variables)) return new Map();
  return new Map(Object.entries(variables).map(([name, one]) => [name, isObject(one) ? one["default"] : undefined]));
}
