import type { Describe, TopologyNode } from "../../core/topology";
import type { Attributes, KnownValues, Schema } from "../../terraform-plugin/schema";

/** The descriptions of all resource types of a system, by type. */
export type TopologyByType = Readonly<Record<string, Describe>>;

/** Pairs a schema with the description of its resources; the schema determines the types of the values. */
export function topologyOf<A extends Attributes>(
  { type }: Schema<A>,
  describe: (values: KnownValues<A>) => readonly TopologyNode[],
): TopologyByType {
  return { [type]: describe as Describe };
}

/** Whether a value is set; null is not, and unknown stays unknown. */
export function isSet(value: unknown): boolean | undefined {
  return value === undefined ? undefined : value !== null && value !== "";
}

/** "Any of these" where every part may be unknown: true as soon as one is. */
export function anyOf(...parts: readonly (boolean | undefined)[]): boolean | undefined {
  if (parts.includes(true)) return true;
  return parts.includes(undefined) ? undefined : false;
}
