import type { JsonDocument } from "../../core/json-document";
import type { StageRow } from "../../mail";
import type { InboxMessage } from "../../mail/server";

/** The result of a demo. All times are in milliseconds. */
export interface Report extends JsonDocument<"outbound-demo/1"> {
  /** True when every check passed and no step failed. */
  readonly ok: boolean;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly machine: { readonly node: string; readonly terraform: string; readonly platform: string };
  readonly steps: readonly Step[];
  readonly checks: readonly Check[];
  /** The stages of every test mail, in the order of the tests. */
  readonly tests: readonly TestRun[];
  readonly messages: readonly InboxMessage[];
  /** Why it ended early, if it did. */
  readonly stoppedBy?: string;
}

export interface Step {
  readonly name: string;
  /** The command as it is typed, for a step that is one. */
  readonly command?: string;
  readonly durationMs: number;
  readonly status: "done" | "failed";
}

/** Something that the demo promises, and whether it is true. */
export interface Check {
  readonly name: string;
  readonly held: boolean;
  readonly expected: string;
  readonly got: string;
}

export interface TestRun {
  readonly occasion: string;
  readonly verdict: string;
  readonly stages: readonly StageRow[];
}
