import { inMiB, inSeconds, median, medianRatio } from "./measure";
import { plansInTurns, secondsIn, withPlannedStacks } from "./planned";
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
export async function manyPlan(subjects: readonly Subject[]): Promise<Row[]> {
  const few = await withPlannedStacks(FEW, subjects, async (stacks) => {
    await plansInTurns(1, { flows: stacks.flows });
    return plansInTurns(2, { flows: stacks.flows });
  });
  return withPlannedStacks(COUNT, subjects, async (stacks) => {
    const { sandbox } = stacks;
    // Their first plans leave what later starts take.
    await plansInTurns(1, { flows: stacks.flows });
    const requests = (await sandbox.takeRequestCount()) / subjects.length;
    const rows: Row[] = [];
    const all = new Map<Subject, Measured[]>(subjects.map((subject) => [subject, []]));
    for (const latency of LATENCIES) {
      await sandbox.setLatency(latency);
      const plans = await plansInTurns(TURNS, stacks);
      const data = secondsIn(plans.data);
      for (const subject of subjects) {
        all.get(subject)!.push(...plans.of(subject));
        const ours = secondsIn(plans.of(subject));
        rows.push({
          what: `no-op plan of ${COUNT} flows, API at ${latency} ms`,
          node: subject.label,
          ours: inSeconds(median(ours)),
          baseline: `${COUNT} \`terraform_data\`: ${inSeconds(median(data))}`,
          ratio: medianRatio(ours, data),
          limit: LIMIT,
        });
      }
    }
    rows.push({ what: `API requests, no-op plan of ${COUNT} flows`, node: "", ours: String(requests), baseline: "" });
    return [...rows, ...cpuRows(all, few.of), ...peakRows(all)];
  });
}

function cpuRows(
  all: ReadonlyMap<Subject, readonly Measured[]>,
  few: (subject: Subject) => readonly Measured[],
): Row[] {
  return [...all].map(([subject, plans]) => {
    const [many, least] = [middle(plans, "cpuMs"), middle(few(subject), "cpuMs")];
    const each = (many - least) / (COUNT - FEW);
    return {
      what: "provider's own processor time for each instance in a plan",
      node: subject.label,
      ours: `${each.toFixed(2)} ms`,
      baseline: `all processes: ${many.toFixed(0)} ms in a plan of ${COUNT}, ${least.toFixed(0)} ms of ${FEW}`,
      value: each,
    };
  });
}

const peakRows = (all: ReadonlyMap<Subject, readonly Measured[]>): Row[] =>
  [...all].map(([subject, plans]) => {
    const peak = Math.max(...plans.map(({ peakMiB }) => peakMiB));
    return {
      what: `provider peak memory, no-op plan of ${COUNT} flows`,
      node: subject.label,
      ours: inMiB(peak),
      baseline: "",
      value: peak,
      limit: PEAK_LIMIT_MIB,
    };
  });

const middle = (all: readonly Measured[], field: "cpuMs"): number => median(all.map((one) => one[field]));
