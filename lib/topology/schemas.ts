import { testEmailSchema } from "../mail/resource/test-email.schema";
import { systems } from "../systems";
import type { Schema } from "../terraform-plugin/schema";

let known: ReadonlyMap<string, Schema> | undefined;

/** Whether a resource type is one of ours. */
export const isOurs = (type: string): boolean => (known ??= resourceSchemas()).has(type);

/** Every resource type of ours, by its name: what it declares secret, and what identifies its objects. */
export function resourceSchemas(): ReadonlyMap<string, Schema> {
  const schemas = systems.flatMap(({ resources }) => resources.map(({ schema }) => schema));
  return new Map([...schemas, testEmailSchema as Schema].map((schema) => [schema.type, schema]));
}
