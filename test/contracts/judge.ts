import Ajv2019, { type ErrorObject, type ValidateFunction } from "ajv/dist/2019";
import addFormats from "ajv-formats";
import type { RecordedRequest } from "../../lib/sandbox";
import type { Contract, JsonSchema, Operation, Parameter } from "./operation";

/** What stands in a recorded request where a secret was. */
const MASK = "(redacted)";

export interface Found {
  readonly operation: Operation;
  readonly path: Readonly<Record<string, string>>;
}

/** Says in which points recorded requests and answers differ from one contract. */
export class Judge {
  private readonly ajv = new Ajv2019({ strict: false, allErrors: true, verbose: true });
  /** The same schemas for values out of a URL, which are all text. */
  private readonly textual = new Ajv2019({ strict: false, allErrors: true, verbose: true, coerceTypes: "array" });
  private readonly routes: readonly { operation: Operation; pattern: RegExp; names: readonly string[] }[];

  constructor(readonly contract: Contract) {
    for (const ajv of [this.ajv, this.textual]) {
      addFormats(ajv);
      ajv.addFormat("guid", /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i);
      ajv.addSchema({ $id: "contract", definitions: contract.definitions });
    }
    this.routes = [...contract.operations]
      .sort((a, b) => parametersIn(a.template) - parametersIn(b.template))
      .map((operation) => ({ operation, ...pattern(operation.template) }));
  }

  find(method: string, path: string): Found | undefined {
    for (const { operation, pattern, names } of this.routes) {
      const match = operation.method === method ? pattern.exec(path) : null;
      if (match) {
        const values = names.map((name, index) => [name, decodeURIComponent(match[index + 1]!)]);
        return { operation, path: Object.fromEntries(values) as Record<string, string> };
      }
    }
    return undefined;
  }

  /** What the client did that the contract does not allow. */
  request({ operation, path }: Found, recorded: RecordedRequest): string[] {
    return [
      ...this.parameters("path", operation.path, path),
      ...this.parameters("query", operation.query, (recorded.query ?? {}) as Record<string, unknown>),
      ...this.body(operation, recorded.body),
    ];
  }

  /** What the simulator answered that the contract does not allow. */
  answer({ operation }: Found, { status, answer }: RecordedRequest): string[] {
    if (operation.answers === undefined) return [];
    const declared = [String(status), `${String(status)[0]}XX`, "default"];
    const allowed = declared.flatMap((code) =>
      operation.answers!.filter((one) => one.status.toUpperCase() === code.toUpperCase()),
    )[0];
    if (allowed === undefined) {
      // Vendors seldom list what a gateway answers (401, 404, 429, 500 …); a success that is not listed is a mistake.
      return status < 400
        ? [`answers ${status}, not among ${operation.answers.map((one) => one.status).join(", ")}`]
        : [];
    }
    if (allowed.schema === undefined) {
      return answer === undefined || answer === "" || status >= 400
        ? []
        : [`answers ${status} with a body, none is declared`];
    }
    return this.errors(this.ajv, allowed.schema, answer).map((error) => `answer ${status}: ${error}`);
  }

  private parameters(
    place: string,
    declared: readonly Parameter[],
    given: Readonly<Record<string, unknown>>,
  ): string[] {
    // Names in a path come from the template, so only a query can hold one that nobody declared.
    const unknown =
      place === "query" ? Object.keys(given).filter((name) => !declared.some((one) => one.name === name)) : [];
    const missing = declared.filter((one) => one.required && given[one.name] === undefined);
    const wrong = declared
      .filter((one) => given[one.name] !== undefined)
      .flatMap((one) => this.errors(this.textual, one.schema, given[one.name]).map((error) => `${one.name}: ${error}`));
    return [
      ...unknown.map((name) => `${name} is not declared`),
      ...missing.map((one) => `${one.name} is required`),
      ...wrong,
    ].map((error) => `${place} parameter ${error}`);
  }

  private body(operation: Operation, body: unknown): string[] {
    const empty = body === undefined || body === null || body === "";
    if (operation.body === undefined) return empty ? [] : ["sends a body, none is declared"];
    if (empty) return operation.body.required ? ["sends no body, one is required"] : [];
    return this.errors(this.ajv, operation.body.schema, body).map((error) => `body: ${error}`);
  }

  private errors(ajv: Ajv2019, schema: JsonSchema, value: unknown): string[] {
    const compiled = ajv.compile(schema) as ValidateFunction;
    // A wrapper of its own, because coercion writes the value back into what holds it.
    if (compiled(structuredClone(value))) return [];
    return (compiled.errors ?? []).filter((error) => !isMasked(error)).map(sentence);
  }
}

/** A mask keeps the type of what it hides, but neither its format nor its being one of a list. */
function isMasked(error: ErrorObject): boolean {
  return error.data === MASK && ["format", "enum", "minLength", "maxLength"].includes(error.keyword);
}

function sentence({ instancePath, message, params, data }: ErrorObject): string {
  const extra = (params as { unevaluatedProperty?: string; additionalProperty?: string }) ?? {};
  const property = extra.unevaluatedProperty ?? extra.additionalProperty;
  const got = data === null || typeof data !== "object" ? ` (got ${JSON.stringify(data)})` : "";
  return `${instancePath || "it"} ${message}${property === undefined ? "" : `: ${property}`}${got}`;
}

const parametersIn = (template: string) => template.split("{").length;

function pattern(template: string): { pattern: RegExp; names: string[] } {
  const names: string[] = [];
  const source = template
    .split(/(\{[^}]+\})/)
    .map((part) => {
      if (!part.startsWith("{")) return part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
      names.push(part.slice(1, -1));
      return "([^/]+?)";
    })
    .join("");
  return { pattern: new RegExp(`^${source}$`), names };
}
