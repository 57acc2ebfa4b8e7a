import { NOT_FACTS } from "../terraform-plugin/declared-values";
import type { Attribute, Schema } from "../terraform-plugin/schema";
import type { ResourceChangeJson } from "./contract";
import { isObject } from "./masking";
import { unknownPaths } from "./unknown-paths";

type Values = Readonly<Record<string, unknown>>;

/** A resource that changes, with what is asked of it again and again when there are many of a type. */
export class RenameSide {
  readonly before: Values | undefined;
  readonly after: Values | undefined;
  private readonly unknown: ReadonlySet<string>;
  private readonly texts = { before: new Map<string, string>(), after: new Map<string, string>() };

  constructor(
    readonly change: ResourceChangeJson,
    readonly schema: Schema,
    readonly identity: readonly string[],
  ) {
    const { before, after, after_unknown: marks } = change.change;
    this.before = isObject(before) ? before : undefined;
    this.after = isObject(after) ? after : undefined;
    this.unknown = new Set(
      isObject(marks) ? Object.keys(marks).filter((name) => unknownPaths(marks[name]).length > 0) : [],
    );
  }

  isUnknown(name: string): boolean {
    return this.unknown.has(name);
  }

  text(when: "before" | "after", name: string): string {
    const known = this.texts[when].get(name);
    if (known !== undefined) return known;
    const text = JSON.stringify(this[when]?.[name] ?? null);
    this.texts[when].set(name, text);
    return text;
  }

  /** Whether the attribute means the same here before as it does there afterwards. */
  becomes(name: string, other: RenameSide): boolean {
    if (this.text("before", name) === other.text("after", name)) return true;
    return sameMeaning(this.schema.attributes[name], this.before?.[name], other.after?.[name]);
  }
}

/** The object that was here will not be here: deleted, let go, or turned into another one. */
export function leavesItsAddress(side: RenameSide): boolean {
  const { actions } = side.change.change;
  if (side.before === undefined) return false;
  return actions.includes("create") || actions.includes("update")
    ? becomesAnother(side)
    : actions.includes("delete") || actions.includes("forget");
}

/** The object that will be here was not here. */
export function arrivesAtItsAddress(side: RenameSide): boolean {
  const { actions, importing } = side.change.change;
  if (side.after === undefined || importing !== undefined) return false;
  return side.before === undefined ? actions.includes("create") : becomesAnother(side);
}

/** Stays at its address and is another object afterwards, as the instances of a `count` that is extended in front do. */
function becomesAnother(side: RenameSide): boolean {
  if (side.before === undefined || side.after === undefined || side.change.change.actions[0] === "no-op") return false;
  return side.identity.some((name) => !side.isUnknown(name) && !side.becomes(name, side));
}

export function isDeclared(name: string, { presence, writeOnly }: Attribute): boolean {
  return presence !== "computed" && writeOnly !== true && !NOT_FACTS.has(name);
}

export function sameMeaning(attribute: Attribute | undefined, a: unknown, b: unknown): boolean {
  const [left, right] = [a ?? null, b ?? null];
  if (JSON.stringify(left) === JSON.stringify(right)) return true;
  if (left === null || right === null) return false;
  if (attribute?.equal?.(left, right) === true) return true;
  return typeof attribute?.replace === "object" && !attribute.replace.when(left, right);
}

export function replaces({ replace }: Attribute, before: unknown, after: unknown): boolean {
  return typeof replace === "object" ? replace.when(before ?? null, after ?? null) : replace === true;
}
