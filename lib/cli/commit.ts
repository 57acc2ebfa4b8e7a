import { existsSync, readFileSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import * as z from "../core/zod";
import { ProblemError } from "../core/problem";
import { notACommit } from "../review";
import { runChild } from "./demo/child";
import { asUsage } from "./errors";
import type { Surroundings } from "./surroundings";

const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** The time limit for git: for one line, or for a scan of the whole working tree. */
const TIMEOUT_MS = 30_000;

/**
 * The commit of the planned code: the named one, else the job's, else git's; undefined when none is known. For a pull
 * request it is the head that people see, not the merge commit that a forge makes for the job.
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
    // Only set where the pipeline runs on a merge commit that the forge has made.
    environment["CI_MERGE_REQUEST_SOURCE_BRANCH_SHA"],
    environment["CI_COMMIT_SHA"],
    headOfEvent(environment["GITHUB_EVENT_PATH"]),
    environment["GITHUB_SHA"],
  ];
  return candidates.find((one) => one !== undefined && COMMIT.test(one)) ?? (await headOfGit(surroundings));
}

// Made when there is one to be read: a wrong option needs no schemas.
const eventContract = () => z.object({ pull_request: z.object({ head: z.object({ sha: z.string() }) }) });

function headOfEvent(path: string | undefined): string | undefined {
  if (!path || !existsSync(path)) return undefined;
  try {
    const parsed = eventContract().safeParse(JSON.parse(readFileSync(path, "utf8")));
    return parsed.success ? parsed.data.pull_request.head.sha : undefined;
  } catch {
    // An unreadable event file belongs to no pull request.
    return undefined;
  }
}

async function headOfGit(surroundings: Surroundings): Promise<string | undefined> {
  const commit = (await git(["rev-parse", "--verify", "HEAD"], surroundings))?.trim();
  return commit !== undefined && COMMIT.test(commit) ? commit : undefined;
}

/**
 * Files with changes that are in no commit, relative to the top of the working tree; new ones that are not ignored are
 * included, since code may use them. None where there is no repository; undefined where git does not answer for an
 * existing one: it is not installed, or the checkout belongs to another user.
 *
 * @param results files that commands write, relative to the working directory: not part of the code
 */
export async function uncommittedFiles(
  results: readonly string[],
  surroundings: Surroundings,
): Promise<readonly string[] | undefined> {
  const { workingDirectory } = surroundings;
  const up = await git(["rev-parse", "--show-cdup"], surroundings);
  if (up === undefined) return isInRepository(workingDirectory) ? undefined : [];
  const top = resolve(workingDirectory, up.trim());
  const aside = results
    .map((path) => relative(top, resolve(workingDirectory, path)))
    // Git refuses paths outside of the repository.
    .filter((path) => path !== "" && !path.startsWith("..") && !isAbsolute(path))
    .map((path) => `:(top,exclude,literal)${path}`);
  const status = await git(["status", "--porcelain=v1", "-z", "--no-renames", "--", ":(top)", ...aside], surroundings);
  // "?? path": two letters for the kind of the change, then the path.
  return status
    ?.split("\0")
    .filter((entry) => entry !== "")
    .map((entry) => entry.slice(3));
}

/** The sentence for the case that {@link uncommittedFiles} is undefined. */
export const NO_ANSWER_OF_GIT =
  "git did not say whether there are uncommitted changes; `git status` tells why (for a checkout of another user: " +
  'git config --global --add safe.directory "$PWD")';

function isInRepository(folder: string): boolean {
  return existsSync(join(folder, ".git")) || (dirname(folder) !== folder && isInRepository(dirname(folder)));
}

/** The output of git; undefined when it fails or is not installed. */
async function git(args: readonly string[], surroundings: Surroundings): Promise<string | undefined> {
  const { environment, workingDirectory, interrupted } = surroundings;
  try {
    const { exitCode, stdout } = await runChild(["git", ...args], {
      cwd: workingDirectory,
      environment,
      signal: interrupted,
      timeoutMs: TIMEOUT_MS,
    });
    return exitCode === 0 ? stdout : undefined;
  } catch (error) {
    // Without git the answer is unknown. An interruption is not swallowed.
    if (interrupted.aborted) throw error;
    return undefined;
  }
}
