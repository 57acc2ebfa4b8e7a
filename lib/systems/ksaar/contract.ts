import * as z from "../../core/zod";

/** The fields of Ksaar's screen, which a person fills in. No API transmits them. */
export const connection = z.strictObject({
  name: z.string().check(z.minLength(1)),
  sender: z.email(),
  replyTo: z.optional(z.email()),
  host: z.string().check(z.minLength(1)),
  port: z.union([z.literal(25), z.literal(465), z.literal(587), z.literal(2525)]),
  authentication: z._default(z.enum(["PLAIN", "LOGIN"]), "PLAIN"),
  user: z.optional(z.string()),
  password: z.optional(z.string()),
  secure: z.boolean(),
  default: z._default(z.boolean(), false),
  /** Not on the screen: the authority of a sandbox's own mail server. */
  ca: z.optional(z.string()),
});

export type EnteredConnection = z.infer<typeof connection>;

export const named = z.strictObject({ name: z.string() });

export const mail = z.strictObject({
  name: z.optional(z.string()),
  to: z.union([z.string(), z.array(z.string())]),
  subject: z.string(),
  text: z.string(),
});
