import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Command } from "commander";
import { ProblemError } from "../../core/problem";
import { ForbiddenError, keepComment, type Kept } from "../../forge";
import { markOf, type Mark } from "../../review";
import { CodedError, fileUnreadable, notAReview } from "../errors";
import { ExitCode } from "../exit-code";
import { forgeFrom, forgeOptions, type ForgeOptions } from "../forge-options";
import { integer } from "../numbers";
import type { Runner } from "../runner";
import type { Surroundings } from "../surroundings";

interface Options extends ForgeOptions {
  readonly request?: string;
  readonly artifact?: string;
  readonly dryRun?: boolean;
}

const help = `
  $ outbound review prod --md review.md
  $ outbound comment review.md

Each stack has one comment, and so has each review of several stacks; it is found by its hidden first line and updated in place.
Only comments by the pipeline's own account count. A change that does nothing gets none. What is too long ends before a whole section, with a link to the rest.

The job says which forge, repository and request it is, on github.com, GitHub Enterprise and every GitLab:
  GitHub  GITHUB_API_URL, GITHUB_REPOSITORY, GITHUB_EVENT_PATH; the token in GITHUB_TOKEN (permissions: pull-requests: write)
  GitLab  CI_API_V4_URL, CI_PROJECT_ID, CI_MERGE_REQUEST_IID; the token in GITLAB_TOKEN (scope api, role Reporter)

A pull request of a fork has a token that may not write comments: \`outbound comment … || test $? -eq 3\`.`;

/** `outbound comment`: writes the review into the pull or merge request. */
export function commentCommand(command: Command, runner: Runner): void {
  command
    .description(
      "Writes what `outbound review --md` has written as a comment of the pull request (GitHub) or merge request (GitLab)\n" +
        "of this job, or updates the comment that is there.",
    )
    .argument("<review...>", "Markdown of reviews, each of one stack or of several")
    .option("--request <number>", "of the pull or merge request (default: the one of this job)")
    .option("--artifact <url>", "where the whole review is, for one that is too long (default: the page of this job)")
    .option("--dry-run", "look for the comment, print what would be written, and write nothing");
  forgeOptions(command)
    .addHelpText("after", help)
    .action((files: readonly string[], options: Options) =>
      runner.run((surroundings) => comment(files, options, surroundings)),
    );
}

async function comment(files: readonly string[], options: Options, surroundings: Surroundings): Promise<ExitCode> {
  const { out, err, interrupted, workingDirectory } = surroundings;
  const asked = integer("--request", options.request, 1, Number.MAX_SAFE_INTEGER);
  const reviews = files.map((file) => read(file, workingDirectory));
  const job = forgeFrom(options, surroundings);
  const number = asked ?? job.number();
  try {
    for (const { body, mark } of reviews) {
      const request = {
        number,
        body,
        isSame: (other: string) => markOf(other)?.key === mark.key,
        mayCreate: !mark.isIdle,
        whole: options.artifact ?? job.run,
        dryRun: options.dryRun ?? false,
      };
      const kept = await keepComment(job.forge, request, interrupted);
      const said = options.dryRun ? WOULD : DONE;
      err(`${mark.name}: ${said[kept]} (${job.forge.request} ${number} of ${job.forge.name})`);
      if (options.dryRun) out(body.trimEnd());
    }
  } catch (error) {
    throw error instanceof ForbiddenError ? new CodedError(ExitCode.forbidden, ...error.problems) : error;
  }
  return ExitCode.ok;
}

const DONE: Readonly<Record<Kept, string>> = {
  wrote: "wrote the comment",
  updated: "updated the comment",
  unchanged: "the comment says it already",
  "left out": "no changes, no comment",
};

const WOULD: Readonly<Record<Kept, string>> = {
  ...DONE,
  wrote: "would write a comment",
  updated: "would update the comment",
};

function read(file: string, directory: string): { readonly body: string; readonly mark: Mark } {
  let body: string;
  try {
    body = readFileSync(resolve(directory, file), "utf8");
  } catch (error) {
    throw new ProblemError(fileUnreadable(file, (error as Error).message));
  }
  const mark = markOf(body);
  if (mark === undefined) throw new ProblemError(notAReview(file));
  return { body, mark };
}
