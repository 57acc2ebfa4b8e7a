import { inMiB, inSeconds, median, medianRatio } from "./measure";
import { plansInTurns, secondsIn, withPlannedStacks } from "./planned";
import type { Row } from "./row";
import type { Subject } from "./subject";

interface Size {
  readonly count: number;
  readonly turns: number;
  readonly limit: number;
  readonly peakLimitMiB?: number;
}

/** Terraform itself takes a minute and more for the largest. */
const SIZES: readonly Size[] = [
  { count: 4_000, turns: 2, limit: 1.05 },
  { count: 10_000, turns: 1, limit: 1, peakLimitMiB: 250 },
];

/** Plans of stacks that are larger than anybody should have. */
export async function largePlan(subjects: readonly Subject[], sizes: readonly Size[] = SIZES): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { count, turns, limit, peakLimitMiB } of sizes) {
    await withPlannedStacks(count, subjects, async (stacks) => {
      const plans = await plansInTurns(turns, stacks);
      const data = secondsIn(plans.data);
      for (const subject of subjects) {
        const ours = plans.of(subject);
        const peak = Math.max(...ours.map(({ peakMiB }) => peakMiB));
        rows.push(
          {
            what: `no-op plan of ${count} flows, API at 0 ms`,
            node: subject.label,
            ours: inSeconds(median(secondsIn(ours))),
            baseline: `${count} \`terraform_data\`: ${inSeconds(median(data))}`,
            ratio: medianRatio(secondsIn(ours), data),
            limit,
          },
          {
            what: `provider peak memory, no-op plan of ${count} flows`,
            node: subject.label,
            ours: inMiB(peak),
            baseline: "",
            value: peak,
            ...(peakLimitMiB === undefined ? {} : { limit: peakLimitMiB }),
          },
        );
      }
    });
  }
  return rows;
}
