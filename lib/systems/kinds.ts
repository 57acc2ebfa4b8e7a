import { systems } from ".";

const words = new Map(
  systems.flatMap(({ resources }) => resources.map((one) => [one.schema.type, one.words] as const)),
);

/** The word for the objects of a resource type: "flow", "e-mail plugin". A type of no system keeps its own name. */
export const kindOf = (type: string): string =>
  words.get(type)?.kind ?? type.replace(/^outbound_/, "").replaceAll("_", " ");

/** The system of a resource type: "vrops". Undefined for a type of no system. */
export const systemOf = (type: string): string | undefined => words.get(type)?.system.name;
