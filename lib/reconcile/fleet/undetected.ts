import type { Stack } from "../../plan";
import { reasonFor } from "../../systems/kit/inventory";
import type { Runtime } from "../../systems/kit/system";
import { DETECTION_FORMAT, type Detection } from "../detection";
import { configHash, readStackConfig } from "../stack-config";

/** What is said of a stack among several that could not be looked at: nothing is known of it, and why. */
export function undetected(
  stack: Stack,
  detectedAt: string,
  error: unknown,
  { environment, redactor }: Pick<Runtime, "environment" | "redactor">,
): Detection {
  const reason = redactor.redact(reasonFor(error)).replace(/\s+/g, " ");
  return {
    format: DETECTION_FORMAT,
    stack: stack.name,
    detectedAt,
    configHash: hashOf(stack, environment),
    planHash: null,
    verdict: "unknown",
    summary: "the check could not be made",
    entries: [{ bucket: "unknown", type: "", kind: "stack", name: stack.name, reason }],
    coverage: [],
    receivers: { managed: 0, total: 0 },
    followUps: [],
  };
}

/** Of nothing, where what the stack declares could not be read. */
function hashOf(stack: Stack, environment: Runtime["environment"]): string {
  try {
    return readStackConfig(stack, environment).hash;
  } catch {
    return configHash({});
  }
}
