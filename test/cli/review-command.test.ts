import { execFileSync, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommandLine } from "../../lib/cli/program";
import { GITHUB_BOT, GITLAB_BOT, HEAD, startForge, TOKEN, type ForgeServer } from "../forge/support/forge-server";
import { FLOW, flow, kept, planJson, plugin, PLUGIN, rule, RULE } from "../review/support/plan-json";

// The commands as a shell calls them; terraform is a script that answers with the plan of the test and notes what it was asked.

let directory: string;
const at = (...path: string[]) => join(directory, ...path);

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "review-command-"));
  mkdirSync(at("cdktf.out/stacks/production/.terraform"), { recursive: true });
  writeFileSync(
    at("cdktf.out/manifest.json"),
    JSON.stringify({
      stacks: {
        production: { workingDirectory: "stacks/production", synthesizedStackPath: "stacks/production/cdk.tf.json" },
      },
    }),
  );
  writeFileSync(at("cdktf.out/stacks/production/cdk.tf.json"), JSON.stringify(stackJson));
  writeFileSync(
    at("terraform"),
    `#!/bin/sh
case "$1" in
  version) echo "Terraform v1.11.4" ;;
  plan) [ ! -e '${at("no-plan")}' ] || { cat '${at("no-plan")}'; exit 1; }; echo "$@" >> '${at("asked")}'; for a; do case "$a" in -out=*) echo "PK" > "\${a#-out=}" ;; esac; done ;;
  show) cat '${at("plan.json")}' ;;
  apply) echo "$@" >> '${at("asked")}'; [ ! -e '${at("fail")}' ] || { echo "Error: vROps said hunter2-hunter2"; exit 1; }; echo "Apply complete! Resources: 1 added." ;;
esac
`,
  );
  chmodSync(at("terraform"), 0o755);
});
afterEach(() => rmSync(directory, { recursive: true }));

let environment: Record<string, string> = {};
let onLine: (line: string) => void = () => undefined;
afterEach(() => {
  environment = {};
  onLine = () => undefined;
});

async function outbound(...argv: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runCommandLine(argv, {
    out: (line) => void out.push(line),
    err: (line) => {
      err.push(line);
      onLine(line);
    },
    environment: { PATH: process.env["PATH"], HOME: directory, TERRAFORM_BINARY_NAME: at("terraform"), ...environment },
    homeDirectory: directory,
    workingDirectory: directory,
    nodeVersion: "20.11.0",
    platform: "linux",
    interrupted: new AbortController().signal,
  });
  return { code, out: out.join("\n"), err: err.join("\n") };
}

const git = (...args: string[]) =>
  execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], { cwd: directory });
const asked = () => (existsSync(at("asked")) ? readFileSync(at("asked"), "utf8") : "");
const planned = (...resources: Parameters<typeof planJson>[0]) =>
  writeFileSync(at("plan.json"), planJson(resources, { variables: { password: { value: "hunter2-hunter2" } } }));

const stackJson = {
  resource: {
    [FLOW]: { smtp: { service_name: "pcc-192-0-2-10", ip: "203.0.113.25", port: 587 } },
    [PLUGIN]: {
      smtp: { name: "Prod SMTP", smtp_host: "203.0.113.25", smtp_port: 587, sender_address: "alerts@example.com" },
    },
    [RULE]: {
      critical: {
        name: "Critical",
        plugin_id: "${outbound_vrops_email_plugin.smtp.id}",
        receivers: ["oncall@example.com"],
        criticalities: ["CRITICAL"],
      },
    },
  },
};
/** The planned changes stay the same. */
function attack(): void {
  const file = at("cdktf.out/stacks/production/cdk.tf.json");
  const stack = JSON.parse(readFileSync(file, "utf8")) as { resource: Record<string, unknown> };
  stack.resource["null_resource"] = { hook: { provisioner: [{ "local-exec": { command: "curl evil" } }] } };
  writeFileSync(file, JSON.stringify(stack));
}
const closing = [{ type: FLOW, before: flow() }, kept(PLUGIN, plugin()), kept(RULE, rule())];

describe("outbound review", () => {
  it.each([
    ["no such plan", ["review", "--plan", "none.json"], "plan/file-missing"],
    ["a truncated plan", ["review", "--plan", "half.json"], "plan/truncated"],
    ["something else", ["review", "--plan", "cdktf.out/manifest.json"], "plan/not-a-plan"],
    ["a directory", ["review", "--plan", "cdktf.out"], "plan/not-json"],
    ["no such stack", ["review", "prodction"], "plan/no-such-stack"],
    ["nothing synthesised", ["review", "--output", "elsewhere"], "plan/not-synthesised"],
  ])("%s is an error and exit code 1", async (_, argv, code) => {
    writeFileSync(at("half.json"), planJson(closing).slice(0, 300));
    const { code: exit, err, out } = await outbound(...argv);
    expect([exit, out]).toEqual([1, ""]);
    expect(err).toContain(`(${code})`);
  });

  it("a wrong option is a usage error", async () => {
    planned(...closing);
    expect((await outbound("review", "--fail-on", "sometimes")).code).toBe(2);
  });

  it("plans the only stack without a prompt, and prints Markdown", async () => {
    planned(...closing);
    const { code, out } = await outbound("review");
    expect(code).toBe(0);
    expect(asked()).toMatch(/^plan -input=false -no-color -out=/);
    expect(out).toContain("## ⛔ production: stops alerts: 1 to destroy");
  });

  it("reads the JSON of a plan where there is no terraform and no stack", async () => {
    planned(...closing);
    rmSync(at("terraform"));
    const { code, out } = await outbound("review", "--plan", "plan.json", "--output", "none");
    expect([code, out.includes("## ⛔ plan: stops alerts")]).toEqual([0, true]);
  });

  it("reads a plan from a pipe, which can be read only once", async () => {
    planned(...closing);
    execFileSync("mkfifo", [at("pipe")]);
    const writer = spawn("sh", ["-c", `cat '${at("plan.json")}' > '${at("pipe")}'`]);
    const { code, err } = await outbound("review", "--plan", "pipe", "--md", "a.md");
    writer.kill();
    expect([code, err]).toEqual([0, expect.stringContaining("stops alerts")]);
  });

  it("lets terraform show a binary plan file, in the stack's directory", async () => {
    planned(...closing);
    writeFileSync(at("saved.plan"), "PK\u0003\u0004");
    expect((await outbound("review", "production", "--plan", "saved.plan")).out).toContain(
      "## ⛔ production: stops alerts",
    );
  });

  it("writes every format at once, and only the verdict to the log", async () => {
    planned(...closing);
    const files = ["a.md", "b.json", "c.html", "d.sarif", "reports/e.xml"];
    const options = ["--md", "--json", "--html", "--sarif", "--junit"].flatMap((option, index) => [
      option,
      files[index]!,
    ]);
    const { code, out, err } = await outbound("review", ...options);
    expect([code, out]).toEqual([0, ""]);
    expect(err).toContain("production: stops alerts");
    for (const file of files) expect(readFileSync(at(file), "utf8").length).toBeGreaterThan(200);
  });

  it("names the system of a vendor's file, and another one is another review", async () => {
    planned(...closing);
    const hash = async () => {
      await outbound("review", "--md", "a.md");
      return /"hash":"([^"]+)"/.exec(readFileSync(at("a.md"), "utf8"))![1];
    };
    const without = await hash();
    writeFileSync(at(".ovh.conf"), "[default]\nendpoint=https://evil.example/1.0\n");
    expect(await hash()).not.toBe(without);
    expect(readFileSync(at("a.md"), "utf8")).toContain('ovh.endpoint in ovh.conf = "https://evil.example/1.0"');
  });

  it("knows no login of a vendor's file in the stack's own folder, but its endpoint", async () => {
    planned(...closing);
    const stack = join(directory, "cdktf.out", "stacks", "production");
    const hash = async (endpoint: string, login: string) => {
      const conf = `[default]\nendpoint=${endpoint}\n[ovh-eu]\nconsumer_key=${login}\n`;
      writeFileSync(join(stack, "ovh.conf"), conf);
      await outbound("review", "--md", "a.md");
      return /"hash":"([^"]+)"/.exec(readFileSync(at("a.md"), "utf8"))![1];
    };
    const reading = await hash("ovh-eu", "of-one-who-reads");
    expect(await hash("ovh-eu", "of-one-who-writes")).toBe(reading);
    expect(await hash("ovh-ca", "of-one-who-reads")).not.toBe(reading);
  });

  it("says where a provisioner runs, in the log too", async () => {
    planned(...closing);
    attack();
    const { err } = await outbound("review", "--md", "a.md");
    expect(err).toContain('no rule can judge null_resource.hook: local-exec: command = "curl evil"');
    const text = readFileSync(at("a.md"), "utf8");
    expect(text.indexOf("curl evil")).toBeGreaterThan(0);
    expect(text.indexOf("curl evil")).toBeLessThan(text.indexOf("What this change stops"));
  });

  describe("names the commit", () => {
    const [A, B, C] = ["a".repeat(40), "b".repeat(40), "c".repeat(40)];
    const commit = async (...argv: string[]) => {
      planned(...closing);
      await outbound("review", "--json", "review.json", ...argv);
      return (JSON.parse(readFileSync(at("review.json"), "utf8")) as { commit: unknown }).commit;
    };

    it("that it is given", async () => {
      environment = { CI_COMMIT_SHA: B };
      expect(await commit("--commit", A)).toBe(A);
    });

    it("that is the head of the pull request, not GitHub's merge of it", async () => {
      writeFileSync(at("event.json"), JSON.stringify({ pull_request: { number: 1, head: { sha: A } } }));
      environment = { GITHUB_SHA: B, GITHUB_EVENT_PATH: at("event.json") };
      expect(await commit()).toBe(A);
      writeFileSync(at("event.json"), "{");
      expect(await commit()).toBe(B);
    });

    it("that is the head of the merge request, not GitLab's merge of it", async () => {
      environment = { CI_COMMIT_SHA: B, CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: C };
      expect(await commit()).toBe(C);
      environment = { CI_COMMIT_SHA: B, CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: "" };
      expect(await commit()).toBe(B);
    });

    it("that git knows, and none where there is no git", async () => {
      expect(await commit()).toBeNull();
      git("init", "-q");
      git("commit", "-q", "--allow-empty", "-m", "first");
      expect(await commit()).toBe(git("rev-parse", "HEAD").toString().trim());
      rmSync(at("review.json"));
      mkdirSync(at("empty"));
      environment = { PATH: at("empty") };
      expect(await commit()).toBeNull();
    });

    it("and refuses what is none", async () => {
      expect((await outbound("review", "--commit", "main")).code).toBe(2);
    });
  });

  describe("of a working tree with changes that are in no commit", () => {
    beforeEach(() => {
      planned(...closing);
      git("init", "-q");
      // What the test itself puts there.
      writeFileSync(at(".gitignore"), "/asked\n/ignored\n");
      git("add", ".");
      git("reset", "-q", "cdktf.out");
      git("commit", "-q", "-m", "first");
    });
    const review = async () => {
      const { err } = await outbound("review", "--md", "out/r.md", "--json", "r.json", "--html", "r.html");
      const texts = ["out/r.md", "r.json", "r.html"].map((name) => readFileSync(at(name), "utf8"));
      const { uncommitted } = JSON.parse(texts[1]!) as { uncommitted: unknown };
      const said = texts.map((text) => text.includes("uncommitted changes"));
      return { err, uncommitted, said };
    };

    it.each<[string, () => void, string]>([
      ["a file that is changed", () => writeFileSync(at("terraform"), "#!/bin/sh\n", { flag: "a" }), "terraform"],
      ["a file that is new", () => writeFileSync(at("main ü\u202e.ts"), ""), "main ü⟨U+202E⟩.ts"],
      ["a file that is staged", () => (writeFileSync(at("b.ts"), ""), git("add", "b.ts")), "b.ts"],
      ["a file that is gone", () => rmSync(at(".gitignore")), ".gitignore"],
    ])("%s: every form says so", async (_, change, name) => {
      change();
      const { err, uncommitted, said } = await review();
      expect([uncommitted, said]).toEqual([true, [true, false, true]]);
      expect(err).toContain("production: with uncommitted changes in ");
      expect(err).toContain(name);
    });

    it.each<[string, () => void]>([
      ["the checkout belongs to another user", () => (environment = { GIT_TEST_ASSUME_DIFFERENT_OWNER: "1" })],
      ["the repository is broken", () => rmSync(at(".git/HEAD"))],
    ])("nobody knows when %s: every form says so", async (_, unanswered) => {
      unanswered();
      const { err, uncommitted, said } = await review();
      expect([uncommitted, said]).toEqual([null, [true, false, true]]);
      expect(err).toContain("production: git did not say whether there are uncommitted changes");
      expect(err).toContain("safe.directory");
    });

    it("what is committed or ignored, and what was synthesised and written, is no change", async () => {
      writeFileSync(at("ignored"), "");
      mkdirSync(at(".npm"));
      writeFileSync(at(".npm/a"), "");
      environment = { npm_config_cache: at(".npm") };
      await review();
      expect(await review()).toMatchObject({ uncommitted: false, said: [false, false, false] });
    });
  });

  describe("what cannot be planned", () => {
    const files = ["--md", "r.md", "--json", "r.json", "--html", "r.html", "--junit", "r.xml", "--sarif", "r.sarif"];
    const commit = "d".repeat(40);
    beforeEach(() => {
      environment = { VROPS_PASSWORD: "hunter2-hunter2" };
      writeFileSync(at("no-plan"), "Error: vROps at hunter2-hunter2 said <b>no</b>\n::error::x\n");
    });

    it("is a review that says so, with its commit and time, and exit code 1", async () => {
      const { code, err } = await outbound("review", ...files, "--commit", commit);
      expect([code, err]).toEqual([1, expect.stringContaining("(plan/terraform-failed)")]);
      const texts = ["r.md", "r.json", "r.html", "r.xml", "r.sarif"].map((name) => readFileSync(at(name), "utf8"));
      for (const text of texts) expect(text).not.toContain("hunter2");
      for (const text of texts.slice(0, 3)) expect(text).toContain(commit);
      for (const text of texts.slice(0, 3)) expect(text).toMatch(/20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d/);
      expect(texts[0]).toContain("## ❌ production: could not plan: ");
      expect(texts[0]).toContain("that of an earlier one no longer counts");
      expect(texts[2]).not.toContain("<b>no");
      expect(texts[3]).toContain('failures="1"');
      expect(JSON.parse(texts[1]!)).toMatchObject({ format: "outbound-not-planned/1", stack: "production", commit });
    });

    it("is no review that anything is applied by", async () => {
      await outbound("review", ...files);
      rmSync(at("no-plan"));
      planned(...closing);
      for (const file of ["r.md", "r.json"]) {
        const { code, err } = await outbound("apply-reviewed", "--review", file);
        expect([code, err]).toEqual([2, expect.stringContaining("(review/not-planned)")]);
      }
      expect(asked()).toBe("");
    });

    it("may be a stack that was not synthesised, when it is named", async () => {
      const options = ["--output", "elsewhere", "--md", "r.md"];
      expect((await outbound("review", "production", ...options)).code).toBe(1);
      expect(readFileSync(at("r.md"), "utf8")).toContain("production: could not plan: ");
      rmSync(at("r.md"));
      expect((await outbound("review", ...options)).code).toBe(1);
      expect(existsSync(at("r.md"))).toBe(false);
    });
  });

  it("lets a pipeline stop by severity", async () => {
    planned(...closing);
    expect((await outbound("review", "--fail-on", "error")).code).toBe(1);
    planned(kept(FLOW, flow({ ip: "198.18.0.1" })));
    expect((await outbound("review", "--fail-on", "error")).code).toBe(0);
  });
});

describe("outbound apply-reviewed", () => {
  const hash = async () => {
    await outbound("review", "--json", "review.json", "--md", "review.md");
    rmSync(at("asked"));
    return (JSON.parse(readFileSync(at("review.json"), "utf8")) as { hash: string }).hash;
  };

  it.each([
    ["nothing to compare with", ["apply-reviewed"], 2],
    ["two reviews", ["apply-reviewed", "--hash", "x", "--review", "y"], 2],
    ["half a hash", ["apply-reviewed", "--hash", "sha256:12"], 2],
    ["no file", ["apply-reviewed", "--review", "none.json"], 2],
    ["another file", ["apply-reviewed", "--review", "plan.json"], 2],
  ])("refuses %s before it plans", async (_, argv, exit) => {
    planned(...closing);
    expect((await outbound(...argv)).code).toBe(exit);
    expect(asked()).toBe("");
  });

  it.each(["--hash", "review.json", "review.md"])("applies the reviewed plan file itself, known by %s", async (by) => {
    planned(...closing);
    const reviewed = await hash();
    const { code, out } = await outbound(
      "apply-reviewed",
      ...(by === "--hash" ? ["--hash", reviewed] : ["--review", by]),
    );
    expect([code, out]).toEqual([0, "Apply complete! Resources: 1 added."]);
    const [plan, apply] = asked().trim().split("\n");
    const file = /-out=(\S+)/.exec(plan!)![1]!;
    expect(apply).toBe(`apply -input=false -no-color ${file}`);
    expect(existsSync(file)).toBe(false);
  });

  it.each(["--hash", "review.json"])("refuses another plan with the difference, known by %s", async (by) => {
    planned(...closing);
    const reviewed = await hash();
    planned(...closing.slice(0, 2), {
      type: RULE,
      before: rule(),
      after: rule({ receivers: ["stranger@example.net"] }),
    });
    const { code, err } = await outbound(
      "apply-reviewed",
      ...(by === "--hash" ? ["--hash", reviewed] : ["--review", by]),
    );
    expect(code).toBe(1);
    expect(err).toContain("review/another-plan");
    expect(err).toContain("stranger@example.net");
    expect(asked()).not.toContain("apply");
  });

  it.each(["--hash", "review.json", "review.md"])(
    "refuses the reviewed changes with a provisioner that nobody saw, known by %s",
    async (by) => {
      planned(...closing);
      const reviewed = await hash();
      attack();
      const { code, err } = await outbound(
        "apply-reviewed",
        ...(by === "--hash" ? ["--hash", reviewed] : ["--review", by]),
      );
      expect([code, err]).toEqual([1, expect.stringContaining("review/another-plan")]);
      expect(err).toContain("null_resource.hook: local-exec\n");
      expect(err).toContain('command = "curl evil"');
      expect(asked()).not.toContain("apply");
    },
  );

  it("refuses options for terraform and systems that the environment has changed", async () => {
    planned(...closing);
    const reviewed = await hash();
    for (const [name, value] of Object.entries({
      TF_CLI_ARGS_apply: "-lock=false",
      VROPS_URL: "https://evil.example",
    })) {
      environment = { [name]: value };
      const { err } = await outbound("apply-reviewed", "--review", "review.json");
      expect(err).toContain(`not reviewed: ${name === "VROPS_URL" ? "endpoint" : "command-line"} ${name}`);
    }
    environment = { VROPS_USERNAME: "writer", VROPS_PASSWORD: "another-one" };
    expect((await outbound("apply-reviewed", "--hash", reviewed)).code).toBe(0);
  });

  it("refuses the review of a plan alone, which saw no stack", async () => {
    planned(...closing);
    await outbound(
      "review",
      "production",
      "--plan",
      "plan.json",
      "--output",
      "none",
      "--json",
      "a.json",
      "--md",
      "a.md",
    );
    for (const file of ["a.json", "a.md"]) {
      const { code, err } = await outbound("apply-reviewed", "--review", file);
      expect([code, err]).toEqual([1, expect.stringContaining("(review/bound-to-plan-alone)")]);
    }
    expect(asked()).toBe("");
  });

  it("refuses what changes between the comparison and the apply", async () => {
    planned(...closing);
    const reviewed = await hash();
    onLine = (line) => {
      if (line.includes("Applying")) writeFileSync(at("cdktf.out/stacks/production/module.tf"), "# exchanged");
    };
    const { code, err } = await outbound("apply-reviewed", "--hash", reviewed);
    expect([code, err]).toEqual([1, expect.stringContaining("(review/changed-meanwhile)")]);
    expect(err).toContain("not reviewed: file module.tf");
    expect(asked()).not.toContain("apply");
  });

  describe.each(["GitHub", "GitLab"])("--merged, on %s", (name) => {
    let forge: ForgeServer;
    beforeEach(async () => {
      forge = await startForge();
      environment =
        name === "GitHub"
          ? {
              GITHUB_API_URL: forge.url,
              GITHUB_REPOSITORY: "acme/alerts",
              GITHUB_SHA: "5".repeat(40),
              GITHUB_TOKEN: TOKEN,
            }
          : { CI_API_V4_URL: forge.url, CI_PROJECT_ID: "7", CI_COMMIT_SHA: "5".repeat(40), GITLAB_TOKEN: TOKEN };
    });
    afterEach(() => forge.close());

    /** What the job of the request has done: a review of a commit, as comment and as file. */
    async function reviewedAt(commit: string) {
      planned(...closing);
      await outbound("review", "--commit", commit, "--json", "review.json", "--md", "review.md");
      const author = name === "GitHub" ? GITHUB_BOT : GITLAB_BOT;
      forge.comments.push({ id: 1, author, body: readFileSync(at("review.md"), "utf8") });
      rmSync(at("asked"));
    }

    it.each([
      ["the comment", []],
      ["a file", ["--review", "review.json"]],
    ])("applies the review of the head that was merged, though a squash left it on no branch: %s", async (_, more) => {
      await reviewedAt(HEAD);
      if (more.length > 0) forge.comments.length = 0;
      const { code, err } = await outbound("apply-reviewed", "--merged", ...more);
      expect([code, err]).toEqual([0, expect.stringContaining(`at ${HEAD}`)]);
      expect(asked()).toContain("apply");
    });

    it.each([
      ["the comment", []],
      ["a file", ["--review", "review.json"]],
    ])("refuses the review of an earlier commit, which stands there still: %s", async (_, more) => {
      await reviewedAt("e".repeat(40));
      const { code, err } = await outbound("apply-reviewed", "--merged", ...more);
      expect([code, err]).toEqual([1, expect.stringContaining("(review/another-commit)")]);
      expect(err).toContain(HEAD);
      expect(asked()).toBe("");
    });

    it.each([
      ["the comment", []],
      ["a file", ["--review", "review.json"]],
    ])("refuses the review of what was in no commit: %s", async (_, more) => {
      git("init", "-q");
      await reviewedAt(HEAD);
      const { code, err } = await outbound("apply-reviewed", "--merged", ...more);
      expect([code, err]).toEqual([1, expect.stringContaining("(review/uncommitted)")]);
      expect(asked()).toBe("");
    });

    it("refuses the review of which nobody knows whether it was of a commit", async () => {
      mkdirSync(at(".git"));
      await reviewedAt(HEAD);
      const { code, err } = await outbound("apply-reviewed", "--merged", "--review", "review.json");
      expect([code, err]).toEqual([1, expect.stringContaining("(review/unknown-changes)")]);
      expect(asked()).toBe("");
    });

    it("refuses where the last commit could not be planned", async () => {
      await reviewedAt(HEAD);
      writeFileSync(at("no-plan"), "Error: no\n");
      await outbound("review", "--commit", HEAD, "--md", "review.md");
      forge.comments[0]!.body = readFileSync(at("review.md"), "utf8");
      const { code, err } = await outbound("apply-reviewed", "--merged");
      expect([code, err]).toEqual([1, expect.stringContaining("(review/not-planned)")]);
    });

    it("a file counts for nothing where the commit was merged by no request", async () => {
      await reviewedAt(HEAD);
      forge.merged = undefined;
      const { code, err } = await outbound("apply-reviewed", "--merged", "--review", "review.json");
      expect([code, err]).toEqual([1, expect.stringContaining("(review/not-reviewed)")]);
      expect(asked()).not.toContain("apply");
    });
  });

  it("refuses the review of another stack", async () => {
    planned(...closing);
    await hash();
    const review = readFileSync(at("review.json"), "utf8").replace('"stack": "production"', '"stack": "staging"');
    writeFileSync(at("review.json"), review);
    expect((await outbound("apply-reviewed", "production", "--review", "review.json")).err).toContain(
      "review/other-stack",
    );
  });

  it("has nothing to do when what was reviewed is there already", async () => {
    planned(...closing);
    const reviewed = await hash();
    planned(kept(FLOW, flow()));
    const { code, out } = await outbound("apply-reviewed", "--hash", reviewed);
    expect([code, out]).toEqual([0, "Nothing to apply: the systems are as the code says."]);
    expect(asked()).not.toContain("apply");
  });

  it("says what failed without the secrets of the plan", async () => {
    planned(...closing);
    const reviewed = await hash();
    writeFileSync(at("fail"), "");
    const { code, err } = await outbound("apply-reviewed", "--hash", reviewed);
    expect(code).toBe(1);
    expect(err).toContain("vROps said");
    expect(err).not.toContain("hunter2");
  });
});

describe("outbound routes", () => {
  it.each([
    [["--severity", "CRITCAL"], /CRITICAL \(did you mean that\?\), or one of Info/],
    [["--severity", "warnning"], /WARNING \(did you mean that\?\)/],
    [["--severity", "sunny", "--system", "vrops"], /one of UNKNOWN, NONE, INFORMATION/],
    [["--severity", "Fatl", "--system", "uipath"], /Fatal \(did you mean that\?\)/],
  ])("refuses %j, which no system says", async (options, expected) => {
    const { code, err } = await outbound("routes", ...options);
    expect(code).toBe(2);
    expect(err).toMatch(expected);
  });

  it.each([["critical"], ["Fatal"], ["SEV-1"]])("takes %s, which a system says or may say", async (word) => {
    expect((await outbound("routes", "--severity", word)).code).toBe(0);
  });

  it("answers offline from what was synthesised", async () => {
    rmSync(at("terraform"));
    const { code, out } = await outbound("routes", "--severity", "CRITICAL");
    expect(code).toBe(0);
    expect(out).toContain("Told of CRITICAL alerts:");
    expect(out).toMatch(
      /oncall@example\.com\n {2}.*"Critical" \[CRITICAL\] -> .*"Prod SMTP" by 203\.0\.113\.25:587 \(STARTTLS, without login\) -> flow pcc-192-0-2-10 to 203\.0\.113\.25:587/,
    );
    expect((await outbound("routes", "--severity", "WARNING")).out).toBe("Nobody is told of WARNING alerts.");
  });

  it.each([
    [0, ["--verify", "receiver=ONCALL@example.com"]],
    [1, ["--verify", "receiver=oncall@example.com,boss@example.com"]],
    [1, ["--severity", "WARNING", "--verify", "receiver=oncall@example.com"]],
    [2, ["--verify", "oncall@example.com"]],
    [2, ["--verify", "receiver=oncall@example.com,"]],
    [2, ["--system", "vrop"]],
  ])("exit code %d for %j", async (exit, options) => {
    expect((await outbound("routes", ...options)).code).toBe(exit);
  });

  it("names who is not told, and a receiver whose mail is blocked counts as not told", async () => {
    expect((await outbound("routes", "--verify", "receiver=boss@example.com")).err).toBe("Not told: boss@example.com");
    planned(kept(FLOW, flow({ port: 25 })), kept(PLUGIN, plugin()), kept(RULE, rule()));
    const blocked = await outbound("routes", "--plan", "plan.json", "--verify", "receiver=boss@example.com");
    expect([blocked.code, blocked.err]).toEqual([
      1,
      "Not told: boss@example.com (no flow lets it out to its SMTP server)",
    ]);
  });

  it("prints JSON for machines", async () => {
    expect(JSON.parse((await outbound("routes", "--json")).out).routes).toMatchObject([
      {
        receiver: "oncall@example.com",
        route: `${RULE}.critical`,
        mailer: `${PLUGIN}.smtp`,
        flow: `${FLOW}.smtp`,
        arrives: true,
      },
    ]);
  });
});
