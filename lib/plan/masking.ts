import type { Redactor } from "../core/redaction";
import { isSecret, type Attribute, type Attributes } from "../terraform-plugin/schema";
import { MASK, UNKNOWN } from "./plan";
import { isBesideSecret, isSecretName } from "./secret-names";

/** What is known about a value: Terraform's own maps, which have its shape with `true` at marked places. */
export interface Marks {
  readonly sensitive?: unknown;
  readonly unknown?: unknown;
  /** The attributes as the resource type declares them. */
  readonly schema?: Attributes | undefined;
}

/**
 * Replaces secrets and leaves out what is unknown. A secret is what the plan marks, what the schema marks and, without
 * a schema, what has a name like one. The redactor learns it, so that it is also found where it is not marked.
 */
export function mask(value: unknown, marks: Marks, redactor: Redactor): unknown {
  return visit(value, marks, true, redactor);
}

/**
 * @param guess whether a name may mark a secret: not in computed values, since a map may be keyed by names of
 * attributes (`origin = { password = "organization" }`)
 */
function visit(value: unknown, marks: Marks, guess: boolean, redactor: Redactor): unknown {
  const { sensitive, unknown, schema } = marks;
  if (unknown === true) return undefined;
  if (sensitive === true) return hide(value, redactor, learn);
  if (Array.isArray(value)) {
    return value.map((element: unknown, index) => {
      const inner = { sensitive: at(sensitive, index), unknown: at(unknown, index), schema };
      const masked = visit(element, inner, guess, redactor);
      return masked === undefined ? UNKNOWN : masked;
    });
  }
  if (!isObject(value)) return value;
  // A name and a value side by side, as in lists of headers or variables.
  const label = value["name"] ?? value["key"] ?? value["header"];
  const labelled = guess && typeof label === "string" && isSecretName(label);
  const entries: [string, unknown][] = [];
  for (const key of Object.keys(value)) {
    const declared = schema?.[key];
    const inner = { sensitive: at(sensitive, key), unknown: at(unknown, key), schema: declared?.nested?.attributes };
    const known = isDeclaredSecret(declared)
      ? visit(value[key], { ...inner, sensitive: true }, guess, redactor)
      : declared !== undefined
        ? visit(value[key], inner, guess && declared.presence !== "computed", redactor)
        : inner.unknown !== true && guess && (looksSecret(key, value[key]) || (labelled && key === "value"))
          ? hide(value[key], redactor, learnGuessed)
          : visit(value[key], inner, guess, redactor);
    if (known !== undefined) entries.push([key, known]);
  }
  return Object.fromEntries(entries);
}

export function isDeclaredSecret(declared: Attribute | undefined): boolean {
  return declared !== undefined && isSecret(declared);
}

function looksSecret(name: string, value: unknown): boolean {
  return isSecretName(name) && holdsText(value);
}

/**
 * Masks a value. Null stays null and empty stays empty: that nothing is there is no secret, and a reviewer has to see
 * it.
 */
function hide(value: unknown, redactor: Redactor, add: typeof learn): unknown {
  if (value === null || value === undefined || value === "") return value;
  // It was masked before: the mask itself is no secret.
  if (value === MASK) return value;
  add(value, redactor);
  // A list stays a list, so that readers of receivers need not expect a text; its length is not shown.
  return Array.isArray(value) && value.length > 0 ? [MASK] : MASK;
}

/** Shorter numbers would mask ports, years and counts everywhere. */
const SHORTEST_NUMBER = 100_000;

/** Adds every text and number in a value to the redactor. */
export function learn(value: unknown, redactor: Redactor): void {
  addSecrets(value, redactor, () => true);
}

/** Adds a value that only has a name like a secret; fields about its owner and its scope are excluded. */
export function learnGuessed(value: unknown, redactor: Redactor): void {
  addSecrets(value, redactor, (name) => !isBesideSecret(name));
}

function addSecrets(value: unknown, redactor: Redactor, counts: (name: string) => boolean): void {
  if (typeof value === "string") {
    redactor.addOneOf(value);
    // Long texts are written line by line, so each line has to be recognised by itself.
    if (value.includes("\n")) for (const line of value.split("\n")) if (line.length >= 8) redactor.add(line);
  } else if (typeof value === "number" && Math.abs(value) >= SHORTEST_NUMBER) redactor.add(String(value));
  else if (Array.isArray(value)) for (const element of value) addSecrets(element, redactor, counts);
  else if (isObject(value))
    for (const [name, element] of Object.entries(value)) if (counts(name)) addSecrets(element, redactor, counts);
}

/** Adds values with names like secrets, at any depth. */
export function learnByName(value: unknown, redactor: Redactor, name = ""): void {
  if (name !== "" && looksSecret(name, value)) return learnGuessed(value, redactor);
  if (Array.isArray(value)) for (const element of value) learnByName(element, redactor, name);
  else if (isObject(value)) for (const [key, element] of Object.entries(value)) learnByName(element, redactor, key);
}

/**
 * Whether a value holds text: numbers and switches with such names are no secrets: `password_wo_version`,
 * `require_token`.
 */
function holdsText(value: unknown): boolean {
  if (typeof value === "string") return value !== "";
  if (Array.isArray(value)) return value.some(holdsText);
  return isObject(value) && Object.values(value).some(holdsText);
}

function at(marks: unknown, key: string | number): unknown {
  if (marks === true) return true;
  if (marks === null || typeof marks !== "object") return undefined;
  return (marks as Record<string | number, unknown>)[key];
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
