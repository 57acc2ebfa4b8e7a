import type { Attribute, Attributes, KnownValues, SchemaCheck } from "../../terraform-plugin/schema";
import { notExactlyOne } from "./errors";

/** Checks that exactly one of these two attributes is set; unknown counts as set. */
export function exactlyOne<One extends string, Other extends string>(
  one: One,
  other: Other,
): SchemaCheck<Attributes & Record<One | Other, Attribute<string, "optional">>> {
  return {
    describes: `exactly one of \`${one}\` and \`${other}\``,
    check(values: KnownValues<Attributes>) {
      const given = [one, other].filter((name) => values[name] !== null);
      return given.length === 1 ? [] : [notExactlyOne(one, other, given.length === 0 ? "neither" : "both")];
    },
  };
}
