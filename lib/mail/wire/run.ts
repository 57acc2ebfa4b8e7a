import type { Deadline } from "./deadline";
import type { ProbeRuntime } from "./probe-runtime";
import type { StageLog } from "../stage/stage-log";

/** One walk through the stages: the world around it, where it is written down, and the time it has. */
export interface Run<Runtime extends ProbeRuntime = ProbeRuntime> {
  readonly runtime: Runtime;
  readonly log: StageLog;
  readonly deadline: Deadline;
}
