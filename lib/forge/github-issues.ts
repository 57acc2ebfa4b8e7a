import * as z from "../core/zod";
import { path, type HttpClient } from "../http";
import { FOR_ISSUES, inWords } from "./errors";
import type { Issues } from "./issues";
import { everyPage } from "./pages";

/**
 * The issues of a repository. GitHub lists pull requests among them; these are left out.
 *
 * @see https://docs.github.com/en/rest/issues/issues
 */
export function githubIssues(client: HttpClient, name: string, repository: string): Issues {
  const [owner = "", repo = ""] = repository.split("/");
  const base = path`/repos/${owner}/${repo}/issues`;
  const words = <T>(what: string, ask: () => Promise<T>) => inWords(name, `${what} in ${repository}`, ask, FOR_ISSUES);
  return {
    open: (author, signal) =>
      words("read the issues", async () => {
        const query = { state: "open", creator: author, sort: "created", direction: "asc" };
        const all = await everyPage(client, base, issue, signal, query);
        return all.filter((one) => !one.pull_request).map(issueOf);
      }),
    create: ({ title, body }, signal) =>
      words("open an issue", async () => {
        const { data } = await client.request({ method: "POST", path: base, body: { title, body }, signal });
        return issueOf(issue.parse(data));
      }),
    update: (number, { title, body }, signal) =>
      words(`change the issue ${number}`, async () => {
        await change(number, { title, body }, signal);
      }),
    comment: (number, body, signal) =>
      words(`write a comment on the issue ${number}`, async () => {
        await client.request({ method: "POST", path: `${base}/${number}/comments`, body: { body }, signal });
      }),
    close: (number, signal) =>
      words(`close the issue ${number}`, async () => {
        await change(number, { state: "closed" }, signal);
      }),
  };

  /** Safe to repeat: the same change has the same outcome. */
  async function change(number: number, body: Readonly<Record<string, string>>, signal: AbortSignal): Promise<void> {
    await client.request({ method: "PATCH", retry: "safe", path: `${base}/${number}`, body, signal });
  }
}

const issue = z.object({
  number: z.number(),
  title: z.string(),
  body: z.nullish(z.string()),
  user: z.nullish(z.object({ login: z.string() })),
  pull_request: z.optional(z.unknown()),
});

const issueOf = ({ number, title, body, user }: z.infer<typeof issue>) => ({
  number,
  title,
  body: body ?? "",
  author: user?.login,
});
