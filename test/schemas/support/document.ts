import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv, { type ValidateFunction } from "ajv";
import { jsonDocuments, schemaPath, type JsonSchema } from "../../../scripts/docs/json-documents";

const root = join(__dirname, "../../..");
const compiled = new Map<string, ValidateFunction>();

export const published = (name: string): JsonSchema => {
  const document = jsonDocuments.find((one) => one.name === name);
  if (document === undefined) throw new RangeError(`there is no document ${name}`);
  return JSON.parse(readFileSync(join(root, schemaPath(document)), "utf8")) as JsonSchema;
};

/**
 * The published schema without room for what it does not name: a field that was added to an output, or renamed, is then found,
 * although readers of a published schema are to ignore it.
 */
function closed(schema: JsonSchema): JsonSchema {
  const each = (some: Readonly<Record<string, JsonSchema>> = {}) =>
    Object.fromEntries(Object.entries(some).map(([name, one]) => [name, closed(one)]));
  return {
    ...schema,
    ...(schema.properties && { properties: each(schema.properties), additionalProperties: false }),
    ...(schema.definitions && { definitions: each(schema.definitions) }),
    ...(schema.items && { items: closed(schema.items) }),
    ...(schema.anyOf && { anyOf: schema.anyOf.map(closed) }),
  };
}

/** What in this value is not as the schema of that document says; empty when all is. */
export function violations(name: string, value: unknown): string[] {
  const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true });
  const validate = compiled.get(name) ?? ajv.compile(closed(published(name)));
  compiled.set(name, validate);
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, message, params }) =>
    [instancePath, message, JSON.stringify(params)].join(" "),
  );
}

/** The value of a JSON output, which is as its published schema says. */
export function asPublished(name: string, text: string): Readonly<Record<string, unknown>> {
  const value = JSON.parse(text) as Readonly<Record<string, unknown>>;
  expect(violations(name, value)).toEqual([]);
  return value;
}
