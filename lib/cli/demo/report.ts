import type { JsonDocument } from "../../core/json-document";
import type { StageRow } from "../../mail";
import type { InboxMessage } from "../../mail/server";

/** What happened in a demo. Milliseconds throughout. */
export interface Report extends JsonDocument<"outbound-demo/1"> {
  /** True when every check held and nothing broke. */
  readonly ok: boolean;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly machine: { readonly node: string; readonly terraform: string; readonly platform: string };
  readonly steps: readonly Step[];
  readonly checks: readonly Check[];
  /** The stages of every test mail, in the order they ran. */
  readonly tests: readonly TestRun[];
  readonly messages: readonly InboxMessage[];
  /** Why it ended before its end, if it did. */
  readonly stoppedBy?: string;
}

export interface Step {
  readonly name: string;
  /** As one would type it, when it was a command. */
  readonly command?: string;
  readonly durationMs: number;
  readonly status: "done" | "failed";
}

/** Something the demo promises, and whether it held. */
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
