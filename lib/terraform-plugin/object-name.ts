import { identityOf, type Schema } from "./schema";
import { isUnknown, type Value, type ValueObject } from "./values";

/** The description of an object by which people find it. */
export interface NamedObject {
  /** "outbound_vrops_email_plugin" */
  readonly type: string;
  readonly id: string;
  /** The identity: `name = "Prod SMTP"`. Empty for settings of which there is only one set. */
  readonly identity: string;
}

export function namedObject(schema: Pick<Schema, "type" | "identity">, id: string, values: ValueObject): NamedObject {
  const attributes = identityOf(schema)?.attributes ?? [];
  const shown = attributes.map((name) => `${name} = ${shownValue(values[name] ?? null)}`);
  return { type: schema.type, id, identity: shown.join(", ") };
}

/** `outbound_vrops_email_plugin "17" (name = "Prod SMTP")` */
export const objectName = ({ type, id, identity }: NamedObject): string =>
  `${type} ${JSON.stringify(id)}${identity && ` (${identity})`}`;

/** The name of a state's object; the type alone where nothing is known of the object. */
export function nameOfState(schema: Pick<Schema, "type" | "identity">, state: ValueObject | null): string {
  const id = state?.["id"] ?? null;
  if (state === null || id === null || isUnknown(id)) return schema.type;
  return objectName(namedObject(schema, String(id as string), state));
}

function shownValue(value: Value): string {
  return isUnknown(value)
    ? "(not known)"
    : (JSON.stringify(value, (_, inner: unknown) => (typeof inner === "bigint" ? Number(inner) : inner)) ?? "null");
}
