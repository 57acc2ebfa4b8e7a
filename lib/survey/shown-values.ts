/** Describes values of answers, by type and size, for people who must not see them. */

/** `text(12)`, `number`, `list(3)`. */
export function kindOf(value: unknown): string {
  if (value === undefined) return "no JSON";
  if (value === null) return "null";
  if (Array.isArray(value)) return `list(${value.length})`;
  if (typeof value === "string") return `text(${value.length})`;
  if (typeof value === "object") return `object(${Object.keys(value).length})`;
  return typeof value;
}

/** The form of vendors' member names. Names that people choose have spaces, are numbered, or are addresses and ids. */
const MEMBER = /^[@$]?[A-Za-z_][A-Za-z_-]{0,40}\d{0,2}(?:\.[A-Za-z_-]{1,40}){0,3}$/;

/** The name of a member as it may be shown; `?` for a name that somebody may have chosen. */
export const knownName = (name: string): string => (MEMBER.test(name) && !/^[0-9a-f-]{12,}$/i.test(name) ? name : "?");
