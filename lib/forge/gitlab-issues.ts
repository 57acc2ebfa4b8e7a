import * as z from "../core/zod";
import { path, type HttpClient } from "../http";
import { FOR_ISSUES, inWords } from "./errors";
import type { Issues } from "./issues";
import { everyPage } from "./pages";

/**
 * Issues of a project; their numbers are those of the project (`iid`).
 *
 * @see https://docs.gitlab.com/api/issues/
 */
export function gitlabIssues(client: HttpClient, name: string, project: string): Issues {
  const base = path`/projects/${project}/issues`;
  const words = <T>(what: string, ask: () => Promise<T>) =>
    inWords(name, `${what} in project ${project}`, ask, FOR_ISSUES);
  return {
    open: (author, signal) =>
      words("read the issues", async () => {
        const which = { state: "opened", scope: "all", author_username: author };
        const query = { ...which, order_by: "created_at", sort: "asc" };
        return (await everyPage(client, base, issue, signal, query)).map(issueOf);
      }),
    create: ({ title, body: description }, signal) =>
      words("open an issue", async () => {
        const { data } = await client.request({ method: "POST", path: base, body: { title, description }, signal });
        return issueOf(issue.parse(data));
      }),
    update: (number, { title, body: description }, signal) =>
      words(`change the issue ${number}`, async () => {
        await client.request({ method: "PUT", path: `${base}/${number}`, body: { title, description }, signal });
      }),
    comment: (number, body, signal) =>
      words(`write a note on the issue ${number}`, async () => {
        await client.request({ method: "POST", path: `${base}/${number}/notes`, body: { body }, signal });
      }),
    close: (number, signal) =>
      words(`close the issue ${number}`, async () => {
        await client.request({ method: "PUT", path: `${base}/${number}`, body: { state_event: "close" }, signal });
      }),
  };
}

const issue = z.object({
  iid: z.number(),
  title: z.string(),
  description: z.nullish(z.string()),
  author: z.nullish(z.object({ username: z.string() })),
});

const issueOf = ({ iid, title, description, author }: z.infer<typeof issue>) => ({
  number: iid,
  title,
  body: description ?? "",
  author: author?.username,
});
