import type { DocumentedJson, JsonSchema } from "./json-documents";
import { schemaPath } from "./json-documents";
import { code, table } from "./markdown";

const INTRODUCTION = [
  "# JSON for programs",
  "What `outbound` prints or writes as JSON, each with a [JSON Schema](https://json-schema.org) (draft 7) that the package brings: `cdktf-provider-outbound/schemas/review.schema.json`.",
  'Every document begins with its `format`, such as `"outbound-review/1"`: what it is, and the version of its fields. Programs compare the whole text. The number rises when a field is renamed or removed, gets another type, or means something else. It does not rise when a field or a word of an enumeration is added: ignore what you do not know. Schemas allow such fields too. A field that is marked "may be absent" is left out when there is nothing to say.',
  "No document holds a secret, but for that of the sandbox: it has the passwords of the simulated world.",
  `\`\`\`console
npx ajv-cli validate -s node_modules/cdktf-provider-outbound/schemas/review.schema.json -d review.json
\`\`\``,
  "Rules of your own over a review: [own rules](../own-rules.md). SARIF, JUnit and GitLab's code quality report have the shape that their readers define.",
];

/** One page about all JSON outputs, made from their schemas. */
export function jsonPage(documents: readonly (readonly [DocumentedJson, JsonSchema])[]): string {
  const list = documents.map(([{ name, from }, schema]) => [
    `[${name}](#${name})`,
    code(formatOf(schema)),
    code(from),
    schema.description ?? "",
  ]);
  return [
    ...INTRODUCTION,
    table(["document", "format", "comes from", "is"], list),
    ...documents.map(([document, schema]) => section(document, schema)),
  ].join("\n\n");
}

function section(document: DocumentedJson, schema: JsonSchema): string {
  const parts = Object.entries(schema.definitions ?? {}).filter(([, { properties }]) => properties !== undefined);
  return [
    `## ${document.name}`,
    `${code(formatOf(schema))}, from ${code(document.from)}. Schema: [${schemaPath(document)}](../../${schemaPath(document)}).`,
    fields(schema, schema),
    ...parts.flatMap(([name, part]) => [
      `**${name}**${part.description === undefined ? "" : `: ${part.description}`}`,
      fields(part, schema),
    ]),
  ].join("\n\n");
}

function fields({ properties = {}, required = [] }: JsonSchema, root: JsonSchema): string {
  const rows = Object.entries(properties).map(([name, property]) => [
    code(name),
    typeOf(property, root),
    [property.description ?? "", required.includes(name) ? "" : "May be absent."].filter((one) => one !== "").join(" "),
  ]);
  return table(["field", "type", "is"], rows);
}

/** In words: `list of Change`, `"open" or "closed"`, `text or null`. */
function typeOf(schema: JsonSchema, root: JsonSchema): string {
  const { type, $ref, anyOf, items, properties, additionalProperties } = schema;
  if (schema.const !== undefined) return code(JSON.stringify(schema.const));
  if (schema.enum !== undefined) return schema.enum.map((one) => code(JSON.stringify(one))).join(", ");
  if ($ref !== undefined) {
    const name = decodeURIComponent($ref.slice($ref.lastIndexOf("/") + 1));
    const target = root.definitions?.[name];
    return target === undefined || target.properties !== undefined ? name : typeOf(target, root);
  }
  if (anyOf !== undefined) return anyOf.map((one) => typeOf(one, root)).join(" or ");
  if (Array.isArray(type)) return type.map((one: string) => WORDS[one] ?? one).join(" or ");
  if (type === "array") return `list of ${items === undefined ? "anything" : typeOf(items, root)}`;
  if (properties !== undefined) {
    const inner = Object.entries(properties).map(([name, one]) => `${name}: ${typeOf(one, root)}`);
    return `{ ${inner.join("; ")} }`;
  }
  if (type === "object" && typeof additionalProperties === "object") {
    return `map to ${typeOf(additionalProperties, root)}`;
  }
  return WORDS[String(type)] ?? "anything";
}

const WORDS: Readonly<Record<string, string>> = {
  string: "text",
  number: "number",
  boolean: "true or false",
  null: "null",
  object: "map",
};

function formatOf({ properties }: JsonSchema): string {
  return String(properties?.["format"]?.const ?? "");
}
