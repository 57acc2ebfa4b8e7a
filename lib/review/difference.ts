import { compare } from "../core/finding";
import type { Redactor } from "../core/redaction";
import { MASK, UNKNOWN, type ResourceChange } from "../plan";

/**
 * The differences of one resource, with the sign in the first column, where the `diff` highlighting of code hosts
 * expects it.
 */
export function differenceOf(change: ResourceChange, redactor: Redactor): string[] {
  return lines(change, (value) => shown(value, redactor));
}

/** Writes a value without secrets. */
type Show = (value: unknown) => string;

function lines(change: ResourceChange, show: Show): string[] {
  const { verb, address, before, after } = change;
  const head = (sign: string) =>
    `${sign} ${address}${change.deposed === undefined ? "" : ` (deposed ${change.deposed})`}`;
  switch (verb) {
    case "create":
      return [head("+"), ...attributes("+", after ?? {}, change.unknown, show)];
    case "delete":
    case "forget":
      return [head("-"), ...attributes("-", before ?? {}, [], show)];
    case "move":
      return [head("!"), `!   moved from ${change.previousAddress ?? ""}`];
    case "import":
      return [head("+"), `+   imported by the id ${quoted(change.importId ?? "")}`];
    case "update":
    case "replace":
      return [head("!"), ...changed(change, show)];
    case "none":
    case "read":
      return [];
  }
}

function changed(change: ResourceChange, show: Show): string[] {
  const { before, after, changed, unknown } = change;
  // A value that only the apply will know is shown only when it forces the replacement.
  const later = changed.filter((name) => unknown.includes(name) && forced(name, change) === "");
  const told = changed.filter((name) => !later.includes(name));
  return [
    ...told.flatMap((name) => attribute(name, before?.[name], after?.[name], change, show)),
    ...(later.length === 0 ? [] : [`!   ${UNKNOWN}: ${later.join(", ")}`]),
  ];
}

function attribute(name: string, was: unknown, now: unknown, change: ResourceChange, show: Show): string[] {
  const reason = forced(name, change);
  const is = now ?? (isUnknown(name, change.unknown) ? UNKNOWN : null);
  if (was === MASK && is === MASK) return [`!   ${name} = ${MASK}, changed${reason}`];
  if (JSON.stringify(was) === JSON.stringify(is)) return [`!   ${name}, in what is ${MASK}${reason}`];
  const [gone, come] = [elements(was, show), elements(is, show)];
  if (gone !== undefined && come !== undefined) {
    return [
      ...gone.filter((one) => !come.includes(one)).map((one) => `-   ${name}: ${one}${reason}`),
      ...come.filter((one) => !gone.includes(one)).map((one) => `+   ${name}: ${one}${reason}`),
    ];
  }
  if (isMap(was) && isMap(is)) return entries(name, was, is, reason, show);
  return [`!   ${name} = ${show(was)} -> ${show(is)}${reason}`];
}

/** For maps, such as triggers: the entries that differ. */
function entries(name: string, was: Map, is: Map, reason: string, show: Show): string[] {
  const keys = [...new Set([...Object.keys(was), ...Object.keys(is)])].sort(compare);
  const lines = keys.flatMap((key) => {
    const [then, now] = [was[key], is[key]];
    if (JSON.stringify(then) === JSON.stringify(now)) return [];
    const entry = `${name}[${quoted(key)}]`;
    if (then === undefined) return [`+   ${entry} = ${show(now)}${reason}`];
    if (now === undefined) return [`-   ${entry} = ${show(then)}${reason}`];
    return [`!   ${entry} = ${show(then)} -> ${show(now)}${reason}`];
  });
  return lines;
}

type Map = Readonly<Record<string, unknown>>;

function isMap(value: unknown): value is Map {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function forced(name: string, { replacedBy }: ResourceChange): string {
  return isUnknown(name, replacedBy) ? "   # forces replacement" : "";
}

function attributes(
  sign: string,
  values: Readonly<Record<string, unknown>>,
  unknown: readonly string[],
  show: Show,
): string[] {
  const known = Object.entries(values).filter(([, value]) => value !== null);
  const later = unknown.filter((path) => /^[^.[]+$/.test(path)).map((name): [string, unknown] => [name, UNKNOWN]);
  return [...known, ...later]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${sign}   ${name} = ${show(value)}`);
}

function isUnknown(name: string, unknown: readonly string[]): boolean {
  return unknown.some((path) => path === name || path.startsWith(`${name}.`) || path.startsWith(`${name}[`));
}

/** Lists of plain values are compared by element. */
function elements(value: unknown, show: Show): string[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  return value.every((one) => typeof one !== "object") ? value.map(show) : undefined;
}

/** Longer values are cut in the middle, because they are certificates and the like. */
const LONGEST = 200;

/** Redacted before it is cut: half a secret would not be recognised. */
function shown(value: unknown, redactor: Redactor): string {
  if (value === MASK || value === UNKNOWN) return value;
  const text = value === undefined ? "null" : redactor.redact(JSON.stringify(value));
  if (text.length <= LONGEST) return text;
  return `${text.slice(0, LONGEST / 2)}… (${text.length} characters) …${text.slice(-LONGEST / 4)}`;
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
