import { elapsed } from "../../../core/clock";
import { errorWords } from "../../../core/thrown";
import { ProblemError } from "../../../core/problem";
import { untilAborted } from "../../wire/deadline";
import { nameOf, platform } from "../../stage/stage";
import type { StageLog } from "../../stage/stage-log";
import { interrupted, outOfTime, platformFailed } from "../errors";
import { explainServer } from "../refusals/explain-server";
import type { MailRuntime } from "../runtime";
import type { ServerRun } from "../server-run";
import type { PlatformFacts } from "../verdict";

/** Platforms send the mail before they answer. */
const PLATFORM_MS = 120_000;

export interface Via {
  readonly system: string;
  readonly id: string;
}

/**
 * Runs each platform's own test, one after another, whatever the direct way showed: platforms are in other networks,
 * and may get through where this machine does not.
 */
export async function testPlatforms(
  { target, runtime, log, deadline }: ServerRun<MailRuntime>,
  via: readonly Via[],
): Promise<PlatformFacts> {
  const facts = { passed: [] as string[], failed: [] as string[], unavailable: [] as string[] };
  for (const { system, id } of via) {
    const stage = platform(system, id);
    const name = nameOf(stage);
    // Two settings of one system are distinguished by their ids.
    const title = via.filter((other) => other.system === system).length > 1 ? `${system} ${id}` : system;
    const began = elapsed(runtime.clock);
    const failed = (problem: Parameters<StageLog["fail"]>[2]) => {
      facts.failed.push(title);
      log.fail(stage, elapsed(runtime.clock) - began, problem);
    };
    try {
      const result = await deadline.step(PLATFORM_MS, (signal) =>
        untilAborted(
          runtime.platformTest(system, id, {
            receiver: target.to[0],
            smtp: { host: target.host, ...(target.login && { login: target.login }) },
            explainServer: (words) => explainServer(words, target),
            signal,
          }),
          signal,
        ),
      );
      if (result.status === "failed") {
        failed(result.problem);
        continue;
      }
      facts[result.status].push(title);
      log.add({ stage, status: result.status, durationMs: elapsed(runtime.clock) - began, detail: result.detail });
    } catch (error) {
      if (error instanceof ProblemError) failed(error.problems[0]!);
      else if (deadline.signal.aborted) failed(interrupted(name));
      else if (deadline.remainingMs === 0) failed(outOfTime(name));
      else failed(platformFailed(system, errorWords(error)));
    }
  }
  return facts;
}
