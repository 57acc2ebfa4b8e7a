import { inMs, median, medianRatio } from "./measure";
import { plansInTurns, secondsIn, withPlannedStacks } from "./planned";
import type { Row } from "./row";
import { limitFor, type Subject } from "./subject";

const COUNT = 10;
const TURNS = 9;
/** By the milliseconds that each answer of the API takes. */
const LATENCIES = new Map([
  [0, { 20: 9.5, 24: 7 }],
  [50, { 20: 11.5, 24: 8.5 }],
]);

/** A plan of a small stack, most of which is starting processes. */
export const smallPlan = (subjects: readonly Subject[]): Promise<Row[]> =>
  withPlannedStacks(COUNT, subjects, async (stacks) => {
    // What the first one leaves, the others take.
    await plansInTurns(1, stacks);
    const rows: Row[] = [];
    for (const [latency, limits] of LATENCIES) {
      await stacks.sandbox.setLatency(latency);
      const plans = await plansInTurns(TURNS, stacks);
      const data = secondsIn(plans.data);
      for (const subject of subjects) {
        const ours = secondsIn(plans.of(subject));
        rows.push({
          what: `no-op plan of ${COUNT} flows, API at ${latency} ms`,
          node: subject.label,
          ours: inMs(median(ours)),
          baseline: `${COUNT} \`terraform_data\`: ${inMs(median(data))}`,
          ratio: medianRatio(ours, data),
          ...limitFor(subject, limits),
        });
      }
    }
    return rows;
  });
