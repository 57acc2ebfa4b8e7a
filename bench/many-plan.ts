import { inSeconds, median } from "./measure";
import { noOpPlans } from "./no-op-plans";
import { peakRow } from "./peak-row";
import { plansInTurns, withPlannedStacks } from "./planned";
import type { Row } from "./row";
import type { Subject } from "./subject";
import type { Measured } from "./workspace";

const COUNT = 1_000;
/** What a plan takes however small it is. */
const FEW = 10;
const TURNS = 3;
const LATENCIES = [0, 50];
const LIMIT = 1.5;
const PEAK_LIMIT_MIB = 90;

/** A plan of a thousand flows: time, requests, the provider's processor time and memory. */
export async function manyPlan(subjects: readonly Subject[]): Promise<readonly Row[]> {
  const few = await withPlannedStacks(FEW, subjects, async ({ flows }) => {
    await plansInTurns(1, { flows });
    return plansInTurns(2, { flows });
  });
  return withPlannedStacks(COUNT, subjects, async (stacks) => {
    // Their first plans leave what later starts take.
    await plansInTurns(1, { flows: stacks.flows });
    const requests = (await stacks.sandbox.takeRequestCount()) / subjects.length;
    const { rows, plans } = await noOpPlans(stacks, {
      count: COUNT,
      turns: TURNS,
      latencies: LATENCIES,
      limitOf: () => ({ limit: LIMIT }),
      shown: inSeconds,
    });
    const all = [...plans];
    return [
      ...rows,
      { what: `API requests, no-op plan of ${COUNT} flows`, node: "", ours: String(requests), baseline: "" },
      ...all.map(([subject, many]) => cpuRow(subject, many, few.of(subject))),
      ...all.map(([subject, many]) => peakRow(`no-op plan of ${COUNT} flows`, subject, many, PEAK_LIMIT_MIB)),
    ];
  });
}

function cpuRow({ label }: Subject, many: readonly Measured[], few: readonly Measured[]): Row {
  const [most, least] = [cpuMs(many), cpuMs(few)];
  const each = (most - least) / (COUNT - FEW);
  return {
    what: "provider's own processor time for each instance in a plan",
    node: label,
    ours: `${each.toFixed(2)} ms`,
    baseline: `all processes: ${most.toFixed(0)} ms in a plan of ${COUNT}, ${least.toFixed(0)} ms of ${FEW}`,
    value: each,
  };
}

const cpuMs = (plans: readonly Measured[]): number => median(plans.map((plan) => plan.cpuMs));
