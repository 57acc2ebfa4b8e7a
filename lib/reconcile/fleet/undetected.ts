import type { Stack } from "../../plan";
import { reasonFor } from "../../systems/kit/inventory";
import type { Runtime } from "../../systems/kit/system";
import { DETECTION_FORMAT, type Detection } from "../detection";
import { configHash, readStackConfig } from "../stack-config";

/** The detection of a stack that could not be planned: everything is unknown, with the reason. */
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

/** The hash of an empty configuration where the stack's own cannot be read. */
function hashOf(stack: Stack, environment: Runtime["environment"]): string {
  try {
    return readStackConfig(stack, environment).hash;
  } catch {
    return configHash({});
  }
}
