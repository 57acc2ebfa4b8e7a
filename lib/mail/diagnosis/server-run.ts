import type { Target } from "../smtp/target";
import type { Run } from "../wire/run";
import type { ProbeRuntime } from "../wire/probe-runtime";

/** A run against one SMTP server. */
export interface ServerRun<Runtime extends ProbeRuntime = ProbeRuntime> extends Run<Runtime> {
  readonly target: Target;
}
