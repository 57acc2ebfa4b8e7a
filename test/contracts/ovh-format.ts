import { definition, type Contract, type JsonSchema, type Operation } from "./operation";

interface Document {
  readonly apis: readonly { readonly path: string; readonly operations: readonly WireOperation[] }[];
  readonly models: Readonly<Record<string, WireModel>>;
}

interface WireOperation {
  readonly httpMethod: string;
  readonly responseType: string;
  readonly parameters: readonly {
    /** Left out when the whole body is the parameter. */
    readonly name?: string | null;
    readonly paramType: "path" | "query" | "body";
    readonly dataType: string;
    readonly required: boolean;
  }[];
}

interface WireModel {
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, { readonly type: string; readonly canBeNull: boolean }>>;
}

/**
 * Reads the OVHcloud API's own format, which descends from Swagger 1.2: types by name, bodies as one
 * parameter a field, no statuses.
 *
 * @see https://eu.api.ovh.com/v1/dedicatedCloud.json
 */
export function ovhFormat(name: string, document: unknown): Contract {
  const { apis, models } = document as Document;
  const type = (text: string) => schemaOf(text, models);
  const operations = apis.flatMap(({ path, operations }) =>
    operations.map((operation): Operation => {
      const at = (place: string) => operation.parameters.filter((one) => one.paramType === place);
      const named = (place: string) =>
        at(place).map((one) => ({ name: one.name ?? "", required: one.required, schema: type(one.dataType) }));
      const fields = at("body");
      const whole = fields.find((one) => !one.name);
      return {
        method: operation.httpMethod,
        template: path,
        path: named("path"),
        query: named("query"),
        ...(fields.length > 0 && {
          body: {
            required: fields.some((one) => one.required),
            schema: whole ? type(whole.dataType) : objectOf(named("body")),
          },
        }),
        // The format names the type of a success and no statuses: any 2xx carries it.
        answers: [
          { status: "2XX", ...(operation.responseType !== "void" && { schema: type(operation.responseType) }) },
        ],
      };
    }),
  );
  const definitions = Object.entries(models).map(([id, model]) => [id, modelSchema(model, type)]);
  return { name, operations, definitions: Object.fromEntries(definitions) as Record<string, JsonSchema> };
}

function objectOf(fields: readonly { name: string; required: boolean; schema: JsonSchema }[]): JsonSchema {
  return {
    type: "object",
    properties: Object.fromEntries(fields.map(({ name, schema }) => [name, schema])),
    required: fields.filter(({ required }) => required).map(({ name }) => name),
    additionalProperties: false,
  };
}

function modelSchema(model: WireModel, type: (text: string) => JsonSchema): JsonSchema {
  if (model.enum) return { enum: model.enum };
  const properties = Object.entries(model.properties ?? {}).map(([name, field]) => {
    const schema = type(field.type);
    return [name, field.canBeNull ? { anyOf: [{ type: "null" }, schema] } : schema];
  });
  return { type: "object", properties: Object.fromEntries(properties), additionalProperties: false };
}

const PRIMITIVES: Readonly<Record<string, JsonSchema>> = {
  string: { type: "string" },
  text: { type: "string" },
  password: { type: "string" },
  long: { type: "integer" },
  int: { type: "integer" },
  double: { type: "number" },
  boolean: { type: "boolean" },
  datetime: { type: "string", format: "date-time" },
  date: { type: "string", format: "date" },
  uuid: { type: "string", format: "uuid" },
  ipv4: { type: "string", format: "ipv4" },
  ip: { type: "string", anyOf: [{ format: "ipv4" }, { format: "ipv6" }] },
};

function schemaOf(type: string, models: Document["models"]): JsonSchema {
  if (type.endsWith("[]")) return { type: "array", items: schemaOf(type.slice(0, -2), models) };
  const map = /^map\[string\](.+)$/.exec(type);
  if (map) return { type: "object", additionalProperties: schemaOf(map[1]!, models) };
  // Types that this file does not describe (iam filters of other sections) are not ours to judge.
  return PRIMITIVES[type] ?? (models[type] ? { $ref: definition(type) } : true);
}
