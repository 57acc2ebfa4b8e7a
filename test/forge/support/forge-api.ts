import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export const TOKEN = "forge-token-0123456789";
export const GITHUB_BOT = "github-actions[bot]";
export const GITLAB_BOT = "review-bot";

/** This status in place of an answer; `lost`: it is done, and the answer is lost; `silent`: nothing is done or answered. */
export type Failure = number | "lost" | "silent";

/** The HTTP API of GitHub or GitLab, by whoever asks it. */
export interface ForgeApi {
  readonly url: string;
  /** "POST /repos/…", in order. */
  readonly asked: string[];
  /** The next request with this method fails so. */
  fail(method: string, how: Failure): void;
  close(): Promise<void>;
}

/** A request of somebody who has the token. */
export interface Asked {
  readonly method: string;
  readonly url: URL;
  /** GitLab, by its own header; else GitHub. */
  readonly isGitLab: boolean;
  readonly text: string;
}

export interface Answer {
  readonly status: number;
  readonly json: unknown;
  readonly link?: string;
}

export const NOT_FOUND: Answer = { status: 404, json: { message: "Not Found" } };

/** Logins, failures and who asks are the same for comments and issues; everything else is answered by what is given. */
export async function startForgeApi(answerTo: (asked: Asked) => Answer | Promise<Answer>): Promise<ForgeApi> {
  const failures = new Map<string, Failure[]>();
  const asked: string[] = [];
  const server = createServer((request, response) => void serve(request, response));

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const method = request.method!;
    asked.push(`${method} ${request.url!}`);
    const failure = failures.get(method)?.shift();
    if (failure === "silent") return;
    const { status, json, link } =
      typeof failure === "number"
        ? { status: failure, json: { message: `fault ${failure}` } }
        : await answer(request, Buffer.concat(chunks).toString("utf8"));
    if (failure === "lost") return void request.socket.destroy();
    const head = { "content-type": "application/json; charset=utf-8", ...(link === undefined ? {} : { link }) };
    response.writeHead(status, head).end(JSON.stringify(json));
  }

  function answer({ method, url, headers }: IncomingMessage, text: string): Answer | Promise<Answer> {
    const isGitLab = headers["private-token"] !== undefined;
    if (headers.authorization !== `Bearer ${TOKEN}` && headers["private-token"] !== TOKEN) {
      return { status: 401, json: { message: "Bad credentials" } };
    }
    const target = new URL(url!, "http://forge");
    if (target.pathname !== "/user") return answerTo({ method: method!, url: target, isGitLab, text });
    // A job's token of GitHub belongs to no user.
    return isGitLab
      ? { status: 200, json: { username: GITLAB_BOT } }
      : { status: 403, json: { message: "Resource not accessible by integration" } };
  }

  await new Promise<void>((done) => server.listen(0, "127.0.0.1", () => done()));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    fail: (method, how) => void failures.set(method, [...(failures.get(method) ?? []), how]),
    close: () => new Promise((done) => (server.closeAllConnections(), server.close(() => done()))),
  };
}

/** One page of a list, with a `Link` to the next one where there is one. */
export function pageOf<T>(url: URL, all: readonly T[], shown: (one: T) => unknown): Answer {
  const [number, size] = [Number(url.searchParams.get("page") ?? 1), Number(url.searchParams.get("per_page") ?? 30)];
  const json = all.slice((number - 1) * size, number * size).map(shown);
  const next = `<http://forge${url.pathname}?page=${number + 1}&per_page=${size}>; rel="next", <http://forge/last>; rel="last"`;
  return { status: 200, json, ...(number * size < all.length ? { link: next } : {}) };
}
