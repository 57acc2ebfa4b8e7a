import { inParallel } from "../../core/in-parallel";
import type { Stack } from "../../plan";
import type { System } from "../../systems/kit/system";
import type { Detection } from "../detection";
import { notDetected } from "../errors";
import type { DetectionContext } from "../observe";
import { repair, type Repair } from "../repair";

/** The result of repairing one stack. */
export type StackRepair = { readonly stack: string } & ({ readonly repair: Repair } | { readonly error: unknown });

export interface FleetRepairRequest {
  readonly stacks: readonly Stack[];
  readonly systems: readonly System[];
  /** The detections that may be repaired; undefined for a preview of all stacks. */
  readonly detections: readonly Detection[] | undefined;
  readonly apply: boolean;
  /** How many stacks are repaired at the same time. */
  readonly parallelism: number;
}

/**
 * Repairs each of several stacks by itself: one that is refused, or whose repair fails, does not stop the others.
 *
 * @throws whatever stopped it, when it was stopped; repairs that had begun have ended then
 */
export function repairFleet(
  { stacks, systems, detections, apply, parallelism }: FleetRepairRequest,
  world: DetectionContext,
): Promise<StackRepair[]> {
  return inParallel(stacks, parallelism, async (stack): Promise<StackRepair> => {
    const { name } = stack;
    world.signal.throwIfAborted();
    try {
      const detection = detections?.find((one) => one.stack === name);
      if (detections !== undefined && detection === undefined) throw notDetected(name);
      return { stack: name, repair: await repair(stack, systems, detection, apply, world) };
    } catch (error) {
      world.signal.throwIfAborted();
      return { stack: name, error };
    }
  });
}
