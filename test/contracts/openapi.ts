import { ClosedSchemas } from "./closed-schema";
import type { Answer, Contract, Operation, Parameter } from "./operation";

const METHODS = ["get", "put", "post", "patch", "delete"] as const;

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, unknown>> };
}

interface WireOperation {
  readonly parameters?: readonly WireParameter[];
  readonly requestBody?: { readonly required?: boolean; readonly content?: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}

interface WireParameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema?: unknown;
}

type Content = Readonly<Record<string, { readonly schema?: unknown }>>;

/**
 * Reads OpenAPI 3. Requests and answers share their definitions, so a `readOnly` property that is
 * required is demanded of neither.
 */
export function openApi(name: string, document: unknown): Contract {
  const { paths, components } = document as Document;
  const schemas = new ClosedSchemas(components?.schemas ?? {}, true);
  const operations = Object.entries(paths).flatMap(([template, item]) =>
    METHODS.filter((method) => item[method] !== undefined).map((method): Operation => {
      const operation = item[method] as WireOperation;
      const parameters = [
        ...((item["parameters"] as WireParameter[] | undefined) ?? []),
        ...(operation.parameters ?? []),
      ];
      const at = (place: string): Parameter[] =>
        parameters
          .filter((one) => one.in === place)
          .map((one) => ({ name: one.name, required: one.required === true, schema: schemas.whole(one.schema) }));
      const body = json(operation.requestBody?.content);
      return {
        method: method.toUpperCase(),
        template,
        path: at("path"),
        query: at("query"),
        ...(body && {
          body: { required: operation.requestBody?.required === true, schema: schemas.whole(body.schema) },
        }),
        answers: Object.entries(operation.responses).map(([status, answer]): Answer => {
          const content = json(answer.content);
          return { status, ...(content && { schema: schemas.whole(content.schema) }) };
        }),
      };
    }),
  );
  return { name, operations, definitions: schemas.definitions() };
}

function json(content: Content | undefined): { schema?: unknown } | undefined {
  const types = Object.entries(content ?? {});
  return (types.find(([type]) => type === "application/json") ?? types.find(([type]) => /json/.test(type)))?.[1];
}
