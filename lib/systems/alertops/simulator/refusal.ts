import type { z } from "zod";

/** An answer that is an error. Thrown by the parts, sent in one place. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly body: Readonly<Record<string, unknown>>,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(JSON.stringify(body));
  }
}

export const badKey = () => new Refusal(401, { reason: "Invalid API Key" });
export const notFound = (what: string) => new Refusal(404, { errors: [`${what} was not found.`] });
/** The form of `errors` is not documented: here it is a map, for a missing object a list. */
export const invalid = (field: string, why: string) => new Refusal(400, { errors: { [field]: [why] } });
export const invalidBody = (error: z.ZodError) =>
  new Refusal(400, {
    errors: Object.fromEntries(error.issues.map((issue) => [issue.path.join(".") || "body", [issue.message]])),
  });
export const tooMany = (retryAfter: boolean) =>
  new Refusal(429, { errors: "Too many requests" }, retryAfter ? { "retry-after": "1" } : {});
