import type { StateOf, ResourceSchema } from "./schema";
import type { Registered } from "./registry";
import type { Context, Resource } from "./resource";
import { emptyState, settle, withDefaults } from "./settle";
import type { ValueObject } from "./values";

/** What an import id tells of an object; a reading fills the rest. */
export async function toldById(
  { handler, schema }: Registered<Resource>,
  id: string,
  context: Context<unknown>,
): Promise<ValueObject> {
  const told = handler.import === undefined ? { id } : await handler.import(id, context);
  return { ...emptyState(schema.attributes), ...(told as ValueObject) };
}

/** What was found of an object that was just imported: what only a configuration knows has its default. */
export const settledImport = ({ schema }: Registered<Resource>, found: ValueObject, told: ValueObject): ValueObject =>
  withDefaults(schema.attributes, settle(schema.attributes, found, told));

/** The object of this import id as its state would be; null when there is none. */
export async function stateById(
  entry: Registered<Resource>,
  id: string,
  context: Context<unknown>,
): Promise<ValueObject | null> {
  const told = await toldById(entry, id, context);
  const found = await entry.handler.read(
    { prior: told as StateOf<ResourceSchema>, private: {}, imported: true },
    context,
  );
  return found === null ? null : settledImport(entry, found as ValueObject, told);
}
