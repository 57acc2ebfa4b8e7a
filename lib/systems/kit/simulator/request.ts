import type { WebRequest } from "./web";

/** A part of the path, `:id` in the route. */
export function parameter(request: WebRequest, name: string): string {
  return request.params[name] ?? "";
}

/** What stands behind the question mark. */
export function query(request: WebRequest): Readonly<Record<string, string | undefined>> {
  return request.query as Readonly<Record<string, string | undefined>>;
}
