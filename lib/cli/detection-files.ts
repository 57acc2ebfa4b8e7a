import { resolve } from "node:path";
import { toCalendar } from "../proof/calendar";
import { toPrometheus } from "../reconcile/prometheus";
import type { Detection } from "../reconcile/detection";
import type { DetectionOptions } from "./detection-options";
import { writeOutput } from "./output-file";
import type { Surroundings } from "./surroundings";

/** The files that are asked for beside the result: a calendar of what ends, and numbers. */
export function writeBeside(
  detection: Detection,
  { ics, metrics }: Pick<DetectionOptions, "ics" | "metrics">,
  { workingDirectory }: Pick<Surroundings, "workingDirectory">,
): void {
  const { stack, horizon, detectedAt } = detection;
  const write = (path: string, text: string) => writeOutput(resolve(workingDirectory, path), text);
  if (ics !== undefined && horizon !== undefined) write(ics, toCalendar(stack, horizon, Date.parse(detectedAt)));
  if (metrics !== undefined) write(metrics, toPrometheus(detection));
}
