import { camel } from "../core/camel";
import type { Attribute } from "../terraform-plugin/schema";
import type { Library } from "../package/libraries";
import { decimalText } from "../terraform-plugin/numbers";
import { Decimal, isObject, type Value, type ValueObject } from "../terraform-plugin/values";
import type { ImportDocument, ImportedObject } from "./document";
import { escapeInvisible, escapeTemplates } from "./escapes";
import { isVariable, type SecretVariable } from "./secret-variables";

export interface TypeScriptOptions {
  /** Terraform resource type to the exported construct class. */
  readonly classes: ReadonlyMap<string, string>;
  /** The id of the stack; it also names the state and the directory. */
  readonly stack: string;
  /** The package from which App and TerraformStack are imported. */
  readonly library: Library["name"];
  /** The package from which the constructs are imported. */
  readonly from: string;
}

/** The print width of the generated project's Prettier. */
const WIDTH = 120;
/** The indentation of the statements in the constructor. */
const BODY = 4;
/** After a key as short as this, a line break would gain next to nothing. */
const SHORT_KEY = 6;

/** Writes a program with one stack that adopts everything: formatted, and the same for the same objects. */
export function writeTypeScript(
  document: ImportDocument,
  { classes, stack, library, from }: TypeScriptOptions,
): string {
  const { objects, variables } = document;
  const used = [...new Set(objects.map(({ item }) => classes.get(item.type)!))];
  const ours = [...used, ...(variables.length > 0 ? ["Secret"] : [])].sort();
  const framework = ["App", "TerraformStack", ...(variables.length > 0 ? ["TerraformVariable"] : [])];
  const name = classNameOf(stack);
  const body = [
    "super(scope, id);",
    ...variables.map(
      ({ name: variable, constant, purpose }) =>
        `\n${instance(`const ${constant} = new TerraformVariable`, variable, [
          ["type", "string"],
          ["description", purpose],
        ])};`,
    ),
    ...objects.map((object) => `\n${declaration(object, classes.get(object.item.type)!)}`),
  ];
  return `${[
    named(framework, library),
    ...(ours.length > 0 ? [named(ours, from)] : []),
    'import type { Construct } from "constructs";',
    "",
    "/** Set up by hand once; the first deployment takes it over as it is. */",
    `class ${name} extends TerraformStack {`,
    "  constructor(scope: Construct, id: string) {",
    indented(body.join("\n"), 4),
    "  }",
    "}",
    "",
    "const app = new App();",
    `new ${name}(app, ${quoted(stack)});`,
    "app.synth();",
  ].join("\n")}\n`;
}

function declaration(
  { item, schema, names, values, references, secrets, referred }: ImportedObject,
  type: string,
): string {
  const props = Object.keys(item.attributes).map((attribute): Prop => {
    const reference = references[attribute];
    const value = () => spelled(schema.attributes[attribute]!, values[attribute]!);
    return [camel(attribute), reference ? code(`${reference.constant}.id`) : value()];
  });
  for (const [attribute, secret] of Object.entries(secrets)) {
    const entries = Object.entries(secret).map(([key, one]): Prop => [key, secretOf(one as SecretVariable)]);
    props.push([camel(attribute), isVariable(secret) ? secretOf(secret) : new Block(entries)]);
  }
  const head = `${referred ? `const ${names.constant} = ` : ""}new ${type}`;
  const made = instance(head, names.id, props);
  const adopted = `.importFrom(${quoted(escaped(item.importId))});`;
  return referred ? `${made};\n${names.constant}${adopted}` : `${made}${adopted}`;
}

type Prop = readonly [string, Value | Code | Block];

/** Code that is written unchanged; the expression in brackets moves to a line of its own when it must. */
class Code {
  constructor(
    readonly text: string,
    readonly argument?: string,
  ) {}
}

class Block {
  constructor(readonly props: readonly Prop[]) {}
}

const code = (text: string) => new Code(text);
const secretOf = ({ constant }: SecretVariable) => new Code("Secret.variable", constant);

/** Writes `new X(this, "id", { … })`, with each argument on its own line when the first line would be too long. */
function instance(head: string, id: string, props: readonly Prop[]): string {
  const start = `${head}(this, ${quoted(id)}, {`;
  if (BODY + start.length <= WIDTH) return [start, ...props.map((prop) => propLine(prop, BODY, 2)), "})"].join("\n");
  const lines = props.map((prop) => propLine(prop, BODY, 4));
  return [`${head}(`, "  this,", `  ${quoted(id)},`, "  {", ...lines, "  },", ")"].join("\n");
}

/** Writes one property, `indent` columns into a text that itself begins at column `outer`. */
function propLine([key, value]: Prop, outer: number, indent: number): string {
  const name = `${property(key)}: `;
  const column = outer + indent + name.length;
  const fits = (text: string) => column + text.length + 1 <= WIDTH;
  if (value instanceof Block) {
    const inner = value.props.map((prop) => propLine(prop, outer + indent, 2));
    return indented(`${name}{\n${inner.join("\n")}\n},`, indent);
  }
  if (value instanceof Code) {
    const { text, argument } = value;
    const flat = argument === undefined ? text : `${text}(${argument})`;
    const broken = argument === undefined ? flat : `${text}(\n  ${argument},\n)`;
    return indented(`${name}${fits(flat) ? flat : broken},`, indent);
  }
  const text = literal(value, outer + indent, name.length + 1);
  const tooLong = typeof value === "string" && !fits(text) && name.length > SHORT_KEY;
  return indented(tooLong ? `${name.trimEnd()}\n  ${text},` : `${name}${text},`, indent);
}

/** Translates names of attributes to those of the constructs; keys of maps belong to the user and stay. */
function spelled({ nested }: Attribute, value: Value): Value {
  if (nested === undefined || typeof value !== "object" || value === null) return value;
  const { nesting, attributes } = nested;
  const one = (inner: Value): Value =>
    isRecord(inner)
      ? Object.fromEntries(
          Object.entries(inner)
            .filter(([, part]) => part !== null)
            .map(([name, part]) => [camel(name), spelled(attributes[name]!, part)]),
        )
      : inner;
  if (nesting === "single") return one(value);
  if (Array.isArray(value)) return (value as Value[]).map(one);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, one(inner as Value)]));
}

/** Writes a value with Prettier's line breaks; `indent` columns in, with `taken` columns before it and one comma after. */
function literal(value: Value, indent: number, taken: number): string {
  const flat = onOneLine(value);
  const wide =
    Array.isArray(value) && value.length > 1 && value.every((one) => isRecord(one) && Object.keys(one).length > 1);
  if (!wide && (!isRecord(value) || Object.keys(value).length === 0) && indent + taken + flat.length <= WIDTH)
    return flat;
  if (Array.isArray(value)) {
    const elements = (value as Value[]).map((one) => (isRecord(one) ? onOneLine(one) : literal(one, indent + 2, 1)));
    return `[\n${elements.map((one) => `  ${one},`).join("\n")}\n]`;
  }
  if (isRecord(value)) {
    const entries = Object.entries(value).map(
      ([key, inner]) => `  ${property(key)}: ${indented(literal(inner, indent + 2, key.length + 5), 2).trimStart()},`,
    );
    return `{\n${entries.join("\n")}\n}`;
  }
  return flat;
}

function onOneLine(value: Value): string {
  if (typeof value === "string") return quoted(escaped(value));
  if (Array.isArray(value)) return `[${(value as Value[]).map(onOneLine).join(", ")}]`;
  if (isRecord(value)) {
    const entries = Object.entries(value).map(([key, inner]) => `${property(key)}: ${onOneLine(inner)}`);
    return `{ ${entries.join(", ")} }`;
  }
  if (typeof value === "bigint") return `${value}n`;
  // Terraform reads every digit of an expression; JavaScript would round a literal.
  return value instanceof Decimal ? quoted(`\${${decimalText(value)}}`) : String(value);
}

const isRecord = (value: Value): value is ValueObject => isObject(value);

/** Escapes `${…}`, which Terraform would evaluate, and the markers that CDKTF would take for a token. */
const escaped = (text: string) => escapeTemplates(text).replaceAll("TfToken[", 'TfToken${"["}');

/** Quotes a text with the quotes that need fewer escapes, double ones when in doubt. */
export function quoted(text: string): string {
  const json = escapeInvisible(JSON.stringify(text), (hex) => `\\u{${hex}}`);
  const doubles = text.split('"').length;
  if (doubles <= text.split("'").length) return json;
  return `'${json.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/**
 * Writes a key. A member `__proto__` would set the prototype, in the program and in CDKTF, so Terraform assembles that name.
 */
const property = (key: string) =>
  key === "__proto__" ? quoted('${"__proto__"}') : /^[A-Za-z_$][\w$]*$/.test(key) ? key : quoted(escaped(key));

function named(names: readonly string[], from: string): string {
  const line = `import { ${names.join(", ")} } from ${quoted(from)};`;
  return line.length <= WIDTH
    ? line
    : `import {\n${names.map((name) => `  ${name},`).join("\n")}\n} from ${quoted(from)};`;
}

const indented = (text: string, columns: number) => text.replace(/^(?=.)/gm, " ".repeat(columns));

function classNameOf(stack: string): string {
  const name = stack.replace(/(^|[^A-Za-z0-9])([A-Za-z0-9])/g, (_, __, letter: string) => letter.toUpperCase());
  return `${/^\d/.test(name) ? "N" : ""}${name.replace(/[^A-Za-z0-9]/g, "")}Stack`;
}
