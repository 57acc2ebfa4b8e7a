import type * as z from "../core/zod";
import { kindOf, knownName } from "./shown-values";
import { definitionOf, describe, mayBeAbsent, restOf, schemaFor } from "./schema";

/** How an answer differs from its contract; never with a value of the answer. */
export interface Conformity {
  readonly deviations: readonly Deviation[];
  /** Members that the contract does not name: releases add some, which is harmless. `$.rules[*].owner`. */
  readonly unknown: readonly string[];
}

export interface Deviation {
  /** The place as a JSON path: `$.rules[3].name`. */
  readonly place: string;
  readonly expected: string;
  /** The type and size that were found: `text(12)`, `absent`. */
  readonly got: string;
  /** How many places differ in the same way: this one, and others in the same list. */
  readonly times: number;
}

interface Place {
  /** `$.rules[3].name` */
  readonly exact: string;
  /** `$.rules[*].name` */
  readonly general: string;
}

const ROOT: Place = { exact: "$", general: "$" };
const member = ({ exact, general }: Place, name: string): Place => {
  const step = /^\w+$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
  return { exact: exact + step, general: general + step };
};
const item = ({ exact, general }: Place, index: number): Place => ({
  exact: `${exact}[${index}]`,
  general: `${general}[*]`,
});

/** Compares an answer with its contract. */
export function conformityOf(contract: z.ZodMiniType, answer: unknown): Conformity {
  const deviations = new Map<string, Deviation>();
  const unknown = new Set<string>();
  const deviates = ({ exact, general }: Place, expected: string, got: string) => {
    const key = JSON.stringify([general, expected, got]);
    const known = deviations.get(key);
    deviations.set(key, { ...(known ?? { place: exact, expected, got }), times: (known?.times ?? 0) + 1 });
  };
  /** True when the value, or something within it, deviates. */
  const walk = (schema: z.ZodMiniType, value: unknown, place: Place): boolean => {
    const fitting = schemaFor(schema, value);
    const { type, element, shape = {} } = definitionOf(fitting);
    let inside = false;
    if (type === "array" && Array.isArray(value)) {
      value.forEach((one, index) => (inside = walk(element!, one, item(place, index)) || inside));
    } else if ((type === "object" || type === "record") && isRecord(value)) {
      const rest = restOf(fitting);
      for (const [name, expected] of Object.entries(shape)) {
        const there = Object.hasOwn(value, name);
        if (there) inside = walk(expected, value[name], member(place, name)) || inside;
        else if (!mayBeAbsent(expected)) {
          deviates(member(place, name), describe(expected), "absent");
          inside = true;
        }
      }
      for (const name of Object.keys(value).filter((name) => !Object.hasOwn(shape, name))) {
        // Keys of a record may be names that people have chosen.
        const below = type === "record" ? item(place, 0) : member(place, knownName(name));
        if (rest === undefined) unknown.add(below.general);
        else inside = walk(rest, value[name], below) || inside;
      }
    }
    if (inside) return true;
    const parsed = schema.safeParse(value);
    if (parsed.success) return false;
    deviates(place, expectation(fitting, value, parsed.error), kindOf(value));
    return true;
  };
  walk(contract, answer, ROOT);
  return { deviations: [...deviations.values()], unknown: [...unknown].sort() };
}

/** For a value of the right type, zod's own message: it names the broken rule, and no value. */
function expectation(schema: z.ZodMiniType, value: unknown, error: z.core.$ZodError): string {
  const [issue] = error.issues;
  const named = describe(schema);
  const wrongType = issue === undefined || issue.code === "invalid_type" || issue.code === "invalid_union";
  if (wrongType || issue.code === "invalid_value" || issue.code === "unrecognized_keys") return named;
  return typeof value === "object" ? named : `${named}: ${issue.message.replace(/^Invalid \w+: /, "")}`;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
