import { existsSync, readFileSync } from "node:fs";
import * as z from "../core/zod";
import { ProblemError } from "../core/problem";
import { notACommit } from "../review";
import { runChild } from "./demo/child";
import { asUsage } from "./errors";
import type { Surroundings } from "./surroundings";

const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** How long git may take to tell one line. */
const TIMEOUT_MS = 10_000;

/**
 * The commit whose code is planned: the one that is named, else what the job knows, else what git says; undefined when nobody
 * knows. Of a pull request it is the head that people see, not the merge that a forge has made for the job.
 *
 * @throws UsageError `review/not-a-commit`
 */
export async function commitOf(named: string | undefined, surroundings: Surroundings): Promise<string | undefined> {
  if (named !== undefined) {
    return asUsage(() => {
      if (!COMMIT.test(named)) throw new ProblemError(notACommit(named));
      return named;
    });
  }
  const { environment } = surroundings;
  const candidates = [
    // Only set where the pipeline runs on a merge that the forge has made.
    environment["CI_MERGE_REQUEST_SOURCE_BRANCH_SHA"],
    environment["CI_COMMIT_SHA"],
    headOfEvent(environment["GITHUB_EVENT_PATH"]),
    environment["GITHUB_SHA"],
  ];
  return candidates.find((one) => one !== undefined && COMMIT.test(one)) ?? (await headOfGit(surroundings));
}

const event = z.object({ pull_request: z.object({ head: z.object({ sha: z.string() }) }) });

function headOfEvent(path: string | undefined): string | undefined {
  if (!path || !existsSync(path)) return undefined;
  try {
    const parsed = event.safeParse(JSON.parse(readFileSync(path, "utf8")));
    return parsed.success ? parsed.data.pull_request.head.sha : undefined;
  } catch {
    // An event that cannot be read belongs to no pull request.
    return undefined;
  }
}

async function headOfGit({ environment, workingDirectory, interrupted }: Surroundings): Promise<string | undefined> {
  try {
    const { exitCode, stdout } = await runChild(["git", "rev-parse", "--verify", "HEAD"], {
      cwd: workingDirectory,
      environment,
      signal: interrupted,
      timeoutMs: TIMEOUT_MS,
    });
    const commit = stdout.trim();
    return exitCode === 0 && COMMIT.test(commit) ? commit : undefined;
  } catch (error) {
    // No git: then nobody knows. An interruption is not swallowed.
    if (interrupted.aborted) throw error;
    return undefined;
  }
}
