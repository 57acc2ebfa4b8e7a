/** JSON Schema, as ajv reads it. */
export type JsonSchema = Readonly<Record<string, unknown>> | boolean;

/** One method of one path, whatever format the vendor wrote it down in. */
export interface Operation {
  readonly method: string;
  /** "/api/alertplugins/{pluginId}" */
  readonly template: string;
  readonly path: readonly Parameter[];
  readonly query: readonly Parameter[];
  /** Undefined when the operation takes no body. */
  readonly body?: { readonly required: boolean; readonly schema: JsonSchema };
  /** Undefined when the vendor does not list the statuses of its answers. */
  readonly answers?: readonly Answer[];
}

export interface Parameter {
  readonly name: string;
  readonly required: boolean;
  readonly schema: JsonSchema;
}

export interface Answer {
  /** "200", "default" */
  readonly status: string;
  /** Undefined when the answer has no body that the vendor describes. */
  readonly schema?: JsonSchema;
}

/** What a vendor's file says: operations, and the schemas they refer to as `contract#/definitions/…`. */
export interface Contract {
  /** The file's name, for messages. */
  readonly name: string;
  readonly operations: readonly Operation[];
  readonly definitions: Readonly<Record<string, JsonSchema>>;
}

/** Where definitions stand: the id under which ajv knows a contract. */
export const definition = (name: string) => `contract#/definitions/${name}`;
