import type { Redactor } from "../core/redaction";
import type { Attributes } from "../terraform-plugin/schema";
import { MASK, UNKNOWN } from "./plan";
import { isSecretName } from "./secret-names";

/** What is known about a value besides itself: Terraform's own maps, which have its shape with `true` where something holds. */
export interface Marks {
  readonly sensitive?: unknown;
  readonly unknown?: unknown;
  /** The attributes as the resource type declares them. */
  readonly schema?: Attributes | undefined;
}

/**
 * The value with secrets replaced and what is unknown left out. A secret is what the plan marks, what the schema marks and
 * what is called like one; it is told to the redactor, so that it is found where it stands unmarked too.
 */
export function mask(value: unknown, marks: Marks, redactor: Redactor): unknown {
  return visit(value, marks.sensitive, marks.unknown, marks.schema, false, redactor);
}

function visit(
  value: unknown,
  sensitive: unknown,
  unknown: unknown,
  schema: Attributes | undefined,
  secret: boolean,
  redactor: Redactor,
): unknown {
  if (unknown === true) return undefined;
  if (sensitive === true || secret) return hide(value, redactor);
  if (Array.isArray(value)) {
    return value.map((element: unknown, index) => {
      const masked = visit(element, at(sensitive, index), at(unknown, index), schema, false, redactor);
      return masked === undefined ? UNKNOWN : masked;
    });
  }
  if (!isObject(value)) return value;
  // Name and value side by side, as in lists of headers or variables.
  const label = value["name"] ?? value["key"] ?? value["header"];
  const labelled = typeof label === "string" && isSecretName(label);
  const entries: [string, unknown][] = [];
  for (const key of Object.keys(value)) {
    const declared = schema?.[key];
    const known = visit(
      value[key],
      at(sensitive, key),
      at(unknown, key),
      declared?.nested?.attributes,
      declared?.sensitive === true ||
        declared?.writeOnly === true ||
        (isSecretName(key) && holdsText(value[key])) ||
        (labelled && key === "value"),
      redactor,
    );
    if (known !== undefined) entries.push([key, known]);
  }
  return Object.fromEntries(entries);
}

/** Null stays null and empty stays empty: that nothing is there is no secret, and a reviewer has to see it. */
function hide(value: unknown, redactor: Redactor): unknown {
  if (value === null || value === undefined || value === "") return value;
  learn(value, redactor);
  // A list stays one, so that who reads receivers need not expect a text; how long it is, is not told.
  return Array.isArray(value) && value.length > 0 ? [MASK] : MASK;
}

/** Shorter ones would mask ports, years and counts everywhere. */
const SHORTEST_NUMBER = 100_000;

/** Tells every text and number in it to the redactor. */
export function learn(value: unknown, redactor: Redactor): void {
  if (typeof value === "string") {
    redactor.add(value);
    // Long texts are written line by line, so each line has to be recognised by itself.
    if (value.includes("\n")) for (const line of value.split("\n")) if (line.length >= 8) redactor.add(line);
  } else if (typeof value === "number" && Math.abs(value) >= SHORTEST_NUMBER) redactor.add(String(value));
  else if (Array.isArray(value)) for (const element of value) learn(element, redactor);
  else if (isObject(value)) for (const element of Object.values(value)) learn(element, redactor);
}

/** Tells what is called like a secret, however deep it stands. */
export function learnByName(value: unknown, redactor: Redactor, name = ""): void {
  if (name !== "" && isSecretName(name) && holdsText(value)) return learn(value, redactor);
  if (Array.isArray(value)) for (const element of value) learnByName(element, redactor, name);
  else if (isObject(value)) for (const [key, element] of Object.entries(value)) learnByName(element, redactor, key);
}

/** Numbers and switches are told from secrets by their type: `password_wo_version`, `require_token`. */
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
