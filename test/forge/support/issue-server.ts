import {
  GITHUB_BOT,
  GITLAB_BOT,
  NOT_FOUND,
  pageOf,
  startForgeApi,
  type Answer,
  type Asked,
  type ForgeApi,
} from "./forge-api";

/**
 * The issues of a forge, over the HTTP APIs of GitHub and GitLab: pages with `Link`, pull requests among the issues, filters
 * that are kept, and whatever goes wrong on the way.
 */
export interface IssueServer extends ForgeApi {
  readonly issues: ServedIssue[];
  /** Called when a list has been read, before it is answered. */
  listed: () => Promise<void>;
  /** Who writes. @default the account that the token belongs to */
  writesAs: string | undefined;
  longest: number;
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

const LIST = /^(?:\/repos\/acme\/alerts|\/projects\/7)\/issues$/;
const ONE = /^(?:\/repos\/acme\/alerts|\/projects\/7)\/issues\/(\d+)(\/(?:comments|notes))?$/;

type Issues = Omit<IssueServer, keyof ForgeApi>;

export async function startIssues(): Promise<IssueServer> {
  const forge: Issues = { issues: [], listed: () => Promise.resolve(), writesAs: undefined, longest: 65_536 };
  return Object.assign(forge, await startForgeApi((asked) => answerTo(asked, forge)));
}

async function answerTo({ method, url, isGitLab, text }: Asked, forge: Issues): Promise<Answer> {
  if (method === "GET" && LIST.test(url.pathname)) {
    const answer = listed(forge, url, isGitLab);
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
  if (existing === undefined) return NOT_FOUND;
  if (method === "POST" && comments !== undefined) {
    existing.comments.push(body!);
    return { status: 201, json: { id: 1 } };
  }
  if (method !== (isGitLab ? "PUT" : "PATCH")) return NOT_FOUND;
  existing.title = given["title"] ?? existing.title;
  existing.body = body ?? existing.body;
  if (given["state"] === "closed" || given["state_event"] === "close") existing.isOpen = false;
  return { status: 200, json: shape(existing, isGitLab) };
}

function listed({ issues }: Issues, url: URL, isGitLab: boolean): Answer {
  const author = url.searchParams.get(isGitLab ? "author_username" : "creator");
  const all = url.searchParams.get("state") === "all";
  const found = issues.filter((one) => (one.isOpen || all) && (author === null || one.author === author));
  return pageOf(url, found, (one) => shape(one, isGitLab));
}

const shape = ({ number, title, body, author, isPullRequest }: ServedIssue, isGitLab: boolean) =>
  isGitLab
    ? { iid: number, title, description: body, author: { username: author } }
    : { number, title, body, user: { login: author }, ...(isPullRequest ? { pull_request: {} } : {}) };
