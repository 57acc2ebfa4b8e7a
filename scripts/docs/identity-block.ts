import { idOfParts, partsOfId } from "../../lib/terraform-plugin/import-identity";
import type { ResourceSchema } from "../../lib/terraform-plugin/schema";
import { isAnyNumber } from "../../lib/terraform-plugin/numbers";

/** The attributes of an `identity`, as HCL, for the object of this import id. */
export function identityLines({ type, importIdentity, attributes }: ResourceSchema, importId: string): string[] {
  const parts = partsOfId(importIdentity, importId, (name) => attributes[name]?.type ?? undefined);
  if (parts === undefined || idOfParts(importIdentity, parts) !== importId) {
    throw new Error(`${importId} is no import id of ${type}`);
  }
  const given = Object.entries(parts).filter(([, value]) => value !== null);
  const width = Math.max(...given.map(([name]) => name.length));
  return given.map(
    ([name, value]) => `${name.padEnd(width)} = ${isAnyNumber(value) ? String(value) : JSON.stringify(value)}`,
  );
}
