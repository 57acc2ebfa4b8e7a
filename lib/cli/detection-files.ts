import { resolve } from "node:path";
import { toCalendar } from "../proof/calendar";
import { toPrometheus } from "../reconcile/prometheus";
import { detectionsOf, horizonOf, nameOf, type Detected } from "../reconcile/fleet/detected";
import type { DetectionOptions } from "./detection-options";
import { writeOutput } from "./output-file";
import type { Surroundings } from "./surroundings";

/** Writes the requested files beside the result: a calendar of what expires, and metrics. */
export function writeBeside(
  detected: Detected,
  { ics, metrics }: Pick<DetectionOptions, "ics" | "metrics">,
  { workingDirectory }: Pick<Surroundings, "workingDirectory">,
): void {
  const horizon = horizonOf(detected);
  const write = (path: string, text: string) => writeOutput(resolve(workingDirectory, path), text);
  const now = Date.parse(detected.detectedAt);
  if (ics !== undefined && horizon !== undefined) write(ics, toCalendar(nameOf(detected), horizon, now));
  if (metrics !== undefined) write(metrics, toPrometheus(...detectionsOf(detected)));
}
