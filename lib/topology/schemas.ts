import { testEmailSchema } from "../mail/resource/test-email.schema";
import { systems } from "../systems";
import type { Attributes } from "../terraform-plugin/schema";

/** The attributes of every resource type of ours, for masking what they declare secret. */
export function resourceSchemas(): ReadonlyMap<string, Attributes> {
  const schemas = systems.flatMap(({ resources }) => resources.map(({ schema }) => schema));
  return new Map([...schemas, testEmailSchema].map(({ type, attributes }) => [type, attributes]));
}
