import type { Finding } from "../core/finding";

/** What is announced: the result of one check of one stack. */
export interface Announcement {
  /** The name of the stack. */
  readonly stack: string;
  /** `unknown`: the check could not be made, which is never reported as well. */
  readonly state: AnnouncedState;
  /** The exit code of the command. */
  readonly exitCode: number;
  /** One line. */
  readonly summary: string;
  /** Worst first when it is sent. */
  readonly findings: readonly Finding[];
  /** When the check was made, ISO 8601. */
  readonly at: string;
  /** The URL of the log: the page of the job that made the check. */
  readonly link?: string;
}

export type AnnouncedState = "ok" | "failed" | "unknown";

type Environment = Readonly<Record<string, string | undefined>>;

/** The page of the job that runs this process; undefined outside of GitHub Actions and GitLab CI. */
export function runLink(environment: Environment): string | undefined {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = environment;
  const url =
    environment["CI_JOB_URL"] ||
    (server && repository && run ? `${server}/${repository}/actions/runs/${run}` : undefined);
  return url === undefined ? undefined : webAddress(url);
}

/** The text as a URL that may be written as a link; undefined for a scheme that a browser would execute. */
export function webAddress(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, href } = new URL(text);
  return protocol === "https:" || protocol === "http:" ? href : undefined;
}
