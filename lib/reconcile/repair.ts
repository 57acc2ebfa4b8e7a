import { existsSync, readFileSync } from "node:fs";
import * as z from "../core/zod";
import { ProblemError } from "../core/problem";
import { changes, failure, readPlan, withPlan, type Plan, type Stack } from "../plan";
import { DETECTION_FORMAT, type Detection } from "./detection";
import { FLEET_DETECTION_FORMAT, type FleetDetection } from "./fleet/fleet";
import { badDetection, codeChanged, otherStack, undetermined, worldChanged } from "./errors";
import { schemasOf, type DetectionContext } from "./observe";
import { readStackConfig } from "./stack-config";
import type { System } from "../systems/kit/system";

export interface Repair {
  /** "update outbound_ovh_vrops_flow.x": what was done, or would be. */
  readonly actions: readonly string[];
  readonly applied: boolean;
}

/**
 * Brings the systems back to what the stack declares. Without a detection it shows what that takes; with one it applies
 * that, provided that neither code nor systems have changed since.
 *
 * @param detection what may be repaired; undefined for a preview
 */
export async function repair(
  stack: Stack,
  systems: readonly System[],
  detection: Detection | undefined,
  apply: boolean,
  world: DetectionContext,
): Promise<Repair> {
  const { run, runtime, progress } = world;
  if (detection !== undefined) {
    if (detection.stack !== stack.name) throw otherStack(detection.stack, stack.name);
    const { hash } = readStackConfig(stack, runtime.environment);
    if (hash !== detection.configHash) throw codeChanged(detection.detectedAt);
    if (detection.planHash === null) throw undetermined();
  }
  progress(`planning ${stack.name}`);
  return withPlan(stack, { run, environment: runtime.environment }, async (json, file) => {
    const source = `the plan of ${stack.name}`;
    const plan = readPlan(json, { source, schemas: schemasOf(systems), redactor: runtime.redactor });
    if (detection !== undefined && plan.hash !== detection.planHash) throw worldChanged(detection.detectedAt);
    const actions = actionsOf(plan).map((action) => plan.redactor.redact(action));
    if (!apply || detection === undefined || actions.length === 0) return { actions, applied: false };
    progress(`repairing ${stack.name}`);
    const result = await run(["apply", "-input=false", "-no-color", file], stack.directory);
    if (result.exitCode !== 0) throw new ProblemError(failure("terraform apply", result));
    return { actions, applied: true };
  });
}

const actionsOf = (plan: Plan): string[] => changes(plan).map(({ verb, address }) => `${verb} ${address}`);

const record = z.looseObject({ kind: z.string(), name: z.string(), value: z.nullable(z.string()) });

const contract = z.looseObject({
  format: z.literal(DETECTION_FORMAT),
  stack: z.string(),
  detectedAt: z.string(),
  configHash: z.string().check(z.startsWith("sha256:")),
  planHash: z.nullable(z.string().check(z.startsWith("sha256:"))),
  entries: z.array(z.looseObject({ bucket: z.string() })),
  proof: z.optional(z.looseObject({ chains: z.array(z.looseObject({ records: z.optional(z.array(record)) })) })),
});

const fleetContract = z.looseObject({
  format: z.literal(FLEET_DETECTION_FORMAT),
  stacks: z.array(contract).check(z.minLength(1)),
});

/**
 * Reads the detections in a file: one, or those of several stacks.
 *
 * @throws ProblemError `reconcile/bad-detection`
 */
export function readDetections(path: string): readonly [Detection, ...Detection[]] {
  if (!existsSync(path)) throw badDetection(path, "there is no such file");
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, "utf8"));
  } catch {
    throw badDetection(path, "it is not JSON");
  }
  const isFleet = (json as { readonly format?: unknown } | null)?.format === FLEET_DETECTION_FORMAT;
  const parsed = (isFleet ? fleetContract : contract).safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw badDetection(path, `${issue.path.join(".") || "the file"}: ${issue.message}`);
  }
  return isFleet ? ((json as FleetDetection).stacks as [Detection, ...Detection[]]) : [json as Detection];
}
