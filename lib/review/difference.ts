import { MASK, UNKNOWN, type ResourceChange } from "../plan";

/** The differences of one resource, with the sign in the first column, where the `diff` highlighting of code hosts wants it. */
export function differenceOf(change: ResourceChange): string[] {
  const { verb, address, before, after } = change;
  const head = (sign: string) =>
    `${sign} ${address}${change.deposed === undefined ? "" : ` (deposed ${change.deposed})`}`;
  switch (verb) {
    case "create":
      return [head("+"), ...attributes("+", after ?? {}, change.unknown)];
    case "delete":
    case "forget":
      return [head("-"), ...attributes("-", before ?? {}, [])];
    case "move":
      return [head("!"), `!   moved from ${change.previousAddress ?? ""}`];
    case "import":
      return [head("+"), `+   imported by the id ${quoted(change.importId ?? "")}`];
    case "update":
    case "replace":
      return [head("!"), ...changed(change)];
    case "none":
    case "read":
      return [];
  }
}

function changed({ before, after, changed, unknown, replacedBy }: ResourceChange): string[] {
  return changed.flatMap((name) => {
    const forced = replacedBy.some(
      (path) => path === name || path.startsWith(`${name}.`) || path.startsWith(`${name}[`),
    )
      ? "   # forces replacement"
      : "";
    const was = before?.[name];
    const is = after?.[name] ?? (isUnknown(name, unknown) ? UNKNOWN : null);
    if (was === MASK && is === MASK) return [`!   ${name} = ${MASK}, changed${forced}`];
    const [gone, come] = [elements(was), elements(is)];
    if (gone !== undefined && come !== undefined) {
      return [
        ...gone.filter((one) => !come.includes(one)).map((one) => `-   ${name}: ${one}${forced}`),
        ...come.filter((one) => !gone.includes(one)).map((one) => `+   ${name}: ${one}${forced}`),
      ];
    }
    return [`!   ${name} = ${shown(was)} -> ${shown(is)}${forced}`];
  });
}

function attributes(sign: string, values: Readonly<Record<string, unknown>>, unknown: readonly string[]): string[] {
  const known = Object.entries(values).filter(([, value]) => value !== null);
  const later = unknown.filter((path) => /^[^.[]+$/.test(path)).map((name): [string, unknown] => [name, UNKNOWN]);
  return [...known, ...later]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${sign}   ${name} = ${shown(value)}`);
}

function isUnknown(name: string, unknown: readonly string[]): boolean {
  return unknown.some((path) => path === name || path.startsWith(`${name}.`) || path.startsWith(`${name}[`));
}

/** Lists of plain values differ by element. */
function elements(value: unknown): string[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  return value.every((one) => typeof one !== "object") ? value.map(shown) : undefined;
}

/** Longer values are cut in the middle, for they are certificates and the like. */
const LONGEST = 200;

function shown(value: unknown): string {
  if (value === MASK || value === UNKNOWN) return value;
  const text = value === undefined ? "null" : JSON.stringify(value);
  if (text.length <= LONGEST) return text;
  return `${text.slice(0, LONGEST / 2)}… (${text.length} characters) …${text.slice(-LONGEST / 4)}`;
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
