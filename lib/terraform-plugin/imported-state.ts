import type { StateOf, ResourceSchema } from "./schema";
import type { Registered } from "./registry";
import type { Context, Resource } from "./resource";
import { emptyState, settle, withDefaults } from "./settle";
import type { ValueObject } from "./values";

/** The attributes that an import id determines; a reading adds the rest. */
export async function attributesOfId(
  { handler, schema }: Registered<Resource>,
  id: string,
  context: Context<unknown>,
): Promise<ValueObject> {
  const told = handler.import === undefined ? { id } : await handler.import(id, context);
  return { ...emptyState(schema.attributes), ...(told as ValueObject) };
}

/** Completes the state of an imported object: attributes that only a configuration knows get their default. */
export const settledImport = ({ schema }: Registered<Resource>, found: ValueObject, told: ValueObject): ValueObject =>
  withDefaults(schema.attributes, settle(schema.attributes, found, told));

/** The state of the object with this import id; null when it does not exist. */
export async function stateById(
  entry: Registered<Resource>,
  id: string,
  context: Context<unknown>,
): Promise<ValueObject | null> {
  const told = await attributesOfId(entry, id, context);
  const found = await entry.handler.read(
    { prior: told as StateOf<ResourceSchema>, private: {}, imported: true },
    context,
  );
  return found === null ? null : settledImport(entry, found as ValueObject, told);
}
