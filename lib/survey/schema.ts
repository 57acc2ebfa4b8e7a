import type * as z from "../core/zod";

/** The parts of a zod schema that are read from outside; zod's own types describe each kind of schema separately. */
interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.ZodMiniType>>;
  readonly catchall?: z.ZodMiniType;
  readonly element?: z.ZodMiniType;
  readonly innerType?: z.ZodMiniType;
  readonly options?: readonly z.ZodMiniType[];
  readonly valueType?: z.ZodMiniType;
  readonly in?: z.ZodMiniType;
  readonly entries?: Readonly<Record<string, string | number>>;
  readonly values?: readonly unknown[];
}

/** zod's type for a definition is that of any schema; its `type` says which kind it is: hence the cast. */
export const definitionOf = (schema: z.ZodMiniType): Definition => schema._zod.def as unknown as Definition;

/** Whether the member may be missing from an answer. */
export const mayBeAbsent = (schema: z.ZodMiniType): boolean => schema.safeParse(undefined).success;

/**
 * The schema that describes this value best: without wrappers for absence, and of a union the alternative that fits
 * best.
 */
export function schemaFor(schema: z.ZodMiniType, value: unknown): z.ZodMiniType {
  const { innerType, in: inner, options } = definitionOf(schema);
  if (innerType !== undefined) return schemaFor(innerType, value);
  if (inner !== undefined) return schemaFor(inner, value);
  if (options === undefined) return schema;
  const candidates = options.map((option) => schemaFor(option, value));
  return (
    candidates.find((option) => option.safeParse(value).success) ??
    candidates.find((option) => holds(option, value)) ??
    schema
  );
}

/** Whether it is the same kind of container. */
function holds(schema: z.ZodMiniType, value: unknown): boolean {
  const { type } = definitionOf(schema);
  if (Array.isArray(value)) return type === "array";
  return typeof value === "object" && value !== null && (type === "object" || type === "record");
}

/** The schema for members that an object does not name; undefined when there is none. */
export function restOf(schema: z.ZodMiniType): z.ZodMiniType | undefined {
  const { type, catchall, valueType } = definitionOf(schema);
  if (type === "record") return valueType;
  return catchall === undefined || ["unknown", "any", "never"].includes(definitionOf(catchall).type)
    ? undefined
    : catchall;
}

/** "text", "a whole number", `one of "open", "closed"`, "text or null". */
export function describe(schema: z.ZodMiniType): string {
  const { type, innerType, in: inner, options, entries, values } = definitionOf(schema);
  if (type === "nullable") return `${describe(innerType!)} or null`;
  if (innerType !== undefined) return describe(innerType);
  if (inner !== undefined) return describe(inner);
  if (options !== undefined) return [...new Set(options.map(describe))].join(" or ");
  if (entries !== undefined) return oneOf(Object.values(entries));
  if (values !== undefined) return oneOf(values);
  if (type === "number") return schema.safeParse(0.5).success ? "a number" : "a whole number";
  return NAMES[type] ?? type;
}

const oneOf = (values: readonly unknown[]) =>
  `${values.length > 1 ? "one of " : ""}${values.map((value) => JSON.stringify(value)).join(", ")}`;

const NAMES: Readonly<Record<string, string>> = {
  string: "text",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
};
