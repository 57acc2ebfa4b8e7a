import { faultInvalid } from "./errors";
import type { Fault } from "./faults";

/**
 * A fault from the JSON of `POST /_sandbox/faults`.
 *
 * @throws ProblemError `sandbox/fault-invalid`
 */
export async function faultFromJson(json: unknown): Promise<Fault> {
  const result = (await faultSchema()).safeParse(json);
  if (result.success) return result.data;
  throw faultInvalid(
    result.error.issues.map((issue) => `${issue.path.join(".") || "the body"}: ${issue.message}`).join("; "),
  );
}

/** zod is loaded only when somebody sends a fault: the command line must start without it. */
async function faultSchema() {
  const { z } = await import("zod");
  return z.strictObject({
    system: z.string().optional(),
    method: z.string().optional(),
    path: z.string().startsWith("/"),
    times: z.union([z.number().int().positive(), z.literal("always")]).optional(),
    after: z.number().int().nonnegative().optional(),
    effect: z.discriminatedUnion("kind", [
      z.strictObject({
        kind: z.literal("status"),
        status: z.number().int().min(200).max(599),
        body: z.unknown().optional(),
        headers: z.record(z.string(), z.string()).optional(),
      }),
      z.strictObject({ kind: z.literal("maintenance") }),
      z.strictObject({ kind: z.literal("fake-success"), status: z.number().int().min(200).max(299).optional() }),
      z.strictObject({ kind: z.literal("delay"), ms: z.number().nonnegative() }),
      z.strictObject({ kind: z.literal("reset-before") }),
      z.strictObject({ kind: z.literal("reset-after") }),
      z.strictObject({ kind: z.literal("truncated") }),
      z.strictObject({ kind: z.literal("slow-body"), ms: z.number().nonnegative() }),
      z.strictObject({
        kind: z.literal("stale"),
        from: z.enum(["next-write", "last-write"]).optional(),
        writes: z.union([z.number().int().positive(), z.literal("all")]).optional(),
        ms: z.number().nonnegative().optional(),
      }),
      z.strictObject({ kind: z.literal("omit"), id: z.string().optional() }),
    ]),
  });
}
