import type { WebRequest } from "./web";

/** A parameter of the path, `:id` in the route. */
export function parameter(request: WebRequest, name: string): string {
  return request.params[name] ?? "";
}

/** The parameters of the query. */
export function query(request: WebRequest): Readonly<Record<string, string | undefined>> {
  return request.query as Readonly<Record<string, string | undefined>>;
}
