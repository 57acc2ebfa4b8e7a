import { execFile, type ExecFileException } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { startSandbox, type Sandbox } from "../../lib/sandbox";
import { folder, github, gitlab, type GitHubJob } from "../examples/ci";
import { NUMBER, startForge, TOKEN, type Forge } from "./support/forge";

// The shell of examples/ci, step by step as the forges run it, on the real cdktf and terraform; the forge is an HTTP
// server that keeps comments, the systems are the sandbox. Left out: `npm ci`, and steps that are actions of the forge.

const root = resolve(__dirname, "../..");
const STACK = "outbound-sandbox";

let sandbox: Sandbox;
let forge: Forge;
let project: string;

beforeEach(async () => {
  [sandbox, forge] = await Promise.all([startSandbox(), startForge()]);
  project = mkdtempSync(join(tmpdir(), "outbound-pipeline-"));
  // A checkout as a runner has it after `npm ci`, without copying it.
  for (const name of ["package.json", "cdktf.json", "tsconfig.json", "node_modules", "bin", "dist", "lib", "stacks"]) {
    symlinkSync(join(root, name), join(project, name));
  }
  mkdirSync(join(project, "ci"));
  symlinkSync(join(folder, "forge.mjs"), join(project, "ci/forge.mjs"));
});
afterEach(async () => {
  rmSync(project, { recursive: true, force: true });
  await Promise.all([sandbox.close(), forge.close()]);
});

interface Run {
  readonly exitCode: number;
  readonly output: string;
}

function shell(script: string, variables: Readonly<Record<string, string>>): Promise<Run> {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(TF_|CDKTF_|GITHUB_|GITLAB_|CI)/.test(name));
  const env = {
    ...Object.fromEntries(inherited),
    ...sandbox.environment(),
    OUTBOUND_ENVIRONMENT: "sandbox",
    STACK,
    CHECKPOINT_DISABLE: "1",
    TF_IN_AUTOMATION: "1",
    GITHUB_STEP_SUMMARY: join(project, "summary.md"),
    ...variables,
  };
  return new Promise((done) =>
    // As `shell: bash` of GitHub says.
    execFile(
      "bash",
      ["--noprofile", "--norc", "-eo", "pipefail", "-c", script],
      { cwd: project, env, maxBuffer: 1 << 26 },
      (error: ExecFileException | null, out, err) =>
        done({ exitCode: error === null ? 0 : Number(error.code ?? 1), output: `${out}\n${err}` }),
    ),
  );
}

const GITHUB = () => ({
  GITHUB_ACTIONS: "true",
  GITHUB_API_URL: forge.url,
  GITHUB_REPOSITORY: "acme/alerts",
  GITHUB_SHA: "0123456789abcdef",
  GITHUB_TOKEN: TOKEN,
  PULL_REQUEST: String(NUMBER),
});

/** Runs a job's steps, honouring those conditions that decide here: a step after a failed one runs only if it says so. */
async function runGitHub(name: string, inputs: { repair?: boolean } = {}): Promise<Record<string, Run>> {
  const job: GitHubJob = github().jobs[name]!;
  const runs: Record<string, Run> = {};
  for (const step of job.steps) {
    if (step.run === undefined || step.run === "npm ci") continue;
    const failed = Object.values(runs).some(({ exitCode }) => exitCode !== 0);
    const condition = step.if ?? "";
    if (failed && !condition.includes("!cancelled()")) continue;
    const file = /hashFiles\('([^']+)'\) != ''/.exec(condition)?.[1];
    if (file !== undefined && !existsSync(join(project, file))) continue;
    if (condition.includes("inputs.repair") && inputs.repair !== true) continue;
    runs[step.name ?? step.run] = await shell(step.run, GITHUB());
  }
  return runs;
}

/** `before_script` and `script` are one shell; the files of the checkout are the artifacts too. */
function runGitLab(name: string): Promise<Run> {
  const lines = [...gitlab().default.before_script, ...gitlab()[name]!.script].filter((line) => line !== "npm ci");
  return shell(lines.join("\n"), {
    GITLAB_CI: "true",
    CI_API_V4_URL: forge.url,
    CI_PROJECT_ID: "7",
    CI_MERGE_REQUEST_IID: String(NUMBER),
    CI_COMMIT_SHA: "0123456789abcdef",
    REVIEW_TOKEN: TOKEN,
  });
}

/** Compares the steps that ran and their exit codes; what they printed is shown when these are others. */
function expectSteps(runs: Record<string, Run>, expected: Record<string, number>): void {
  const codes = Object.fromEntries(Object.entries(runs).map(([step, { exitCode }]) => [step, exitCode]));
  const printed = Object.entries(runs).map(([step, { output }]) => `== ${step}\n${output}`);
  const asExpected = JSON.stringify(codes) === JSON.stringify(expected);
  expect({ codes, printed: asExpected ? [] : printed }).toEqual({ codes: expected, printed: [] });
}

it("GitHub: reviewed in a comment, applied as reviewed, kept in sync", async () => {
  // Somebody else has put a review's header into a comment of theirs.
  const forged = `<!-- outbound-review {"stack":"${STACK}","hash":"sha256:0","truncated":false} -->\nfine, go on`;
  forge.comments.push({ id: 1, author: "mallory", body: forged });

  const review = await runGitHub("review");
  expectSteps(review, { Synth: 0, Review: 0, Summary: 0, Comment: 0 });
  expect(forge.comments).toHaveLength(2);
  const { author, body } = forge.comments[1]!;
  expect(author).toBe("github-actions[bot]");
  expect(body).toContain(`<!-- outbound-review {"stack":"${STACK}","hash":"sha256:`);
  expect(body).toContain("🟢 opened");
  // What the stack accepts was written beside it by the synth.
  expect(body).toContain("Acknowledged: The sandbox's SMTP server is on this machine");
  expect(readFileSync(join(project, "summary.md"), "utf8")).toBe(body);
  expect(sandbox.network.list()).toEqual([]);

  // A second push to the pull request updates the comment.
  await runGitHub("review");
  expect(forge.comments).toHaveLength(2);

  const apply = await runGitHub("apply");
  expectSteps(apply, { Synth: 0, "Find the review": 0, "Apply what was reviewed": 0, "What the test mail proved": 0 });
  expect(sandbox.network.list()).toHaveLength(1);
  expect(sandbox.inbox.messages.length).toBeGreaterThan(0);
  expect(apply["What the test mail proved"]!.output).toContain("took the message");

  const inSync = await runGitHub("reconcile");
  expectSteps(inSync, { Synth: 0, "Detect drift": 0, Summary: 0 });

  const [flow] = sandbox.network.list();
  await sandbox.intervene("ovh", "close-flow", { service: flow!.platform, ip: flow!.ip, port: flow!.port });
  const drift = await runGitHub("reconcile", { repair: true });
  expectSteps(drift, { Synth: 0, "Detect drift": 2, Summary: 0, Repair: 0 });
  expect(sandbox.network.list()).toHaveLength(1);
  expect(forge.refused).toEqual([]);
}, 400_000);

it("GitLab: reviewed in a note, applied as reviewed, drift told by its exit code", async () => {
  const review = await runGitLab("review");
  expectSteps({ review }, { review: 0 });
  expect(forge.comments.map(({ author }) => author)).toEqual(["review-bot"]);

  const apply = await runGitLab("apply");
  expectSteps({ apply }, { apply: 0 });
  expect(apply.output).toContain("took the message");

  const [flow] = sandbox.network.list();
  await sandbox.intervene("ovh", "close-flow", { service: flow!.platform, ip: flow!.ip, port: flow!.port });
  const drift = await runGitLab("reconcile");
  expectSteps({ drift }, { drift: 2 });
  expectSteps({ repair: await runGitLab("repair") }, { repair: 0 });
  expect(sandbox.network.list()).toHaveLength(1);
}, 400_000);

it("refuses what nobody has reviewed", async () => {
  const runs = await runGitHub("apply");
  expectSteps(runs, { Synth: 0, "Find the review": 0, "Apply what was reviewed": 1 });
  expect(runs["Apply what was reviewed"]!.output).toContain("was not reviewed");
  expect(sandbox.network.list()).toEqual([]);
}, 200_000);

it("refuses a plan that is not the one in the review", async () => {
  const agreed = `<!-- outbound-review {"stack":"${STACK}","hash":"sha256:${"0".repeat(64)}","truncated":false} -->\n`;
  forge.comments.push({ id: 1, author: "github-actions[bot]", body: agreed });
  const runs = await runGitHub("apply");
  expectSteps(runs, { Synth: 0, "Find the review": 0, "Apply what was reviewed": 1 });
  expect(runs["Apply what was reviewed"]!.output).toContain("review/another-plan");
  expect(sandbox.network.list()).toEqual([]);
}, 200_000);
