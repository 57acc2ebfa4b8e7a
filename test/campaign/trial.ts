import type { Fault } from "../../lib/sandbox/faults";

/** One declared object, as a choice from what the campaign can declare. */
export interface Declared {
  /** "outbound_ovh_vrops_flow" */
  readonly type: string;
  /** Which of the type's identities; 0 where it has one only. */
  readonly identity: number;
  /** Whether what changes in place is at its second value. */
  readonly changed: boolean;
}

/** What is done to the processes or their machine while the faults are armed. */
export type Disruption =
  | { readonly kind: "none" }
  /** SIGKILL, after so many writes have been answered or broken. */
  | { readonly kind: "kill-provider"; readonly afterWrites: number }
  | { readonly kind: "kill-terraform"; readonly afterWrites: number }
  /** SIGINT to the process group, as a terminal sends it. */
  | { readonly kind: "interrupt"; readonly afterWrites: number; readonly times: 1 | 2 }
  /** No file grows beyond so many kB, by `ulimit -f`. */
  | { readonly kind: "full-disk"; readonly kilobytes: number }
  /** The provider's clock jumps by `ms` when it has run for `afterMs`. */
  | { readonly kind: "clock-jump"; readonly ms: number; readonly afterMs: number };

/** How OVHcloud ends a task. */
export type TaskOutcome = "fixing" | "error" | "canceled" | "given-up" | "hanging";

/** All that decides what happens in one trial: plain data, so that it can be kept, replayed and shrunk. */
export interface Trial {
  readonly seed: number;
  readonly number: number;
  /** Applied cleanly first; absent where the faults hit the first apply. */
  readonly before?: readonly Declared[];
  /** Applied under faults, and then once more without. */
  readonly wanted: readonly Declared[];
  /** What the faults hit. */
  readonly command: "apply" | "destroy";
  readonly faults: readonly Fault[];
  readonly tasks: readonly TaskOutcome[];
  readonly disruption: Disruption;
  /** The password that the configuration hands to mail settings. */
  readonly secret: string;
  /** Whether Terraform writes its trace, which is searched for secrets as well. */
  readonly trace: boolean;
}
