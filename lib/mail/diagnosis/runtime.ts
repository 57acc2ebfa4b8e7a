import type { PlatformTestRequest, PlatformTestResult } from "../../core/platform-test";
import type { ProbeRuntime } from "../wire/probe-runtime";

/** What the mail resources need from their surroundings. */
export interface MailRuntime extends ProbeRuntime {
  /** 0 (inclusive) to 1 (exclusive); makes the ids of tests. */
  readonly random: () => number;
  /** Runs the test call of a configured system. Rejects with a `ProblemError` when there is no such system. */
  platformTest(system: string, id: string, request: Omit<PlatformTestRequest, "id">): Promise<PlatformTestResult>;
}
