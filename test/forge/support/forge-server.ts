import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * The comments of a forge, over the HTTP APIs of GitHub and GitLab: pages with `Link`, private repositories that do not exist for
 * strangers, tokens that may only read, bodies that are too long, and whatever goes wrong on the way.
 */
export interface ForgeServer {
  readonly url: string;
  readonly comments: Comment[];
  /** "POST /repos/…", in order. */
  readonly asked: string[];
  /** The next request with this method is answered so instead. `lost`: it is done, and the answer is lost. */
  fail(method: string, how: Failure): void;
  /** The token reads, as in a pull request of a fork. */
  readOnly: boolean;
  /** The request by which every commit was merged; undefined for none. */
  merged: number | undefined;
  /** The last commit of that request. */
  head: string;
  longest: number;
  close(): Promise<void>;
}

export interface Comment {
  readonly id: number;
  readonly author: string;
  body: string;
}

type Failure = { readonly status: number } | "lost";

export const TOKEN = "forge-token-0123456789";
/** The pull request that everything here belongs to. */
export const NUMBER = 42;
/** Its last commit, which a squash leaves on no branch. */
export const HEAD = "c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00";
export const GITHUB_BOT = "github-actions[bot]";
export const GITLAB_BOT = "review-bot";

interface Answer {
  readonly status: number;
  readonly json: unknown;
  readonly link?: string;
}

export async function startForge(): Promise<ForgeServer> {
  const failures = new Map<string, Failure[]>();
  const server = createServer((request, response) => void serve(request, response));
  const forge = {
    comments: [] as Comment[],
    asked: [] as string[],
    readOnly: false,
    merged: NUMBER as number | undefined,
    head: HEAD,
    longest: 65_536,
    fail: (method: string, how: Failure) => void failures.set(method, [...(failures.get(method) ?? []), how]),
    close: () => new Promise<void>((done) => (server.closeAllConnections(), server.close(() => done()))),
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString("utf8");
    const method = request.method!;
    forge.asked.push(`${method} ${request.url!}`);
    const failure = failures.get(method)?.shift();
    const answer =
      typeof failure === "object"
        ? { status: failure.status, json: { message: `fault ${failure.status}` } }
        : answerTo(method, new URL(request.url!, "http://forge"), request, text);
    if (failure === "lost") return void request.socket.destroy();
    response.writeHead(answer.status, {
      "content-type": "application/json; charset=utf-8",
      ...("link" in answer && answer.link !== undefined ? { link: answer.link } : {}),
    });
    response.end(JSON.stringify(answer.json));
  }

  function answerTo(method: string, url: URL, { headers }: IncomingMessage, text: string): Answer {
    const isGitLab = headers["private-token"] !== undefined;
    if (headers.authorization !== `Bearer ${TOKEN}` && headers["private-token"] !== TOKEN) {
      return { status: 401, json: { message: "Bad credentials" } };
    }
    const route = url.pathname;
    if (route === "/user") {
      // A job's token of GitHub belongs to no user.
      return isGitLab
        ? { status: 200, json: { username: GITLAB_BOT } }
        : { status: 403, json: { message: "Resource not accessible by integration" } };
    }
    if (
      /^\/repos\/acme\/alerts\/commits\/\w+\/pulls$|^\/projects\/7\/repository\/commits\/\w+\/merge_requests$/.test(
        route,
      )
    ) {
      const { merged } = forge;
      if (merged === undefined) return { status: 200, json: [] };
      const merge = isGitLab
        ? { iid: merged, state: "merged", sha: forge.head }
        : { number: merged, merged_at: "2026-11-01T12:00:00Z", head: { sha: forge.head } };
      return { status: 200, json: [merge] };
    }
    const list = [`/repos/acme/alerts/issues/${NUMBER}/comments`, `/projects/7/merge_requests/${NUMBER}/notes`];
    if (method === "GET" && list.includes(route)) return page(url, isGitLab);
    if (method !== "GET" && forge.readOnly) {
      return { status: 403, json: { message: isGitLab ? "403 Forbidden" : "Resource not accessible by integration" } };
    }
    const body = text === "" ? "" : (JSON.parse(text) as { body: string }).body;
    if (body.length > forge.longest) {
      const github = {
        message: "Validation Failed",
        errors: [{ message: `Body is too long (maximum is ${forge.longest} characters)` }],
      };
      return isGitLab ? { status: 400, json: { message: { note: ["is too long"] } } } : { status: 422, json: github };
    }
    if (method === "POST" && list.includes(route)) {
      const author = isGitLab ? GITLAB_BOT : GITHUB_BOT;
      const comment = { id: forge.comments.length + 1, author, body };
      forge.comments.push(comment);
      return { status: 201, json: shape(comment, isGitLab) };
    }
    const id = /(?:^\/repos\/acme\/alerts\/issues\/comments|\/notes)\/(\d+)$/.exec(route)?.[1];
    const existing = forge.comments.find((one) => String(one.id) === id);
    if (method !== (isGitLab ? "PUT" : "PATCH") || existing === undefined)
      return { status: 404, json: { message: "Not Found" } };
    existing.body = body;
    return { status: 200, json: shape(existing, isGitLab) };
  }

  function page(url: URL, isGitLab: boolean): Answer {
    const [number, size] = [Number(url.searchParams.get("page") ?? 1), Number(url.searchParams.get("per_page") ?? 30)];
    const some = forge.comments.slice((number - 1) * size, number * size).map((one) => shape(one, isGitLab));
    const more = number * size < forge.comments.length;
    const next = `<http://forge${url.pathname}?page=${number + 1}&per_page=${size}>; rel="next", <http://forge/last>; rel="last"`;
    return { status: 200, json: some, ...(more ? { link: next } : {}) };
  }

  await new Promise<void>((done) => server.listen(0, "127.0.0.1", () => done()));
  return Object.assign(forge, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}

const shape = ({ id, body, author }: Comment, isGitLab: boolean) =>
  isGitLab ? { id, body, author: { username: author } } : { id, body, user: { login: author } };
