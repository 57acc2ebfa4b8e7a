import * as z from "../core/zod";

/** The JSON of `POST /_sandbox/faults`. */
export const faultSchema = z.strictObject({
  system: z.optional(z.string()),
  method: z.optional(z.string()),
  path: z.string().check(z.startsWith("/")),
  times: z.optional(z.union([z.int().check(z.positive()), z.literal("always")])),
  after: z.optional(z.int().check(z.nonnegative())),
  effect: z.discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("status"),
      status: z.int().check(z.gte(200), z.lte(599)),
      body: z.optional(z.unknown()),
      headers: z.optional(z.record(z.string(), z.string())),
    }),
    z.strictObject({ kind: z.literal("maintenance") }),
    z.strictObject({ kind: z.literal("fake-success"), status: z.optional(z.int().check(z.gte(200), z.lte(299))) }),
    z.strictObject({ kind: z.literal("delay"), ms: z.number().check(z.nonnegative()) }),
    z.strictObject({ kind: z.literal("reset-before") }),
    z.strictObject({ kind: z.literal("reset-after") }),
    z.strictObject({ kind: z.literal("truncated") }),
    z.strictObject({ kind: z.literal("slow-body"), ms: z.number().check(z.nonnegative()) }),
    z.strictObject({
      kind: z.literal("stale"),
      from: z.optional(z.enum(["next-write", "last-write"])),
      writes: z.optional(z.union([z.int().check(z.positive()), z.literal("all")])),
      ms: z.optional(z.number().check(z.nonnegative())),
    }),
    z.strictObject({ kind: z.literal("omit"), id: z.optional(z.string()) }),
  ]),
});
