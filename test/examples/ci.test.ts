import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { action, ACTION, actionSource, COMPONENT, github, gitlab, gitlabCommand, gitlabProject } from "./ci";
import { folder, root, shellOf, source, type GitHubJob } from "./ci";
import { parseYaml } from "../support/yaml";

const WORKFLOWS = ["github/alert-mail.yml", "github/alert-mail.opentofu.yml"];
const PIPELINES = [".gitlab-ci.yml", "opentofu.gitlab-ci.yml"];
const JOBS = ["review", "apply", "reconcile", "repair"].map((name) => `alert-mail-${name}`);
const jobs = () => Object.entries(github().jobs);
const everyShell = () => [
  ...jobs().flatMap(([name, job]) => shellOf(job).map((text) => ({ where: `github ${name}`, text }))),
  ...JOBS.map((name) => ({ where: `gitlab ${name}`, text: gitlab()[name]!.script.join("\n") })),
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
    const steps = [...jobs().flatMap(([, { steps }]) => steps), ...action().runs.steps];
    const uploads = [
      ...steps.map((step) => String(step.with?.["path"] ?? "")),
      ...JOBS.flatMap((name) => gitlab()[name]!.artifacts?.paths ?? []),
    ].join("\n");
    expect(uploads).toContain("review.html");
    expect(uploads).not.toMatch(/plan|tfstate|cdktf\.out/);
  });

  it("write one after the other", () => {
    const { apply, reconcile } = github().jobs;
    expect(apply!.concurrency).toEqual(reconcile!.concurrency);
    expect(apply!.concurrency["cancel-in-progress"]).toBe(false);
    const groups = JOBS.slice(1).map((name) => gitlab()[name]!.resource_group);
    expect(new Set(groups)).toEqual(new Set(["alert-mail"]));
  });

  it("review only what may have secrets, with a token that cannot write code", () => {
    const { permissions, jobs } = github();
    expect(jobs["review"]!.if).toContain("head.repo.full_name == github.repository");
    expect(gitlab()["alert-mail-review"]!.rules[0]!.if).toContain(
      "$CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_PROJECT_ID",
    );
    expect([
      permissions,
      jobs["review"]!.permissions,
      jobs["apply"]!.permissions,
      jobs["reconcile"]!.permissions,
    ]).toEqual([
      { contents: "read" },
      { contents: "read", "pull-requests": "write", "security-events": "write" },
      { contents: "read", "pull-requests": "read" },
      { contents: "read", issues: "write" },
    ]);
  });

  it.each([...WORKFLOWS, "action"])(
    "%s takes foreign actions by their commit only, with the version beside it",
    (name) => {
      const text = name === "action" ? actionSource() : source(name);
      const uses = [...text.matchAll(/^[ -]*uses: (\S+)(.*)$/gm)].filter(([, action]) => action !== ACTION);
      expect(uses.length).toBeGreaterThan(1);
      for (const [line] of uses) expect(line).toMatch(/uses: [\w-]+\/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    },
  );

  it("leave no token behind after the checkout, and wait for nobody", () => {
    for (const name of WORKFLOWS) {
      const { env, jobs } = github(name);
      expect(env["TF_INPUT"]).toBe("0");
      for (const { steps } of Object.values(jobs)) {
        expect(steps[0]!.with).toEqual({ "persist-credentials": false });
      }
    }
    for (const name of JOBS) expect(gitlab()[name]!.variables["TF_INPUT"]).toBe("0");
  });

  it("keep what npm has downloaded, by the lock file", () => {
    for (const name of WORKFLOWS) {
      for (const { steps } of Object.values(github(name).jobs)) {
        expect(steps.find(({ uses }) => uses?.startsWith("actions/setup-node@"))!.with).toMatchObject({ cache: "npm" });
      }
    }
    for (const name of JOBS) {
      const { cache, variables } = gitlab()[name]!;
      expect(JSON.stringify(cache)).toContain('"files":["package-lock.json"]');
      expect(JSON.stringify(cache)).toContain('"paths":[".npm/"]');
      expect(variables["npm_config_cache"]).toMatch(/\/\.npm$/);
    }
  });

  it("are explained with pieces that are YAML, one of them for a state without a stored key on each forge", () => {
    const pieces = [...readFileSync(join(folder, "README.md"), "utf8").matchAll(/^```yaml\n([^]*?)^```$/gm)].map(
      ([, text]) => parseYaml(text!),
    );
    expect(pieces.length).toBeGreaterThan(3);
    expect(pieces).toContainEqual(
      expect.objectContaining({
        permissions: { contents: "read", "id-token": "write" },
        env: expect.objectContaining({ ARM_USE_OIDC: "true" }),
      }),
    );
    expect(pieces).toContainEqual(
      expect.objectContaining({
        id_tokens: { STATE_TOKEN: { aud: expect.stringMatching(/^https:/) } },
        // The component's own lines are replaced by these.
        before_script: expect.arrayContaining(["npm ci"]),
      }),
    );
  });

  it("look at the systems before anything is reviewed, without holding it up", () => {
    for (const name of WORKFLOWS) {
      const { steps } = github(name).jobs["review"]!;
      const look = steps.findIndex(({ run }) => run?.includes("doctor --systems"));
      expect(steps[look]).toMatchObject({ "continue-on-error": true });
      expect(look).toBeLessThan(steps.findIndex(({ uses }) => uses === ACTION));
    }
    const { script } = gitlab()["alert-mail-review"]!;
    const look = script.findIndex((line) => line.includes("doctor --systems"));
    expect(script[look]).toMatch(/ \|\| echo "/);
    expect(look).toBeLessThan(script.findIndex((line) => line.includes("outbound review")));
  });

  it("comment what could not be synthesised or planned, in place of the review of an earlier commit", () => {
    for (const name of WORKFLOWS) {
      const { steps } = github(name).jobs["review"]!;
      expect(steps.find(({ uses }) => uses === ACTION)!.if).toBe(
        "${{ !cancelled() && steps.install.outcome == 'success' }}",
      );
      expect(steps.find(({ run }) => run === "npm ci")!.id).toBe("install");
    }
    const comment = action().runs.steps.find(({ name }) => name === "Comment")!;
    expect(comment.if).toContain("!cancelled()");
    const { before_script, script } = gitlab()["alert-mail-review"]!;
    expect(before_script).toEqual(["npm ci"]);
    expect(script.slice(0, 2)).toEqual(["status=0", "npx cdktf synth || status=$?"]);
  });

  it("keep the review as an artifact that is named by the commit it is of", () => {
    const upload = action().runs.steps.find(({ id }) => id === "artifact")!;
    expect(upload.with!["name"]).toContain("github.event.pull_request.head.sha");
    expect(readFileSync(COMPONENT, "utf8")).toContain("name: review-of-$STACK-$CI_COMMIT_SHA");
  });

  it("let drift be a warning where a person then starts the repair", () => {
    expect(gitlab()["alert-mail-reconcile"]!.allow_failure).toEqual({ exit_codes: [2, 5] });
    expect(gitlab()["alert-mail-repair"]!.rules[0]).toMatchObject({ when: "manual" });
  });

  it("give every job the same way to the systems", () => {
    const [first, ...others] = jobs().map(([, job]: [string, GitHubJob]) => job.env);
    expect(Object.keys(first!)).toEqual(expect.arrayContaining(["OVH_ENDPOINT", "VROPS_URL", "SMTP_PASSWORD"]));
    for (const other of others) expect(other).toEqual(first);
  });

  it("are with OpenTofu what they are with Terraform, but for what installs it and its name", () => {
    const [terraform, tofu] = WORKFLOWS.map((name) => github(name));
    const others = ({ steps, ...job }: GitHubJob) => ({ ...job, steps: steps.filter((_, index) => index !== 2) });
    for (const [name, job] of Object.entries(tofu!.jobs)) {
      expect(others(job)).toEqual(others(terraform!.jobs[name]!));
      expect(job.steps[2]!.uses).toMatch(/^opentofu\/setup-opentofu@/);
    }
    expect(tofu!.env).toMatchObject({ TERRAFORM_BINARY_NAME: "tofu", STACK: terraform!.env["STACK"] });
  });

  it("come with the package, as the action and the component that they use", () => {
    const { files } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { files: string[] };
    expect(files).toEqual(expect.arrayContaining(["action.yml", "templates", "examples"]));
  });
});

// GitHub's own parser comes as modules for bundlers only, so it is bundled first.
const parser = join(root, "node_modules/@actions/workflow-parser");
(existsSync(parser) ? describe : describe.skip)("GitHub's own parser (@actions/workflow-parser)", () => {
  let bundle: string;
  beforeAll(async () => {
    const { build } = await import("esbuild");
    bundle = mkdtempSync(join(tmpdir(), "outbound-ci-"));
    // Its reader of actions is in no entry of the package.
    const contents = `
      import { readFileSync } from "node:fs";
      import { parseWorkflow, convertWorkflowTemplate, NoOperationTraceWriter } from "@actions/workflow-parser";
      import { parseAction, convertActionTemplate } from "./node_modules/@actions/workflow-parser/dist/actions/index.js";
      const content = readFileSync(0, "utf8");
      const trace = new NoOperationTraceWriter();
      const isAction = process.argv[2] === "action";
      const file = { name: isAction ? "action.yml" : "workflow.yml", content };
      const { context, value } = isAction ? parseAction(file, trace) : parseWorkflow(file, trace);
      const convert = isAction ? convertActionTemplate : convertWorkflowTemplate;
      const template = value && (await convert(context, value));
      const errors = [...context.errors.getErrors(), ...(template?.errors ?? [])].map(String);
      console.log(JSON.stringify({ errors, jobs: template?.jobs?.length, steps: template?.runs?.steps?.length }));`;
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

  const lint = (input: string, kind: "workflow" | "action" = "workflow") =>
    JSON.parse(execFileSync(process.execPath, [join(bundle, "lint.mjs"), kind], { input, encoding: "utf8" })) as {
      errors: string[];
    };

  it.each(WORKFLOWS)("finds nothing wrong in %s", (name) => {
    expect(lint(source(name))).toEqual({ errors: [], jobs: 3 });
  });

  it("finds nothing wrong in the action", () => {
    expect(lint(actionSource(), "action")).toEqual({ errors: [], steps: action().runs.steps.length });
  });

  it("would find a misspelt key", () => {
    expect(lint(source(WORKFLOWS[0]!).replace("timeout-minutes:", "timeout_minutes:")).errors).not.toEqual([]);
    expect(lint(actionSource().replace("shell: bash", "shel: bash"), "action").errors).not.toEqual([]);
  });
});

// GitLab's schema comes with gitlab-ci-local, which also fills in components.
(existsSync(gitlabCommand) ? describe : describe.skip)("GitLab's schema (gitlab-ci-local)", () => {
  let project: string;
  afterEach(() => rmSync(project, { recursive: true, force: true }));

  function lint(pipeline: string, component: (text: string) => string = (text) => text): string {
    project = gitlabProject(pipeline);
    writeFileSync(join(project, "ci/alert-mail.yml"), component(readFileSync(COMPONENT, "utf8")));
    const args = [gitlabCommand, "--list", "--variable", "CI_PIPELINE_SOURCE=schedule"];
    const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: project, encoding: "utf8" });
    return `${stdout}${stderr}`;
  }

  it.each(PIPELINES)("takes %s", (pipeline) => {
    const said = lint(pipeline);
    expect(said).toContain("json schema validated");
    expect(said).toContain("alert-mail-repair");
    expect(said).not.toContain("Invalid");
  });

  it("would refuse a misspelt key, an input that there is not, and a value that it may not have", () => {
    expect(lint(PIPELINES[0]!, (text) => text.replaceAll("resource_group:", "resource_grop:"))).toContain("Invalid");
    expect(lint(PIPELINES[0]!, (text) => text.replace("inputs.stack ]]", "inputs.stak ]]"))).not.toContain("validated");
    expect(lint(PIPELINES[1]!, (text) => text.replace("[terraform, tofu]", "[terraform]"))).not.toContain("validated");
  });
});
