import * as z from "zod";

/** What a person can enter on Ksaar's screen. Nothing of it ever travels by an API. */
export const connection = z.strictObject({
  name: z.string().min(1),
  sender: z.email(),
  replyTo: z.email().optional(),
  host: z.string().min(1),
  port: z.union([z.literal(25), z.literal(465), z.literal(587), z.literal(2525)]),
  authentication: z.enum(["PLAIN", "LOGIN"]).default("PLAIN"),
  user: z.string().optional(),
  password: z.string().optional(),
  secure: z.boolean(),
  default: z.boolean().default(false),
  /** Not on the screen: the authority of a sandbox's own mail server. */
  ca: z.string().optional(),
});

export type Connection = z.infer<typeof connection>;

export const named = z.strictObject({ name: z.string() });

export const mail = z.strictObject({
  name: z.string().optional(),
  to: z.union([z.string(), z.array(z.string())]),
  subject: z.string(),
  text: z.string(),
});
