import type { z } from "zod";

/** An answer that is an error, in the vendor's envelope. Thrown by the parts, sent in one place. */
export class Refusal extends Error {
  readonly body: { readonly Messages: readonly { readonly Message: string }[] };

  constructor(
    readonly status: number,
    messages: readonly string[],
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(messages.join(" "));
    this.body = { Messages: messages.map((Message) => ({ Message })) };
  }
}

export const unauthorized = () =>
  new Refusal(401, ["The user name or password is incorrect."], { "www-authenticate": "Basic" });
export const gone = (status: number, what: string) => new Refusal(status, [`The ${what} could not be found.`]);
/** Validation is answered 403: so says the interface description. */
export const invalid = (...messages: string[]) => new Refusal(403, messages);
export const invalidBody = (error: z.ZodError) =>
  invalid(...error.issues.map((issue) => `${issue.path.join(".") || "Body"}: ${issue.message}`));
export const tooMany = (retryAfter: boolean) =>
  new Refusal(429, ["Too many requests."], retryAfter ? { "retry-after": "1" } : {});
