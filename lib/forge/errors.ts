import { ProblemError, type Problem } from "../core/problem";
import { HttpError, requestFailed } from "../http";

/** Problems with reading or writing a comment or an issue. */

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

/**
 * The token lacks a permission. It has an exit code of its own, so that pipelines of forks can go on without a comment.
 */
export class ForbiddenError extends ProblemError {}

export const otherAuthor = (forge: string, expected: string, got: string | undefined): Problem =>
  problem("other-author", {
    summary: `${forge} has another author for an issue than the account that the token seemed to belong to`,
    got: got ?? "nobody",
    expected,
    fix: "Name the account that the issues are written by, so that they are found again. The one that was opened is closed.",
  });

/** The permission that a job on GitHub needs to write comments. */
const FOR_COMMENTS =
  "`permissions: pull-requests: write`; in a pull request of a fork the token only reads, so leave the comment out there";

/** The permission that it needs to write issues. */
export const FOR_ISSUES = "`permissions: issues: write`";

/**
 * The problem for a refused request, with the forge's own words.
 *
 * @param needed the permission that a job on GitHub needs. @default the one for comments
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

/** Makes a request; a refusal becomes a problem that names `what` was attempted. */
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
