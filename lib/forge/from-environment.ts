import { existsSync, readFileSync } from "node:fs";
import { withoutTrailing } from "../core/trailing";
import { systemClock, type Clock } from "../core/clock";
import { silentLogger } from "../core/log";
import type { Redactor } from "../core/redaction";
import { HttpClient } from "../http";
import { noForge, noRequest, variableMissing } from "./errors";
import type { Forge } from "./forge";
import { github } from "./github";
import { gitlab } from "./gitlab";

type Environment = Readonly<Record<string, string | undefined>>;

export interface ForgeSettings {
  readonly environment: Environment;
  readonly redactor: Redactor;
  /** The variable that holds the token. @default GITHUB_TOKEN or GITLAB_TOKEN */
  readonly tokenVariable?: string | undefined;
  /** The account whose comments and issues are the pipeline's own. @default the account of the token */
  readonly author?: string | undefined;
  readonly userAgent: string;
  /** @default the real ones */
  readonly clock?: Clock;
  readonly random?: () => number;
}

/** The forge on which this job runs, with what the job's environment says. */
export interface JobForge {
  readonly forge: Forge;
  /** The request that the job is about; throws when there is none. */
  readonly number: () => number;
  /** The commit that the job is about. */
  readonly commit: () => string;
  /** The page of the job's run, where its artifacts are. */
  readonly run: string | undefined;
}

/**
 * Recognises the forge by the variables that it sets for its jobs.
 *
 * @throws ProblemError `forge/not-in-a-pipeline`, `forge/variable-missing`
 */
export function forgeOfJob(options: ForgeSettings): JobForge {
  const { environment } = options;
  // GitLab first: a GitLab runner may also set variables of GitHub, for GitHub's tools.
  if (environment["GITLAB_CI"] || environment["CI_API_V4_URL"]) return gitlabJob(options);
  if (environment["GITHUB_API_URL"]) return githubJob(options);
  throw noForge();
}

function githubJob(options: ForgeSettings): JobForge {
  const { environment, author } = options;
  const server = environment["GITHUB_SERVER_URL"];
  const name = hostOf("GitHub", server, "github.com");
  const repository = needed(environment, "GITHUB_REPOSITORY", "owner and name of the repository");
  const token = tokenOf(options, "GITHUB_TOKEN");
  const headers = { authorization: `Bearer ${token}`, "x-github-api-version": "2022-11-28" };
  const client = clientOf(name, needed(environment, "GITHUB_API_URL", "the API of GitHub"), headers, options);
  const run = environment["GITHUB_RUN_ID"];
  return {
    forge: github({ client, name, repository, author }),
    number: () => numberOfEvent(environment),
    commit: () => needed(environment, "GITHUB_SHA", "the commit that the job is about"),
    run: server === undefined || run === undefined ? undefined : `${server}/${repository}/actions/runs/${run}`,
  };
}

function gitlabJob(options: ForgeSettings): JobForge {
  const { environment, author } = options;
  const name = hostOf("GitLab", environment["CI_SERVER_URL"], "gitlab.com");
  // In the pipeline of a fork's merge request, this is the project that it is merged into.
  const project =
    environment["CI_MERGE_REQUEST_PROJECT_ID"] || needed(environment, "CI_PROJECT_ID", "the number of the project");
  const headers = { "private-token": tokenOf(options, "GITLAB_TOKEN") };
  const client = clientOf(name, needed(environment, "CI_API_V4_URL", "the API of GitLab"), headers, options);
  const job = environment["CI_JOB_URL"];
  return {
    forge: gitlab({ client, name, project, author }),
    number: () => wholeNumber(environment["CI_MERGE_REQUEST_IID"], "merge request"),
    commit: () => needed(environment, "CI_COMMIT_SHA", "the commit that the job is about"),
    run: job === undefined ? undefined : `${job}/artifacts/browse`,
  };
}

function clientOf(
  name: string,
  baseUrl: string,
  headers: Readonly<Record<string, string>>,
  { environment, redactor, userAgent, clock = systemClock, random = Math.random }: ForgeSettings,
): HttpClient {
  // A GitLab with a certificate authority of its own gives that certificate to its runners.
  const ca = environment["CI_SERVER_TLS_CA_FILE"];
  return new HttpClient({
    name,
    baseUrl: withoutTrailing(baseUrl, "/"),
    authenticator: { authorize: async () => ({ ...headers }) },
    clock,
    log: silentLogger,
    redactor,
    random,
    environment,
    limits: { timeoutMs: 30_000 },
    userAgent,
    ...(ca && existsSync(ca) ? { ca: readFileSync(ca, "utf8") } : {}),
  });
}

function tokenOf({ environment, redactor, tokenVariable }: ForgeSettings, usual: string): string {
  const token = needed(environment, tokenVariable ?? usual, "a token that may write comments, or issues");
  redactor.add(token);
  return token;
}

function needed(environment: Environment, variable: string, purpose: string): string {
  const value = environment[variable];
  if (!value) throw variableMissing(variable, purpose);
  return value;
}

/** GitHub writes the number into the event's file, and into the reference while the request is open. */
function numberOfEvent(environment: Environment): number {
  const file = environment["GITHUB_EVENT_PATH"];
  const event = file && existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Event) : {};
  const number = event.pull_request?.number ?? /^refs\/pull\/(\d+)\//.exec(environment["GITHUB_REF"] ?? "")?.[1];
  return wholeNumber(number, "pull request");
}

interface Event {
  readonly pull_request?: { readonly number?: number };
}

function wholeNumber(text: string | number | undefined, request: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) throw noRequest(request);
  return number;
}

function hostOf(forge: string, url: string | undefined, usual: string): string {
  const host = url !== undefined && URL.canParse(url) ? new URL(url).host : usual;
  return host === usual ? forge : `${forge} (${host})`;
}
