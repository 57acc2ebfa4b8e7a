import { testEmailSchema } from "../mail/resource/test-email.schema";
import { systems } from "../systems";
import type { Schema } from "../terraform-plugin/schema";

let known: ReadonlyMap<string, Schema> | undefined;

/** Whether a resource type belongs to this provider. */
export const isOurs = (type: string): boolean => (known ??= resourceSchemas()).has(type);

/** The schemas of all our resource types by name: what they declare secret, and what identifies their objects. */
export function resourceSchemas(): ReadonlyMap<string, Schema> {
  const schemas = systems.flatMap(({ resources }) => resources.map(({ schema }) => schema));
  return new Map([...schemas, testEmailSchema as Schema].map((schema) => [schema.type, schema]));
}
