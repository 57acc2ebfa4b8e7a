import type { Describe, TopologyNode } from "../../core/topology";
import type { Attributes, KnownValues, Schema } from "../../terraform-plugin/schema";

/** What resources of each type mean for the way of the alerts, by type. */
export type TopologyByType = Readonly<Record<string, Describe>>;

/** Pairs a schema with what its resources mean; the values are typed by the schema. */
export function means<A extends Attributes>(
  { type }: Schema<A>,
  describe: (values: KnownValues<A>) => readonly TopologyNode[],
): TopologyByType {
  return { [type]: describe as Describe };
}

/** Null and unknown stay what they are, everything else is asked. */
export function given(value: unknown): boolean | undefined {
  return value === undefined ? undefined : value !== null && value !== "";
}

/** "Any of these" where every part may be unknown: true as soon as one is. */
export function anyOf(...parts: readonly (boolean | undefined)[]): boolean | undefined {
  if (parts.includes(true)) return true;
  return parts.includes(undefined) ? undefined : false;
}
