import { WebApp } from "../../../lib/systems/kit/simulator/web-app";

/** The comments of a forge, over the two HTTP APIs that the pipelines speak. */
export interface Forge {
  readonly url: string;
  readonly comments: Comment[];
  /** Requests without the right token. */
  readonly refused: string[];
  close(): Promise<void>;
}

export interface Comment {
  readonly id: number;
  readonly author: string;
  body: string;
}

export const TOKEN = "forge-token";
/** The pull request that everything here belongs to. */
export const NUMBER = 42;

export async function startForge(): Promise<Forge> {
  const app = new WebApp();
  const comments: Comment[] = [];
  const refused: string[] = [];
  app.addHook("onRequest", async ({ headers, method, url }, reply) => {
    if (headers.authorization === `Bearer ${TOKEN}` || headers["private-token"] === TOKEN) return;
    refused.push(`${method} ${url}`);
    await reply.code(401).send({ message: "401 Unauthorized" });
  });
  const page = (query: unknown, shape: (comment: Comment) => object) => {
    const { page: number, per_page: size } = query as { page: string; per_page: string };
    return comments.slice((Number(number) - 1) * Number(size), Number(number) * Number(size)).map(shape);
  };
  const add = (author: string, body: unknown) => {
    const comment = { id: comments.length + 1, author, body: (body as { body: string }).body };
    comments.push(comment);
    return comment;
  };
  const edit = (params: unknown, body: unknown) => {
    const comment = comments.find(({ id }) => String(id) === (params as { id: string }).id)!;
    comment.body = (body as { body: string }).body;
    return comment;
  };

  const github = "/repos/acme/alerts";
  app.get(`${github}/commits/:sha/pulls`, async () => [{ number: NUMBER }]);
  app.get(`${github}/issues/${NUMBER}/comments`, async ({ query }) =>
    page(query, ({ id, body, author }) => ({ id, body, user: { login: author } })),
  );
  app.post(`${github}/issues/${NUMBER}/comments`, async ({ body }) => add("github-actions[bot]", body));
  app.patch(`${github}/issues/comments/:id`, async ({ params, body }) => edit(params, body));

  const gitlab = "/projects/7";
  app.get("/user", async () => ({ username: "review-bot" }));
  app.get(`${gitlab}/repository/commits/:sha/merge_requests`, async () => [{ iid: NUMBER }]);
  app.get(`${gitlab}/merge_requests/${NUMBER}/notes`, async ({ query }) =>
    page(query, ({ id, body, author }) => ({ id, body, author: { username: author } })),
  );
  app.post(`${gitlab}/merge_requests/${NUMBER}/notes`, async ({ body }) => add("review-bot", body));
  app.put(`${gitlab}/merge_requests/${NUMBER}/notes/:id`, async ({ params, body }) => edit(params, body));

  const url = await app.listen({ port: 0, host: "127.0.0.1" });
  return { url, comments, refused, close: () => app.close() };
}
