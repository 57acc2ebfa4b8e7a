import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { GITHUB_BOT, GITLAB_BOT, TOKEN } from "./forge-server";

/**
 * The issues of a forge, over the HTTP APIs of GitHub and GitLab: pages with `Link`, pull requests among the issues, filters
 * that are kept, and whatever goes wrong on the way.
 */
export interface IssueServer {
  readonly url: string;
  readonly issues: ServedIssue[];
  /** "POST /repos/…", in order. */
  readonly asked: string[];
  /** The next request with this method is answered so instead. `lost`: it is done, and the answer is lost. */
  fail(method: string, how: number | "lost" | "silent"): void;
  /** Called when a list has been read, before it is answered. */
  listed: () => Promise<void>;
  /** Who writes. @default the account that the token belongs to */
  writesAs: string | undefined;
  longest: number;
  close(): Promise<void>;
}

export interface ServedIssue {
  readonly number: number;
  readonly author: string;
  title: string;
  body: string;
  isOpen: boolean;
  readonly comments: string[];
  readonly isPullRequest?: boolean;
}

interface Answer {
  readonly status: number;
  readonly json: unknown;
  readonly link?: string;
}

const LIST = /^(?:\/repos\/acme\/alerts|\/projects\/7)\/issues$/;
const ONE = /^(?:\/repos\/acme\/alerts|\/projects\/7)\/issues\/(\d+)(\/(?:comments|notes))?$/;

export async function startIssues(): Promise<IssueServer> {
  const failures = new Map<string, (number | "lost" | "silent")[]>();
  const server = createServer((request, response) => void serve(request, response));
  const forge = {
    issues: [] as ServedIssue[],
    asked: [] as string[],
    listed: async () => undefined as void,
    writesAs: undefined as string | undefined,
    longest: 65_536,
    fail: (method: string, how: number | "lost" | "silent") =>
      void failures.set(method, [...(failures.get(method) ?? []), how]),
    close: () => new Promise<void>((done) => (server.closeAllConnections(), server.close(() => done()))),
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = "";
    for await (const chunk of request) text += String(chunk);
    const method = request.method!;
    forge.asked.push(`${method} ${request.url!}`);
    const failure = failures.get(method)?.shift();
    if (failure === "silent") return;
    const answer: Answer =
      typeof failure === "number"
        ? { status: failure, json: { message: `fault ${failure}` } }
        : await answerTo(method, new URL(request.url!, "http://forge"), request, text);
    if (failure === "lost") return void request.socket.destroy();
    const link = answer.link === undefined ? {} : { link: answer.link };
    response.writeHead(answer.status, { "content-type": "application/json; charset=utf-8", ...link });
    response.end(JSON.stringify(answer.json));
  }

  async function answerTo(method: string, url: URL, { headers }: IncomingMessage, text: string): Promise<Answer> {
    const isGitLab = headers["private-token"] !== undefined;
    if (headers.authorization !== `Bearer ${TOKEN}` && headers["private-token"] !== TOKEN) {
      return { status: 401, json: { message: "Bad credentials" } };
    }
    if (url.pathname === "/user") {
      return isGitLab
        ? { status: 200, json: { username: GITLAB_BOT } }
        : { status: 403, json: { message: "Resource not accessible by integration" } };
    }
    if (method === "GET" && LIST.test(url.pathname)) {
      const answer = page(url, isGitLab);
      await forge.listed();
      return answer;
    }
    const given = JSON.parse(text) as Readonly<Record<string, string>>;
    const body = given["body"] ?? given["description"];
    if (body !== undefined && body.length > forge.longest) {
      return isGitLab
        ? { status: 400, json: { message: { description: ["is too long"] } } }
        : { status: 422, json: { errors: [{ message: `Body is too long (maximum is ${forge.longest})` }] } };
    }
    if (method === "POST" && LIST.test(url.pathname)) {
      const author = forge.writesAs ?? (isGitLab ? GITLAB_BOT : GITHUB_BOT);
      const number = forge.issues.length + 1;
      const created = { number, author, title: given["title"]!, body: body!, isOpen: true, comments: [] };
      forge.issues.push(created);
      return { status: 201, json: shape(created, isGitLab) };
    }
    const [, number, comments] = ONE.exec(url.pathname) ?? [];
    const existing = forge.issues.find((one) => String(one.number) === number);
    if (existing === undefined) return { status: 404, json: { message: "Not Found" } };
    if (method === "POST" && comments !== undefined) {
      existing.comments.push(body!);
      return { status: 201, json: { id: 1 } };
    }
    if (method !== (isGitLab ? "PUT" : "PATCH")) return { status: 404, json: { message: "Not Found" } };
    existing.title = given["title"] ?? existing.title;
    existing.body = body ?? existing.body;
    if (given["state"] === "closed" || given["state_event"] === "close") existing.isOpen = false;
    return { status: 200, json: shape(existing, isGitLab) };
  }

  function page(url: URL, isGitLab: boolean): Answer {
    const asked = (name: string) => url.searchParams.get(name);
    const [number, size] = [Number(asked("page") ?? 1), Number(asked("per_page") ?? 30)];
    const author = asked(isGitLab ? "author_username" : "creator");
    const found = forge.issues.filter(
      (one) => (one.isOpen || asked("state") === "all") && (author === null || one.author === author),
    );
    const json = found.slice((number - 1) * size, number * size).map((one) => shape(one, isGitLab));
    const next = `<http://forge${url.pathname}?page=${number + 1}&per_page=${size}>; rel="next"`;
    return { status: 200, json, ...(number * size < found.length ? { link: next } : {}) };
  }

  await new Promise<void>((done) => server.listen(0, "127.0.0.1", () => done()));
  return Object.assign(forge, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}

const shape = ({ number, title, body, author, isPullRequest }: ServedIssue, isGitLab: boolean) =>
  isGitLab
    ? { iid: number, title, description: body, author: { username: author } }
    : { number, title, body, user: { login: author }, ...(isPullRequest ? { pull_request: {} } : {}) };
