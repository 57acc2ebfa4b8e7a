import { inMs } from "./measure";
import { noOpPlans } from "./no-op-plans";
import { plansInTurns, withPlannedStacks } from "./planned";
import type { Row } from "./row";
import { limitFor, type Subject } from "./subject";

const COUNT = 10;
const TURNS = 9;
/** By the milliseconds that each answer of the API takes. */
const LIMITS = new Map([
  [0, { 20: 9.5, 24: 7 }],
  [50, { 20: 11.5, 24: 8.5 }],
]);

/** A plan of a small stack, most of which is starting processes. */
export const smallPlan = (subjects: readonly Subject[]): Promise<readonly Row[]> =>
  withPlannedStacks(COUNT, subjects, async (stacks) => {
    // What the first one leaves, the others take.
    await plansInTurns(1, stacks);
    const { rows } = await noOpPlans(stacks, {
      count: COUNT,
      turns: TURNS,
      latencies: [...LIMITS.keys()],
      limitOf: (subject, latency) => limitFor(subject, LIMITS.get(latency)!),
      shown: inMs,
    });
    return rows;
  });
