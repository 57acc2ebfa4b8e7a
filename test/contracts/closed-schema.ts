import { definition, type JsonSchema } from "./operation";

type Schema = Readonly<Record<string, unknown>>;

/** Keywords under which schemas describe the same value: only the whole may be closed, not its parts. */
const PARTS = ["allOf", "anyOf", "oneOf"];

/**
 * Makes JSON Schema of an OpenAPI 3.0 schema, closed: a property that the vendor does not declare is
 * not allowed, in no depth. What the vendor leaves free (`type: object` and nothing more) stays free.
 */
export class ClosedSchemas {
  constructor(
    private readonly components: Readonly<Record<string, unknown>>,
    /** Whether it describes what a client sends: then `readOnly` properties are not demanded. */
    private readonly sent: boolean,
  ) {}

  definitions(): Record<string, JsonSchema> {
    return Object.fromEntries(Object.entries(this.components).map(([name, schema]) => [name, this.part(schema)]));
  }

  /** The schema of a whole value. */
  whole(schema: unknown): JsonSchema {
    if (!isSchema(schema)) return true;
    const part = this.part(schema);
    return typeof part === "object" && this.isStructured(schema) ? { ...part, unevaluatedProperties: false } : part;
  }

  private part(schema: unknown): JsonSchema {
    if (!isSchema(schema)) return true;
    const out: Record<string, unknown> = {};
    if (typeof schema["$ref"] === "string") out["$ref"] = definition(refName(schema["$ref"]));
    for (const keyword of ["type", "format", "enum", "minimum", "maximum", "minLength", "maxLength", "minItems"]) {
      if (schema[keyword] !== undefined) out[keyword] = schema[keyword];
    }
    // Generators wrap an enumeration as an "object" made of one part; the part knows better.
    if (schema["type"] === "object" && schema["properties"] === undefined && PARTS.some((one) => one in schema)) {
      delete out["type"];
    }
    for (const keyword of PARTS) {
      const parts = schema[keyword];
      if (Array.isArray(parts)) out[keyword] = parts.map((part) => this.part(part));
    }
    if (isSchema(schema["properties"])) {
      const properties = schema["properties"];
      out["properties"] = Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, this.whole(one)]));
      const required = (schema["required"] as string[] | undefined) ?? [];
      const demanded = required.filter((name) => !(this.sent && (properties[name] as Schema)?.["readOnly"] === true));
      if (demanded.length > 0) out["required"] = demanded;
    }
    if (schema["items"] !== undefined) out["items"] = this.whole(schema["items"]);
    const additional = schema["additionalProperties"];
    if (additional !== undefined) {
      out["additionalProperties"] = isSchema(additional) ? this.whole(additional) : additional;
    }
    return schema["nullable"] === true ? nullable(out) : out;
  }

  /** Whether it says which properties there are. */
  private isStructured(schema: Schema, seen: readonly unknown[] = []): boolean {
    if (seen.includes(schema)) return false;
    const also = (other: unknown) => isSchema(other) && this.isStructured(other, [...seen, schema]);
    if (schema["additionalProperties"] !== undefined && schema["additionalProperties"] !== false) return false;
    if (isSchema(schema["properties"])) return true;
    if (typeof schema["$ref"] === "string") return also(this.components[refName(schema["$ref"])]);
    return PARTS.some((keyword) => ((schema[keyword] as unknown[] | undefined) ?? []).some(also));
  }
}

function nullable(schema: Record<string, unknown>): JsonSchema {
  if (typeof schema["type"] !== "string") return { anyOf: [{ type: "null" }, schema] };
  return {
    ...schema,
    type: [schema["type"], "null"],
    ...(Array.isArray(schema["enum"]) && { enum: [...(schema["enum"] as unknown[]), null] }),
  };
}

const refName = (ref: string) => ref.slice(ref.lastIndexOf("/") + 1);
const isSchema = (value: unknown): value is Schema =>
  typeof value === "object" && value !== null && !Array.isArray(value);
