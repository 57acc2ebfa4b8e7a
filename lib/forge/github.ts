import * as z from "../core/zod";
import { HttpError, path, type HttpClient } from "../http";
import { inWords } from "./errors";
import type { Forge } from "./forge";
import { githubIssues } from "./github-issues";
import { everyPage } from "./pages";

/** The account that a job's own token writes as, on github.com and on GitHub Enterprise. */
const OF_THE_JOB = "github-actions[bot]";

export interface GitHubOptions {
  readonly client: HttpClient;
  readonly name: string;
  /** "acme/alerts" */
  readonly repository: string;
  /** @default that of the token */
  readonly author?: string | undefined;
}

/**
 * The comments of a pull request; GitHub keeps them as comments of its issue.
 *
 * @see https://docs.github.com/en/rest/issues/comments
 */
export function github({ client, name, repository, author }: GitHubOptions): Forge {
  const [owner = "", repo = ""] = repository.split("/");
  const base = path`/repos/${owner}/${repo}`;
  return {
    name,
    request: "pull request",
    longest: 65_536,
    author: async (signal) => author ?? (await accountOf(client, name, signal)),
    comments: (number, signal) =>
      inWords(name, `read the comments of pull request ${number} in ${repository}`, async () => {
        const all = await everyPage(client, `${base}/issues/${number}/comments`, comment, signal);
        return all.map(({ id, body, user }) => ({ id, body: body ?? "", author: user?.login }));
      }),
    create: (number, body, signal) =>
      inWords(name, `write a comment on pull request ${number} in ${repository}`, async () => {
        await client.request({ method: "POST", path: `${base}/issues/${number}/comments`, body: { body }, signal });
      }),
    update: (number, id, body, signal) =>
      inWords(name, `change the comment ${id} of pull request ${number} in ${repository}`, async () => {
        // Safe to repeat: writing the same text twice has the same outcome.
        const request = { method: "PATCH", retry: "safe", path: `${base}/issues/comments/${id}` } as const;
        await client.request({ ...request, body: { body }, signal });
      }),
    issues: githubIssues(client, name, repository),
    mergedBy: (commit, signal) =>
      inWords(name, `read the pull requests of the commit ${commit} in ${repository}`, async () => {
        const { data } = await client.request({
          method: "GET",
          path: `${base}${path`/commits/${commit}/pulls`}`,
          signal,
        });
        // For a commit that is on no branch yet, GitHub lists the open requests that contain it.
        const pulls = z
          .array(pull)
          .parse(data)
          .filter(({ merged_at }) => Boolean(merged_at));
        const found = pulls.find(({ merge_commit_sha: merge }) => merge === commit) ?? pulls[0];
        return found === undefined ? undefined : { number: found.number, head: found.head.sha };
      }),
  };
}

const comment = z.object({
  id: z.number(),
  body: z.nullish(z.string()),
  user: z.nullish(z.object({ login: z.string() })),
});
const pull = z.object({
  number: z.number(),
  merge_commit_sha: z.nullish(z.string()),
  merged_at: z.nullish(z.string()),
  head: z.object({ sha: z.string() }),
});

/** The token of a job belongs to no user, and is refused when it asks for one. */
async function accountOf(client: HttpClient, name: string, signal: AbortSignal): Promise<string> {
  try {
    const { data } = await client.request({ method: "GET", path: "/user", signal });
    return z.object({ login: z.string() }).parse(data).login;
  } catch (error) {
    if (error instanceof HttpError && error.status === 403) return OF_THE_JOB;
    return inWords(name, "ask whose token it is", () => Promise.reject(error as Error));
  }
}
