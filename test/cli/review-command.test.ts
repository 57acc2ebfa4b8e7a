import { execFileSync, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommandLine } from "../../lib/cli/program";
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
  plan) echo "$@" >> '${at("asked")}'; for a; do case "$a" in -out=*) echo "PK" > "\${a#-out=}" ;; esac; done ;;
  show) cat '${at("plan.json")}' ;;
  apply) echo "$@" >> '${at("asked")}'; [ ! -e '${at("fail")}' ] || { echo "Error: vROps said hunter2-hunter2"; exit 1; }; echo "Apply complete! Resources: 1 added." ;;
esac
`,
  );
  chmodSync(at("terraform"), 0o755);
});
afterEach(() => rmSync(directory, { recursive: true }));

async function outbound(...argv: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runCommandLine(argv, {
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    environment: { PATH: process.env["PATH"], TERRAFORM_BINARY_NAME: at("terraform") },
    homeDirectory: directory,
    workingDirectory: directory,
    nodeVersion: "20.11.0",
    platform: "linux",
    interrupted: new AbortController().signal,
  });
  return { code, out: out.join("\n"), err: err.join("\n") };
}

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
