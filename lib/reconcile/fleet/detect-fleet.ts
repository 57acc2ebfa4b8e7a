import { inParallel } from "../../core/in-parallel";
import type { Stack } from "../../plan";
import { conclude, observeStack, type DetectOptions, type ObservedStack } from "../detect";
import type { Detection } from "../detection";
import type { OtherStacks } from "../other-stacks";
import type { DetectionContext } from "../observe";
import { fleetOf, type FleetDetection } from "./fleet";
import { undetected } from "./undetected";

export interface FleetRequest {
  /** The selection of stacks, as it was written. */
  readonly fleet: string;
  readonly stacks: readonly Stack[];
  /** How many stacks are examined at the same time. */
  readonly parallelism: number;
  readonly optionsOf: (stack: Stack) => Promise<DetectOptions> | DetectOptions;
}

/** The progress of one stack. */
type Seen =
  | { readonly stack: Stack; readonly looked: ObservedStack; readonly options: DetectOptions }
  | { readonly stack: Stack; readonly error: unknown };

/**
 * Detects in each of several stacks; what one of them declares is not unmanaged for the others. Therefore all are
 * planned before any is compared with what exists. A stack that cannot be planned is unknown, with its reason, and does
 * not stop the others.
 *
 * @throws whatever stopped it, when it was stopped
 */
export async function detectFleet(request: FleetRequest, world: DetectionContext): Promise<FleetDetection> {
  const { fleet, stacks, parallelism, optionsOf } = request;
  const began = new Date(world.runtime.clock.now()).toISOString();
  const seen = await inParallel(stacks, parallelism, (stack): Promise<Seen> => {
    const act = async (): Promise<Seen> => {
      const options = await optionsOf(stack);
      return { stack, options, looked: await observeStack(stack, options.systems, worldOf(stack, world)) };
    };
    return settled(act, (error) => ({ stack, error }), world.signal);
  });
  const detections = await inParallel(seen, parallelism, (one): Promise<Detection> => {
    const { stack } = one;
    const failed = (error: unknown) => undetected(stack, began, error, world.runtime);
    if ("error" in one) return Promise.resolve(failed(one.error));
    const { looked, options } = one;
    return settled(
      () => conclude(looked, options, worldOf(stack, world), otherStacksOf(stack, seen)),
      failed,
      world.signal,
    );
  });
  return fleetOf(fleet, began, detections);
}

/** Turns a failure into a result, unless everything was stopped. */
async function settled<T>(act: () => Promise<T>, failed: (error: unknown) => T, signal: AbortSignal): Promise<T> {
  try {
    signal.throwIfAborted();
    return await act();
  } catch (error) {
    signal.throwIfAborted();
    return failed(error);
  }
}

function otherStacksOf(stack: Stack, seen: readonly Seen[]): OtherStacks {
  const others = seen.filter((one) => one.stack !== stack);
  const looked = others.flatMap((one) => ("looked" in one ? [one.looked] : []));
  return {
    manages: (place, key) => looked.some(({ managed }) => managed.has(place, key)),
    withUnread: (type) =>
      others.filter((one) => "error" in one || one.looked.managed.mayHaveMore(type)).map(({ stack: { name } }) => name),
  };
}

/** Adds the stack's name to the progress messages. */
const worldOf = ({ name }: Stack, world: DetectionContext): DetectionContext => ({
  ...world,
  progress: (text) => world.progress(text.includes(name) ? text : `${name}: ${text}`),
});
