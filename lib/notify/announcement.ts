import type { Finding } from "../core/finding";

/** What is told: one check of one stack. */
export interface Announcement {
  /** Its name. */
  readonly stack: string;
  /** `unknown`: a check could not be made, never called fine. */
  readonly state: AnnouncedState;
  /** What the command tells the shell. */
  readonly exitCode: number;
  /** One line. */
  readonly summary: string;
  /** Worst first when it is sent. */
  readonly findings: readonly Finding[];
  /** ISO 8601. */
  readonly at: string;
  /** Where its log is: the page of the job that made it. */
  readonly link?: string;
}

export type AnnouncedState = "ok" | "failed" | "unknown";

type Environment = Readonly<Record<string, string | undefined>>;

/** The page of the job that this process belongs to; undefined outside of GitHub Actions and GitLab CI. */
export function runLink(environment: Environment): string | undefined {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = environment;
  const url =
    environment["CI_JOB_URL"] ||
    (server && repository && run ? `${server}/${repository}/actions/runs/${run}` : undefined);
  return url === undefined ? undefined : webAddress(url);
}

/** As a link may be written; undefined for one that a browser would run instead of opening it. */
export function webAddress(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, href } = new URL(text);
  return protocol === "https:" || protocol === "http:" ? href : undefined;
}
