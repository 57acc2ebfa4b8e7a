import { faultInvalid } from "./errors";
import type { Fault } from "./faults";

/**
 * Reads a fault from the JSON of `POST /_sandbox/faults`.
 *
 * @throws ProblemError `sandbox/fault-invalid`
 */
export async function faultFromJson(json: unknown): Promise<Fault> {
  // Loaded when a fault is posted: the sandbox starts without zod.
  const { faultSchema } = await import("./fault-json.schema");
  const result = faultSchema.safeParse(json);
  if (result.success) return result.data;
  throw faultInvalid(
    result.error.issues.map((issue) => `${issue.path.join(".") || "the body"}: ${issue.message}`).join("; "),
  );
}
