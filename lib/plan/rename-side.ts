import { NOT_FACTS } from "../terraform-plugin/declared-values";
import type { Attribute, Schema } from "../terraform-plugin/schema";
import type { ResourceChangeJson } from "./contract";
import { isObject } from "./masking";
import { unknownPaths } from "./unknown-paths";

type Values = Readonly<Record<string, unknown>>;

/** One side of a possible rename. It keeps what is asked repeatedly when a type has many resources. */
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

  /** Whether an attribute's value here before equals its value there afterwards. */
  becomes(name: string, other: RenameSide): boolean {
    if (this.text("before", name) === other.text("after", name)) return true;
    return sameMeaning(this.schema.attributes[name], this.before?.[name], other.after?.[name]);
  }
}

/** Whether the object that was at this address will not be there: deleted, released, or replaced by another. */
export function leavesItsAddress(side: RenameSide): boolean {
  const { actions } = side.change.change;
  if (side.before === undefined) return false;
  return actions.includes("create") || actions.includes("update")
    ? becomesAnother(side)
    : actions.includes("delete") || actions.includes("forget");
}

/** Whether the object that will be at this address was not there before. */
export function arrivesAtItsAddress(side: RenameSide): boolean {
  const { actions, importing } = side.change.change;
  if (side.after === undefined || importing !== undefined) return false;
  return side.before === undefined ? actions.includes("create") : becomesAnother(side);
}

/** Whether another object will be at the same address, as when a `count` is extended at the front. */
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
