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

export { GITHUB_BOT, GITLAB_BOT, TOKEN } from "./forge-api";

/**
 * The comments of a forge, over the HTTP APIs of GitHub and GitLab: pages with `Link`, private repositories that do not exist for
 * strangers, tokens that may only read, bodies that are too long, and whatever goes wrong on the way.
 */
export interface ForgeServer extends ForgeApi {
  readonly comments: Comment[];
  /** The token reads, as in a pull request of a fork. */
  readOnly: boolean;
  /** The request by which every commit was merged; undefined for none. */
  merged: number | undefined;
  /** The last commit of that request. */
  head: string;
  longest: number;
}

export interface Comment {
  readonly id: number;
  readonly author: string;
  body: string;
}

/** The pull request that everything here belongs to. */
export const NUMBER = 42;
/** Its last commit, which a squash leaves on no branch. */
export const HEAD = "c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00";

const MERGED_BY =
  /^\/repos\/acme\/alerts\/commits\/\w+\/pulls$|^\/projects\/7\/repository\/commits\/\w+\/merge_requests$/;
const LISTS = [`/repos/acme/alerts/issues/${NUMBER}/comments`, `/projects/7/merge_requests/${NUMBER}/notes`];
const ONE = /(?:^\/repos\/acme\/alerts\/issues\/comments|\/notes)\/(\d+)$/;

type Comments = Omit<ForgeServer, keyof ForgeApi>;

export async function startForge(): Promise<ForgeServer> {
  const forge: Comments = { comments: [], readOnly: false, merged: NUMBER, head: HEAD, longest: 65_536 };
  return Object.assign(forge, await startForgeApi((asked) => answerTo(asked, forge)));
}

function answerTo({ method, url, isGitLab, text }: Asked, forge: Comments): Answer {
  const route = url.pathname;
  if (MERGED_BY.test(route)) return mergesOf(forge, isGitLab);
  if (method === "GET" && LISTS.includes(route)) return pageOf(url, forge.comments, (one) => shape(one, isGitLab));
  if (method !== "GET" && forge.readOnly) {
    return { status: 403, json: { message: isGitLab ? "403 Forbidden" : "Resource not accessible by integration" } };
  }
  const body = text === "" ? "" : (JSON.parse(text) as { body: string }).body;
  if (body.length > forge.longest) return tooLong(forge.longest, isGitLab);
  if (method === "POST" && LISTS.includes(route)) {
    const comment = { id: forge.comments.length + 1, author: isGitLab ? GITLAB_BOT : GITHUB_BOT, body };
    forge.comments.push(comment);
    return { status: 201, json: shape(comment, isGitLab) };
  }
  const id = ONE.exec(route)?.[1];
  const existing = forge.comments.find((one) => String(one.id) === id);
  if (method !== (isGitLab ? "PUT" : "PATCH") || existing === undefined) return NOT_FOUND;
  existing.body = body;
  return { status: 200, json: shape(existing, isGitLab) };
}

function mergesOf({ merged, head }: Comments, isGitLab: boolean): Answer {
  if (merged === undefined) return { status: 200, json: [] };
  const merge = isGitLab
    ? { iid: merged, state: "merged", sha: head }
    : { number: merged, merged_at: "2026-11-01T12:00:00Z", head: { sha: head } };
  return { status: 200, json: [merge] };
}

function tooLong(longest: number, isGitLab: boolean): Answer {
  if (isGitLab) return { status: 400, json: { message: { note: ["is too long"] } } };
  const errors = [{ message: `Body is too long (maximum is ${longest} characters)` }];
  return { status: 422, json: { message: "Validation Failed", errors } };
}

const shape = ({ id, body, author }: Comment, isGitLab: boolean) =>
  isGitLab ? { id, body, author: { username: author } } : { id, body, user: { login: author } };
