import { ProblemError, type Problem } from "../core/problem";
import { HttpError, requestFailed } from "../http";

/** Why a comment or an issue could not be read or written. */

const problem = (code: string, facts: Omit<Problem, "code" | "severity">): Problem => ({
  code: `forge/${code}`,
  severity: "error",
  ...facts,
});

export const noForge = () =>
  new ProblemError(
    problem("not-in-a-pipeline", {
      summary: "It cannot be told which forge this is",
      expected: "a job of GitHub Actions (GITHUB_API_URL) or of GitLab CI (CI_API_V4_URL)",
      fix: "Run it in a job, or set what a job has: on GitHub GITHUB_API_URL, GITHUB_REPOSITORY and GITHUB_TOKEN; on GitLab CI_API_V4_URL, CI_PROJECT_ID and GITLAB_TOKEN.",
    }),
  );

export const variableMissing = (variable: string, purpose: string) =>
  new ProblemError(
    problem("variable-missing", {
      summary: `The environment variable ${variable} is not set`,
      expected: purpose,
      fix: "Set it in the job; a token from the secrets of the pipeline. Where the command has --token-environment, another variable can be named.",
    }),
  );

export const noRequest = (request: string) =>
  new ProblemError(
    problem("no-request", {
      summary: `This job does not belong to a ${request}`,
      fix: `Run it for a ${request} only, or name one with --request.`,
    }),
  );

/** The token may not do it: the exit code says so, for pipelines of forks that go on without a comment. */
export class ForbiddenError extends ProblemError {}

export const otherAuthor = (forge: string, expected: string, got: string | undefined): Problem =>
  problem("other-author", {
    summary: `${forge} has another author for an issue than the account that the token seemed to belong to`,
    got: got ?? "nobody",
    expected,
    fix: "Name the account that the issues are written by, so that they are found again. The one that was opened is closed.",
  });

/** What a job needs on GitHub to write comments. */
const FOR_COMMENTS =
  "`permissions: pull-requests: write`; in a pull request of a fork the token only reads, so leave the comment out there";

/** What it needs to write issues. */
export const FOR_ISSUES = "`permissions: issues: write`";

/**
 * What a refused request means; the forge's words come with it.
 *
 * @param needed what to give a job on GitHub. @default what comments need
 */
function refused(forge: string, what: string, failed: HttpError, needed = FOR_COMMENTS): ProblemError {
  const evidence = failed.message;
  switch (failed.status) {
    case 401:
      return new ProblemError(
        problem("token-refused", {
          summary: `${forge} does not accept the token`,
          fix: "Give a token that is valid; on GitHub that of the job: GITHUB_TOKEN: ${{ github.token }}.",
          evidence,
        }),
      );
    case 403:
      return new ForbiddenError(
        problem("no-right", {
          summary: `The token may not ${what}`,
          fix: `On GitHub give the job ${needed}. On GitLab give a project access token with the scope \`api\` and the role Reporter: the job's own token may write neither comments nor issues.`,
          evidence,
        }),
      );
    case 404:
      return new ProblemError(
        problem("not-found", {
          summary: `${forge} does not know of it, or the token may not see it: ${what}`,
          fix: "Check the repository and the number, that it has issues where one is written, and that the token belongs to this repository. Forges answer the same to who may not see it.",
          evidence,
        }),
      );
    default:
      return new ProblemError(requestFailed(forge, failed));
  }
}

/** Runs a request; what it is refused becomes a problem in these words. */
export async function inWords<T>(forge: string, what: string, ask: () => Promise<T>, needed?: string): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    const told = refused(forge, what, error, needed);
    told.cause = error;
    throw told;
  }
}
