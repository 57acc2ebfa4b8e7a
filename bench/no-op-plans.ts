import { median, medianRatio } from "./measure";
import { plansInTurns, secondsIn, type PlannedStacks } from "./planned";
import type { Row } from "./row";
import type { Subject } from "./subject";
import type { Measured } from "./workspace";

export interface WantedPlans {
  /** Flows in each stack. */
  readonly count: number;
  readonly turns: number;
  /** The milliseconds that each answer of the API takes. */
  readonly latencies: readonly number[];
  readonly limitOf: (subject: Subject, latency: number) => Pick<Row, "limit">;
  readonly shown: (seconds: number) => string;
}

export interface NoOpPlans {
  readonly rows: readonly Row[];
  readonly plans: ReadonlyMap<Subject, readonly Measured[]>;
}

/** Plans that find nothing to do, at each latency of the API, in turns with those of as many `terraform_data`. */
export async function noOpPlans(
  stacks: PlannedStacks,
  { count, turns, latencies, limitOf, shown }: WantedPlans,
): Promise<NoOpPlans> {
  const rows: Row[] = [];
  const plans = new Map<Subject, readonly Measured[]>();
  for (const latency of latencies) {
    await stacks.sandbox.setLatency(latency);
    const measured = await plansInTurns(turns, stacks);
    const data = secondsIn(measured.data);
    for (const subject of stacks.flows.keys()) {
      plans.set(subject, [...(plans.get(subject) ?? []), ...measured.of(subject)]);
      const ours = secondsIn(measured.of(subject));
      rows.push({
        what: `no-op plan of ${count} flows, API at ${latency} ms`,
        node: subject.label,
        ours: shown(median(ours)),
        baseline: `${count} \`terraform_data\`: ${shown(median(data))}`,
        ratio: medianRatio(ours, data),
        ...limitOf(subject, latency),
      });
    }
  }
  return { rows, plans };
}
