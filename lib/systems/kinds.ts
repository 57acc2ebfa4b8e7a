import { systems } from ".";

const words = new Map(
  systems.flatMap(({ resources }) => resources.map((one) => [one.schema.type, one.words] as const)),
);

/** "flow", "e-mail plugin": what people call the objects of a resource type. A type of no system is called as it is. */
export const kindOf = (type: string): string =>
  words.get(type)?.kind ?? type.replace(/^outbound_/, "").replaceAll("_", " ");

/** "vrops": the system whose objects these are. Undefined for a type of no system. */
export const systemOf = (type: string): string | undefined => words.get(type)?.system.name;
