import type { LookupAddress } from "node:dns";
import type { Clock } from "../core/clock";
import type { PlatformTestRequest, PlatformTestResult } from "../core/platform-test";
import type { WireTranscript } from "./wire-transcript";

/** What the mail handlers need of the world around them. */
export interface MailRuntime {
  readonly clock: Clock;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** 0 (inclusive) to 1 (exclusive); makes the ids of tests. */
  readonly random: () => number;
  /** Undefined when the file does not exist. */
  readonly readFile: (path: string) => string | undefined;
  /** All addresses of a name. @default the operating system's resolver, hosts file included */
  readonly resolver?: Resolver;
  /** Where the conversations with the server are written, line by line, redacted. @default nowhere */
  readonly wire?: WireTranscript;
  /** Runs the test call of a configured system. Rejects with a `ProblemError` when there is no such system. */
  platformTest(system: string, id: string, request: Omit<PlatformTestRequest, "id">): Promise<PlatformTestResult>;
}

/** What a probe needs of it: no platform is asked. */
export type ProbeRuntime = Omit<MailRuntime, "platformTest" | "random">;

export type Resolver = (host: string) => Promise<readonly LookupAddress[]>;
