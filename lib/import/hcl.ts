import { PROVIDER_NAME, PROVIDER_SOURCE, PROVIDER_VERSION } from "../package/identity";
import { decimalText, isAnyNumber } from "../terraform-plugin/numbers";
import { isObject, type Value } from "../terraform-plugin/values";
import type { ImportDocument, ImportedObject } from "./document";
import { escapeInvisible, escapeTemplates } from "./escapes";
import { isVariable } from "./secret-variables";

/** Writes a configuration with `import` blocks that adopts everything, formatted like `terraform fmt`. */
export function writeHcl({ objects, variables }: ImportDocument): string {
  return `${[
    block("terraform", [
      'required_version = ">= 1.11"',
      "",
      "required_providers {",
      `  ${PROVIDER_NAME} = {`,
      `    source  = "${PROVIDER_SOURCE}"`,
      `    version = "${PROVIDER_VERSION}"`,
      "  }",
      "}",
    ]),
    ...variables.map(({ name, purpose }) =>
      block(
        `variable ${quoted(name)}`,
        aligned([
          ["description", quoted(purpose)],
          ["type", "string"],
          ["sensitive", "true"],
          ["ephemeral", "true"],
        ]),
      ),
    ),
    ...objects.flatMap((object) => [importBlock(object), resourceBlock(object)]),
  ].join("\n\n")}\n`;
}

function importBlock({ item, names }: ImportedObject): string {
  return block(
    "import",
    aligned([
      ["to", `${item.type}.${names.label}`],
      ["id", quoted(item.importId)],
    ]),
  );
}

function resourceBlock({ item, names, values, references, secrets }: ImportedObject): string {
  const attributes = Object.keys(item.attributes).map((name): [string, string] => {
    const reference = references[name];
    return [name, reference ? `${reference.type}.${reference.label}.id` : expression(values[name]!)];
  });
  for (const [name, secret] of Object.entries(secrets)) {
    attributes.push([
      name,
      isVariable(secret)
        ? `var.${secret.name}`
        : braces(aligned(Object.entries(secret).map(([key, one]) => [property(key), `var.${one.name}`]))),
    ]);
  }
  return block(`resource "${item.type}" "${names.label}"`, aligned(attributes));
}

const block = (head: string, lines: readonly string[]) => `${head} ${braces(lines)}`;

const braces = (lines: readonly string[]) => `{\n${lines.map((line) => line.replace(/^(?=.)/gm, "  ")).join("\n")}\n}`;

/** Aligns the equal signs of adjacent lines like `terraform fmt`; an attribute of several lines is separate. */
function aligned(attributes: readonly (readonly [string, string])[]): string[] {
  const lines: string[] = [];
  let group: (readonly [string, string])[] = [];
  const flush = () => {
    const width = Math.max(0, ...group.map(([name]) => name.length));
    lines.push(...group.map(([name, value]) => `${name.padEnd(width)} = ${value}`));
    group = [];
  };
  for (const attribute of attributes) {
    if (attribute[1].includes("\n")) {
      flush();
      lines.push(attribute.join(" = "));
    } else group.push(attribute);
  }
  flush();
  return lines;
}

function expression(value: Value): string {
  if (typeof value === "string") return quoted(value);
  if (Array.isArray(value)) {
    const elements = (value as Value[]).map(expression);
    const simple = elements.every((one) => !one.includes("\n"));
    return simple
      ? `[${elements.join(", ")}]`
      : `[\n${elements.map((one) => one.replace(/^/gm, "  ")).join(",\n")},\n]`;
  }
  if (isObject(value)) {
    const entries = Object.entries(value);
    return braces(aligned(entries.map(([key, inner]) => [property(key), expression(inner)])));
  }
  return isAnyNumber(value) ? decimalText(value) : String(value);
}

const property = (key: string) => (/^[A-Za-z_][\w-]*$/.test(key) ? key : quoted(key));

/**
 * Quotes a text. JSON's escapes are HCL's, except for templates, for two control characters, and for lone surrogates, which
 * Terraform does not have.
 */
const quoted = (text: string) =>
  escapeInvisible(JSON.stringify(escapeTemplates(wellFormed(text))), (hex) => `\\U${hex.padStart(8, "0")}`).replace(
    /\\(.)/g,
    (escape, letter: string) => (letter === "b" ? "\\u0008" : letter === "f" ? "\\u000c" : escape),
  );

const wellFormed = (text: string) => text.replace(/\p{Surrogate}/gu, "\ufffd");
