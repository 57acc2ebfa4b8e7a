import type { Type } from "./values";
import { Mismatch } from "./wire-errors";

/** A deeper type exists only to exhaust the stack. */
const DEEPEST = 100;

const PRIMITIVES = new Set<unknown>(["string", "number", "bool", "dynamic"]);

/** Parses a Terraform type from its JSON form. */
export function typeFromJson(json: unknown, depth = 0): Type {
  if (depth > DEEPEST) throw new Mismatch(`a type of at most ${DEEPEST} levels`, "a deeper one");
  if (PRIMITIVES.has(json)) return json as Type;
  if (Array.isArray(json)) {
    const [kind, inner] = json as unknown[];
    if (kind === "list" || kind === "set" || kind === "map") return [kind, typeFromJson(inner, depth + 1)];
    if (kind === "tuple" && Array.isArray(inner)) {
      return ["tuple", inner.map((element) => typeFromJson(element, depth + 1))];
    }
    if (kind === "object" && typeof inner === "object" && inner !== null && !Array.isArray(inner)) {
      // A third element lists optional attributes; values carry all attributes anyway.
      const entries = Object.entries(inner).map(([name, type]) => [name, typeFromJson(type, depth + 1)] as const);
      return ["object", Object.fromEntries(entries)];
    }
  }
  throw new Mismatch("a Terraform type", JSON.stringify(json)?.slice(0, 60) ?? "nothing");
}

/** The name of a type for an error message. */
export function typeName(type: Type): string {
  return typeof type === "string" ? type : type[0];
}
