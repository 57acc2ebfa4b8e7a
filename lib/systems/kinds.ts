import { systems } from ".";

const kinds = new Map(
  systems.flatMap(({ resources }) => resources.map(({ schema, words }) => [schema.type, words.kind] as const)),
);

/** "flow", "e-mail plugin": what people call the objects of a resource type. A type of no system is called as it is. */
export const kindOf = (type: string): string => kinds.get(type) ?? type.replace(/^outbound_/, "").replaceAll("_", " ");
