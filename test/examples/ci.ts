import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { parseYaml } from "../support/yaml";

/** The pipelines of examples/ci, the action and the component that they use, as data. */

export const root = join(__dirname, "../..");
export const folder = join(root, "examples/ci");
/** How a workflow names the action: the package as npm has installed it. */
export const ACTION = "./node_modules/cdktf-provider-outbound";

export interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly run?: string;
  readonly if?: string;
  readonly "continue-on-error"?: boolean;
}

export interface GitHubJob {
  readonly if: string;
  readonly environment: string;
  readonly concurrency: { readonly group: string; readonly "cancel-in-progress": boolean };
  readonly permissions?: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

export interface Action {
  readonly inputs: Readonly<Record<string, { readonly required?: boolean; readonly default?: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

export interface GitLabJob {
  readonly stage: string;
  readonly before_script: readonly string[];
  readonly script: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  readonly rules: readonly { readonly if: string; readonly when?: string }[];
  readonly resource_group?: string;
  readonly cache?: unknown;
  readonly allow_failure?: { readonly exit_codes: readonly number[] };
  readonly artifacts?: { readonly paths: readonly string[]; readonly reports: Readonly<Record<string, string>> };
}

export const source = (path: string) => readFileSync(join(folder, path), "utf8");
export const actionSource = () => readFileSync(join(root, "action.yml"), "utf8");
export const COMPONENT = join(root, "templates/alert-mail/template.yml");

export interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, GitHubJob>>;
}
export const github = (path = "github/alert-mail.yml") => parseYaml(source(path)) as Workflow;
export const action = () => parseYaml(actionSource()) as Action;

/** The pipeline of GitLab as gitlab-ci-local puts it together, its component filled in. */
export const gitlabCommand = join(root, "node_modules/gitlab-ci-local/src/index.js");
let filledIn: Readonly<Record<string, GitLabJob>> | undefined;
export function gitlab(): Readonly<Record<string, GitLabJob>> {
  if (filledIn !== undefined) return filledIn;
  const project = gitlabProject(".gitlab-ci.yml");
  try {
    const text = execFileSync(process.execPath, [gitlabCommand, "--preview"], {
      cwd: project,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    return (filledIn = parseYaml(text) as Readonly<Record<string, GitLabJob>>);
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
}

/** A checkout with one of the pipelines of GitLab and the component beside it. */
export function gitlabProject(pipeline: string): string {
  const project = mkdtempSync(join(tmpdir(), "outbound-ci-"));
  // It reads the project's name from Git.
  for (const args of [
    ["init", "-q"],
    ["remote", "add", "origin", "https://gitlab.example.com/acme/alerts.git"],
  ])
    execFileSync("git", args, { cwd: project });
  mkdirSync(join(project, "ci"));
  copyFileSync(COMPONENT, join(project, "ci/alert-mail.yml"));
  copyFileSync(join(folder, "gitlab", pipeline), join(project, ".gitlab-ci.yml"));
  return project;
}

/** What a job runs in its shell, by itself and by the action. */
export const shellOf = (job: GitHubJob) =>
  job.steps.flatMap(({ run, uses }) =>
    run !== undefined ? [run] : uses === ACTION ? action().runs.steps.flatMap((step) => step.run ?? []) : [],
  );

/** What expressions of GitHub can name. */
export interface Context {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string>>;
  readonly steps: Readonly<Record<string, unknown>>;
  readonly github: Readonly<Record<string, unknown>>;
  readonly hashFiles: (file: string) => string;
}

/** The value of an expression as GitHub writes it: its operators are those of JavaScript, its names may have hyphens. */
export function valueOf(expression: string, context: Context): unknown {
  const script = expression
    .replace(/^\s*\$\{\{([^]*)\}\}\s*$/, "$1")
    .replace(/\b(inputs|env|steps|github)((?:\.[\w-]+)+)/g, (_, name: string, path: string) =>
      [
        name,
        ...path
          .slice(1)
          .split(".")
          .map((part) => `?.[${JSON.stringify(part)}]`),
      ].join(""),
    );
  return runInNewContext(script, { ...context, cancelled: () => false }) as unknown;
}

/** A text with its expressions filled in. */
export const filled = (text: string, context: Context) =>
  text.replace(/\$\{\{(.*?)\}\}/g, (_, expression: string) => String(valueOf(expression, context) ?? ""));

/** The steps of a job in order, those of the action in its place, each with what its expressions name. */
export function stepsOf(
  job: GitHubJob,
  context: Context,
): readonly { readonly step: Step; readonly context: Context }[] {
  return job.steps.flatMap((step) => {
    if (step.uses !== ACTION) return [{ step, context }];
    const { inputs, runs } = action();
    const given = Object.entries({
      ...Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, input.default ?? ""])),
      ...step.with,
    }).map(([name, value]) => [name, filled(String(value), context)]);
    const inside = { ...context, inputs: Object.fromEntries(given) as Record<string, string> };
    return runs.steps.map((one) => ({ step: one, context: inside }));
  });
}
