import { inMiB } from "./measure";
import type { Row } from "./row";
import type { Subject } from "./subject";
import type { Measured } from "./workspace";

/** The most memory that a process of the provider has had in all these runs. */
export function peakRow(doing: string, { label }: Subject, runs: readonly Measured[], limitMiB?: number): Row {
  const peak = Math.max(...runs.map(({ peakMiB }) => peakMiB));
  return {
    what: `provider peak memory, ${doing}`,
    node: label,
    ours: inMiB(peak),
    baseline: "",
    value: peak,
    ...(limitMiB === undefined ? {} : { limit: limitMiB }),
  };
}
