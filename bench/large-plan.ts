import { inSeconds } from "./measure";
import { noOpPlans } from "./no-op-plans";
import { peakRow } from "./peak-row";
import { withPlannedStacks } from "./planned";
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
export async function largePlan(subjects: readonly Subject[]): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const { count, turns, limit, peakLimitMiB } of SIZES) {
    await withPlannedStacks(count, subjects, async (stacks) => {
      const wanted = { count, turns, latencies: [0], limitOf: () => ({ limit }), shown: inSeconds };
      const { rows: times, plans } = await noOpPlans(stacks, wanted);
      const doing = `no-op plan of ${count} flows`;
      rows.push(...times, ...[...plans].map(([subject, all]) => peakRow(doing, subject, all, peakLimitMiB)));
    });
  }
  return rows;
}
