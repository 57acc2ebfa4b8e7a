import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseYaml } from "../support/yaml";

/** The pipelines of examples/ci as data. */

export const folder = join(__dirname, "../../examples/ci");

export interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly run?: string;
  readonly if?: string;
}

export interface GitHubJob {
  readonly if: string;
  readonly environment: string;
  readonly concurrency: { readonly group: string; readonly "cancel-in-progress": boolean };
  readonly permissions?: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

export interface GitLabJob {
  readonly stage: string;
  readonly script: readonly string[];
  readonly rules: readonly { readonly if: string; readonly when?: string }[];
  readonly resource_group?: string;
  readonly allow_failure?: { readonly exit_codes: readonly number[] };
  readonly artifacts?: { readonly paths: readonly string[] };
}

export const source = (path: string) => readFileSync(join(folder, path), "utf8");

export const github = () => parseYaml(source("github/alert-mail.yml")) as { jobs: Readonly<Record<string, GitHubJob>> };

type GitLab = Readonly<Record<string, GitLabJob>> & {
  readonly default: { readonly before_script: readonly string[] };
};
export const gitlab = () => parseYaml(source("gitlab/.gitlab-ci.yml")) as unknown as GitLab;

/** What a job runs in its shell. */
export const shellOf = (job: GitHubJob) => job.steps.flatMap(({ run }) => (run === undefined ? [] : [run]));
