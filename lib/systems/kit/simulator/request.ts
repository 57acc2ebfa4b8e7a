import type { FastifyRequest } from "fastify";

/** A part of the path, `:id` in the route. */
export function parameter(request: FastifyRequest, name: string): string {
  return (request.params as Readonly<Record<string, string>>)[name] ?? "";
}

/** What stands behind the question mark. */
export function query(request: FastifyRequest): Readonly<Record<string, string | undefined>> {
  return request.query as Readonly<Record<string, string | undefined>>;
}
