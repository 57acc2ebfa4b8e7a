import * as z from "../core/zod";
import { path, type HttpClient } from "../http";
import { inWords } from "./errors";
import type { Forge } from "./forge";
import { gitlabIssues } from "./gitlab-issues";
import { everyPage } from "./pages";

export interface GitLabOptions {
  readonly client: HttpClient;
  readonly name: string;
  /** Its number, or its path with the groups. */
  readonly project: string;
  /** @default that of the token */
  readonly author?: string | undefined;
}

/**
 * Notes of a merge request.
 *
 * @see https://docs.gitlab.com/api/notes/#merge-requests
 */
export function gitlab({ client, name, project, author }: GitLabOptions): Forge {
  const base = path`/projects/${project}`;
  const notes = (number: number) => `${base}/merge_requests/${number}/notes`;
  return {
    name,
    request: "merge request",
    longest: 1_000_000,
    author: async (signal) =>
      author ??
      (await inWords(name, "ask whose token it is", async () => {
        const { data } = await client.request({ method: "GET", path: "/user", signal });
        return z.object({ username: z.string() }).parse(data).username;
      })),
    comments: (number, signal) =>
      inWords(name, `read the notes of merge request ${number} in project ${project}`, async () => {
        const all = await everyPage(client, notes(number), note, signal);
        return all.map(({ id, body, author: by }) => ({ id, body: body ?? "", author: by?.username }));
      }),
    create: (number, body, signal) =>
      inWords(name, `write a note on merge request ${number} in project ${project}`, async () => {
        await client.request({ method: "POST", path: notes(number), body: { body }, signal });
      }),
    update: (number, id, body, signal) =>
      inWords(name, `change the note ${id} of merge request ${number} in project ${project}`, async () => {
        await client.request({ method: "PUT", path: `${notes(number)}/${id}`, body: { body }, signal });
      }),
    issues: gitlabIssues(client, name, project),
    mergedBy: (commit, signal) =>
      inWords(name, `read the merge requests of the commit ${commit} in project ${project}`, async () => {
        const request = `${base}/repository${path`/commits/${commit}/merge_requests`}`;
        const { data } = await client.request({ method: "GET", path: request, signal });
        const merged = z.array(mergeRequest).parse(data);
        const found = merged.find(({ state }) => state === "merged");
        return found === undefined ? undefined : { number: found.iid, head: found.sha };
      }),
  };
}

const note = z.object({
  id: z.number(),
  body: z.nullish(z.string()),
  author: z.nullish(z.object({ username: z.string() })),
});
const mergeRequest = z.object({ iid: z.number(), state: z.nullish(z.string()), sha: z.string() });
