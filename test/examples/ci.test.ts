import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { github, gitlab, shellOf, source, type GitHubJob } from "./ci";

const root = join(__dirname, "../..");
const jobs = () => Object.entries(github().jobs);
const everyShell = () => [
  ...jobs().flatMap(([name, job]) => shellOf(job).map((text) => ({ where: `github ${name}`, text }))),
  ...["review", "apply", "reconcile", "repair"].map((name) => ({
    where: `gitlab ${name}`,
    text: gitlab()[name]!.script.join("\n"),
  })),
];

describe("the pipelines of examples/ci", () => {
  it("are shell that bash can read", () => {
    expect(everyShell().length).toBeGreaterThan(10);
    for (const { text } of everyShell()) {
      expect(() => execFileSync("bash", ["-n"], { input: text, stdio: ["pipe", "ignore", "pipe"] })).not.toThrow();
    }
  });

  it("put nothing of a pull request into the shell: its title could be a command", () => {
    for (const { where, text } of everyShell())
      expect({ where, has: text.includes("${{") }).toEqual({ where, has: false });
  });

  it("never upload a plan or a state, which hold secrets in the clear", () => {
    const uploads = [
      ...jobs().flatMap(([, { steps }]) => steps.map((step) => String(step.with?.["path"] ?? ""))),
      ...["review", "apply", "reconcile", "repair"].flatMap((name) => gitlab()[name]!.artifacts?.paths ?? []),
    ].join("\n");
    expect(uploads).toContain("review.html");
    expect(uploads).not.toMatch(/plan|tfstate|cdktf\.out/);
  });

  it("write one after the other", () => {
    const { apply, reconcile } = github().jobs;
    expect(apply!.concurrency).toEqual(reconcile!.concurrency);
    expect(apply!.concurrency["cancel-in-progress"]).toBe(false);
    const groups = ["apply", "reconcile", "repair"].map((name) => gitlab()[name]!.resource_group);
    expect(new Set(groups)).toEqual(new Set(["alert-mail"]));
  });

  it("review only what may have secrets, with a token that cannot write code", () => {
    const { review } = github().jobs;
    expect(review!.if).toContain("head.repo.full_name == github.repository");
    expect(review!.permissions).toEqual({ contents: "read", "pull-requests": "write", "security-events": "write" });
  });

  it("let drift be a warning where a person then starts the repair", () => {
    expect(gitlab()["reconcile"]!.allow_failure).toEqual({ exit_codes: [2] });
    expect(gitlab()["repair"]!.rules[0]).toMatchObject({ when: "manual" });
  });

  it("give every job the same way to the systems", () => {
    const [first, ...others] = jobs().map(([, job]: [string, GitHubJob]) => job.env);
    expect(Object.keys(first!)).toEqual(expect.arrayContaining(["OVH_ENDPOINT", "VROPS_URL", "SMTP_PASSWORD"]));
    for (const other of others) expect(other).toEqual(first);
  });
});

// GitHub's own parser comes as modules for bundlers only, so it is bundled first.
const parser = join(root, "node_modules/@actions/workflow-parser");
(existsSync(parser) ? describe : describe.skip)("GitHub's own parser (@actions/workflow-parser)", () => {
  let bundle: string;
  beforeAll(async () => {
    const { build } = await import("esbuild");
    bundle = mkdtempSync(join(tmpdir(), "outbound-ci-"));
    const contents = `
      import { readFileSync } from "node:fs";
      import { parseWorkflow, convertWorkflowTemplate, NoOperationTraceWriter } from "@actions/workflow-parser";
      const content = readFileSync(0, "utf8");
      const { context, value } = parseWorkflow({ name: "workflow.yml", content }, new NoOperationTraceWriter());
      const template = value && (await convertWorkflowTemplate(context, value));
      const errors = [...context.errors.getErrors(), ...(template?.errors ?? [])].map(String);
      console.log(JSON.stringify({ errors, jobs: template?.jobs?.length }));`;
    const banner = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";
    await build({
      stdin: { contents, resolveDir: root },
      bundle: true,
      platform: "node",
      format: "esm",
      banner: { js: banner },
      outfile: join(bundle, "lint.mjs"),
      logLevel: "error",
    });
  });
  afterAll(() => rmSync(bundle, { recursive: true, force: true }));

  const lint = (input: string) =>
    JSON.parse(execFileSync(process.execPath, [join(bundle, "lint.mjs")], { input, encoding: "utf8" })) as {
      errors: string[];
    };

  it("finds nothing wrong", () => {
    expect(lint(source("github/alert-mail.yml"))).toEqual({ errors: [], jobs: 3 });
  });

  it("would find a misspelt key", () => {
    expect(lint(source("github/alert-mail.yml").replace("timeout-minutes:", "timeout_minutes:")).errors).not.toEqual(
      [],
    );
  });
});

// GitLab's schema comes with gitlab-ci-local.
const gitlabLint = join(root, "node_modules/gitlab-ci-local/src/index.js");
(existsSync(gitlabLint) ? describe : describe.skip)("GitLab's schema (gitlab-ci-local)", () => {
  let project: string;
  beforeEach(() => {
    project = mkdtempSync(join(tmpdir(), "outbound-ci-"));
    // It reads the project's name from Git.
    for (const args of [
      ["init", "-q"],
      ["remote", "add", "origin", "https://gitlab.example.com/acme/alerts.git"],
    ])
      execFileSync("git", args, { cwd: project });
  });
  afterEach(() => rmSync(project, { recursive: true, force: true }));

  function lint(text: string): string {
    writeFileSync(join(project, ".gitlab-ci.yml"), text);
    const args = [gitlabLint, "--list", "--variable", "CI_PIPELINE_SOURCE=schedule"];
    const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: project, encoding: "utf8" });
    return `${stdout}${stderr}`;
  }

  it("takes the pipeline", () => {
    const said = lint(source("gitlab/.gitlab-ci.yml"));
    expect(said).toContain("json schema validated");
    expect(said).not.toContain("Invalid");
  });

  it("would refuse a misspelt key", () => {
    expect(lint(source("gitlab/.gitlab-ci.yml").replaceAll("resource_group:", "resource_grop:"))).toContain("Invalid");
  });
});
