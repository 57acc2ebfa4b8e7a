import { execFile, type ExecFileException } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { startSandbox, type Sandbox } from "../../lib/sandbox";
import { filled, github, gitlab, stepsOf, valueOf, type Context } from "../examples/ci";
import { startIssues, type IssueServer } from "../forge/support/issue-server";
import { HEAD, NUMBER, startForge, TOKEN, type ForgeServer } from "../forge/support/forge-server";

// The shell of examples/ci, step by step as the forges run it, on the real cdktf and terraform; the forge is an HTTP
// server that keeps comments, the systems are the sandbox. Left out: `npm ci`, and steps that are actions of the forge.

const root = resolve(__dirname, "../..");
const STACK = "outbound-sandbox";

let sandbox: Sandbox;
let forge: ForgeServer;
let issues: IssueServer;
let project: string;

beforeEach(async () => {
  [sandbox, forge, issues] = await Promise.all([startSandbox(), startForge(), startIssues()]);
  project = mkdtempSync(join(tmpdir(), "outbound-pipeline-"));
  const event = { pull_request: { number: NUMBER, head: { sha: HEAD } } };
  writeFileSync(join(project, "event.json"), JSON.stringify(event));
  // A checkout as a runner has it after `npm ci`, without copying it.
  for (const name of ["package.json", "cdktf.json", "tsconfig.json", "node_modules", "bin", "dist", "lib", "stacks"]) {
    symlinkSync(join(root, name), join(project, name));
  }
});
afterEach(async () => {
  rmSync(project, { recursive: true, force: true });
  await Promise.all([sandbox.close(), forge.close(), issues.close()]);
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
    GITHUB_OUTPUT: join(project, "outputs"),
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
  GITHUB_REF: `refs/pull/${NUMBER}/merge`,
  GITHUB_EVENT_PATH: join(project, "event.json"),
});

/** Runs a job's steps: those whose condition holds; after a failed one only those that say so. */
async function runGitHub(name: string, { repair = false } = {}): Promise<Record<string, Run>> {
  const workflow = github();
  const context: Context = {
    inputs: { repair },
    env: { ...workflow.env, STACK },
    steps: { artifact: { outputs: { "artifact-url": "https://github.com/acme/alerts/actions/runs/1/artifacts/2" } } },
    github: { token: TOKEN },
    hashFiles: (file) => (existsSync(join(project, file)) ? "a hash" : ""),
  };
  const runs: Record<string, Run> = {};
  const borne = new Set<string>();
  for (const { step, context: known } of stepsOf(workflow.jobs[name]!, context)) {
    if (step.run === undefined || step.run === "npm ci") continue;
    const failed = Object.entries(runs).some(([name, { exitCode }]) => exitCode !== 0 && !borne.has(name));
    const condition = step.if ?? "true";
    if (failed && !condition.includes("!cancelled()")) continue;
    if (!valueOf(condition, known)) continue;
    const env = Object.entries(step.env ?? {}).map(([variable, value]) => [variable, filled(value, known)]);
    const { GITHUB_TOKEN: _, ...others } = GITHUB();
    if (step["continue-on-error"] === true) borne.add(step.name ?? step.run);
    // The issues are another server's here: both are the forge's.
    const api = name === "reconcile" ? { GITHUB_API_URL: issues.url } : {};
    runs[step.name ?? step.run] = await shell(step.run, { ...others, ...api, ...Object.fromEntries(env) });
  }
  return runs;
}

/** `before_script` and `script` are one shell; the files of the checkout are the artifacts too. */
function runGitLab(name: string): Promise<Run> {
  const job = gitlab()[`alert-mail-${name}`]!;
  const lines = [...job.before_script, ...job.script].filter((line) => line !== "npm ci");
  return shell(lines.join("\n"), {
    ...job.variables,
    STACK,
    OUTBOUND_ENVIRONMENT: "sandbox",
    GITLAB_CI: "true",
    CI_API_V4_URL: forge.url,
    CI_PROJECT_ID: "7",
    CI_MERGE_REQUEST_IID: String(NUMBER),
    // That of the merge request's pipeline; the job on main has another one, which the forge leads back to it.
    CI_COMMIT_SHA: name === "review" ? HEAD : "0123456789abcdef0123456789abcdef01234567",
    GITLAB_TOKEN: TOKEN,
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
  expectSteps(review, { Synth: 0, "Look at the systems": 0, Review: 0, Summary: 0, Comment: 0 });
  expect(review["Look at the systems"]!.output).toContain("OVHcloud API");
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
  expectSteps(apply, { Synth: 0, "Apply what was reviewed": 0, "What the test mail proved": 0 });
  expect(sandbox.network.list()).toHaveLength(1);
  expect(sandbox.inbox.messages.length).toBeGreaterThan(0);
  expect(apply["What the test mail proved"]!.output).toContain("took the message");

  const inSync = await runGitHub("reconcile");
  expectSteps(inSync, { Synth: 0, "Detect drift": 0, "Drift in the summary": 0 });

  const [flow] = sandbox.network.list();
  await sandbox.intervene("ovh", "close-flow", { service: flow!.platform, ip: flow!.ip, port: flow!.port });
  const drift = await runGitHub("reconcile");
  expectSteps(drift, { Synth: 0, "Detect drift": 2, "Drift in the summary": 0 });
  expect(issues.issues.map(({ isOpen }) => isOpen)).toEqual([true]);
  const repaired = await runGitHub("reconcile", { repair: true });
  expectSteps(repaired, { Synth: 0, "Detect drift": 0, "Drift in the summary": 0, Repair: 0 });
  expect(sandbox.network.list()).toHaveLength(1);
  await runGitHub("reconcile");
  expect(issues.issues.map(({ isOpen }) => isOpen)).toEqual([false]);
}, 600_000);

it("GitLab: reviewed in a note, applied as reviewed, drift told by its exit code", async () => {
  const review = await runGitLab("review");
  expectSteps({ review }, { review: 0 });
  expect(review.output).toContain("OVHcloud API");
  expect(review.output).not.toContain("a system is not as expected");
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
}, 600_000);

it("refuses what nobody has reviewed", async () => {
  const runs = await runGitHub("apply");
  expectSteps(runs, { Synth: 0, "Apply what was reviewed": 1 });
  expect(runs["Apply what was reviewed"]!.output).toContain("was not reviewed");
  expect(sandbox.network.list()).toEqual([]);
}, 200_000);

it("refuses a plan that is not the one in the review", async () => {
  const hash = `sha256:${"0".repeat(64)}`;
  const agreed = `<!-- outbound-review {"stack":"${STACK}","hash":"${hash}","truncated":false,"commit":"${HEAD}"} -->\n`;
  forge.comments.push({ id: 1, author: "github-actions[bot]", body: agreed });
  const runs = await runGitHub("apply");
  expectSteps(runs, { Synth: 0, "Apply what was reviewed": 1 });
  expect(runs["Apply what was reviewed"]!.output).toContain("review/another-plan");
  expect(sandbox.network.list()).toEqual([]);
}, 200_000);

it("GitLab: what cannot be planned takes the place of the review that stood there", async () => {
  const old = `<!-- outbound-review {"stack":"${STACK}","hash":"sha256:${"0".repeat(64)}","truncated":false} -->\nfine`;
  forge.comments.push({ id: 1, author: "review-bot", body: old });
  rmSync(join(project, "stacks"));
  const review = await runGitLab("review");
  expect(review.exitCode).toBe(1);
  expect(forge.comments).toHaveLength(1);
  expect(forge.comments[0]!.body).toContain(`## ❌ ${STACK}: could not plan: `);
  expect(forge.comments[0]!.body).toContain(HEAD);
  const apply = await runGitLab("apply").catch(() => undefined);
  expect(apply?.exitCode).not.toBe(0);
}, 200_000);
