import type { Deadline } from "./deadline";
import type { ProbeRuntime } from "./probe-runtime";
import type { StageLog } from "../stage/stage-log";

/** One run through the stages: its surroundings, its log, and its time limit. */
export interface Run<Runtime extends ProbeRuntime = ProbeRuntime> {
  readonly runtime: Runtime;
  readonly log: StageLog;
  readonly deadline: Deadline;
}
