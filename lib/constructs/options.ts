import { ProblemError, type Path, type Problem } from "../core/problem";
import { nearestWord } from "../validators/did-you-mean";
import { missingProp, noOptions, otherCopy, unknownOption, wrongKind, wrongType } from "./errors";

/**
 * The allowed properties of an options object. TypeScript checks them where it is used; this covers programs in JavaScript,
 * and those whose runner only strips the types.
 */
export type Shape<T> = {
  // `{}` has no required property, so this distinguishes optional properties from required ones.
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type
  readonly [K in keyof T]-?: {} extends Pick<T, K> ? Optional : Required;
};

/** A value that only a factory of this package can make. */
export interface Made {
  /** "SmtpServer" */
  readonly name: string;
  readonly is: (value: unknown) => boolean;
  /** An example for readers: `SmtpServer.startTls("smtp.example.com", { ... })`. */
  readonly factory: string;
}

/** `any` is checked elsewhere, with specific messages. */
type Kind = "string" | "number" | "boolean" | "array" | "object" | "function" | "any" | Made;

interface Required {
  readonly required: true;
  readonly kind: Kind;
}
interface Optional {
  readonly required: false;
  readonly kind: Kind;
}

export const required = (kind: Kind): Required => ({ required: true, kind });
export const optional = (kind: Kind): Optional => ({ required: false, kind });

/**
 * Throws one error with every misspelt, missing or mistyped property.
 *
 * @param what whose options these are, as the user wrote it: `SmtpServer.startTls`
 * @param at where they stand: the path of a construct, the property that holds them
 */
export function checkOptions<T>(what: string, value: unknown, shape: Shape<T>, at: Path = []): asserts value is T {
  const problems = optionProblems(what, value, shape as Rules).map((problem) => ({
    ...problem,
    path: [...at, ...(problem.path ?? [])],
  }));
  if (problems.length > 0) throw new ProblemError(...problems);
}

type Rules = Readonly<Record<string, Required | Optional>>;

function optionProblems(what: string, value: unknown, shape: Rules): Problem[] {
  const names = Object.keys(shape);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return [noOptions(what, describe(value), names.join(", "))];
  }
  const given = value as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(given)
    .filter((name) => !names.includes(name) && given[name] !== undefined)
    .map((name) => unknownOption(what, name, nearestWord(name, names), names.join(", ")));
  const wrong = Object.entries(shape).flatMap(([name, rule]) => {
    const property = given[name];
    if (property === undefined || property === null) return rule.required ? [missingProp(name)] : [];
    return mismatch(property, rule.kind).map((problem) => ({ ...problem, path: [name] }));
  });
  return [...unknown, ...wrong];
}

function mismatch(value: unknown, kind: Kind): Problem[] {
  if (kind === "any") return [];
  if (typeof kind !== "string") return kind.is(value) ? [] : [notMade(kind, value)];
  const got = Array.isArray(value) ? "array" : typeof value;
  return got === kind ? [] : [wrongType(got, kind)];
}

/** The problem of a value that the factory has not made. */
export function notMade({ name, factory }: Pick<Made, "name" | "factory">, value: unknown): Problem {
  const got = describe(value);
  return got === `a ${name}` ? otherCopy(name) : wrongKind(name, got, factory);
}

/** Describes a value in a message, without the contents of objects: they may hold secrets. */
export function describe(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return JSON.stringify(value);
  if (Array.isArray(value)) return "an array";
  const { name } = (value as object).constructor ?? {};
  return typeof value === "function" ? "a function" : name && name !== "Object" ? `a ${name}` : "an object";
}
