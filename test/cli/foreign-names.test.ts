import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommandLine } from "../../lib/cli/program";
import {
  findingsToConsole,
  findingsToJUnit,
  findingsToJson,
  findingsToMarkdown,
  findingsToSarif,
} from "../../lib/findings";
import { Redactor } from "../../lib/core/redaction";
import { renderProblem } from "../../lib/core/problem";
import { startSandbox, type Sandbox } from "../../lib/sandbox";
import { diagnosticMessages } from "../../lib/terraform-plugin/diagnostics";
import { createLogger } from "../../lib/terraform-plugin/hclog";
import { FLOW, flow, planJson, plugin, PLUGIN, rule, RULE, type ResourceJson } from "../review/support/plan-json";

/**
 * An attack: names, replies, file names and variables that command terminals and pipelines, hide, or turn text around, planted
 * wherever somebody else may write. No output of any command may pass one on; each shows where they were.
 */
const ACTS =
  "\u001b[2J\u001b]8;;https://evil.example\u0007\r\n::error file=x::pwned\n##[error]##vso[task.complete]\u009b\u0085\u2028";
const HIDES = "\u202egnp.exe\u2066\u200b\u{e0041}\ufeff\u00ad";
const HOSTILE = `Name${HIDES}${ACTS}\nFORGED \`|<img src=x onerror=alert(1)> @everyone`;
/** Where no line break can be planted. */
const ONE_LINE = HOSTILE.replace(/[\r\n]+/g, " ");

/** What the resources let pass: no control characters. */
const DECLARABLE = `Name${HIDES}##[error]##vso[task.complete]\u2028 @everyone`;

/** Controls, formats, lone halves and line separators; ours are the line break and the tab. */
const UNSEEN = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

function expectHarmless(text: string, planted = true): void {
  expect(UNSEEN.exec(text)?.[0].codePointAt(0)?.toString(16)).toBeUndefined();
  expect(text.split("\n").filter((line) => /^\s*::[\w-]+( .*)?::/.test(line))).toEqual([]);
  expect(text.split("\n").filter((line) => /##\w*\[/.test(line))).toEqual([]);
  expect(text.split("\n").filter((line) => line.startsWith("FORGED"))).toEqual([]);
  if (planted) expect(text).toMatch(/⟨U\+202E⟩|\\u202e|#8238;/i);
}

let directory: string;
let sandbox: Sandbox;
const at = (...path: string[]) => join(directory, ...path);

const hostileFlow = flow({ description: HOSTILE });
const hostilePlugin = plugin({ name: HOSTILE, sender_name: HOSTILE, smtp_host: "192.0.2.7", security: "none" });
const hostileRule = rule({
  name: HOSTILE,
  receivers: ["oncall@example.com", `x${HOSTILE}@example.com`],
  resource_kinds: [{ adapter_kind: "VMWARE", resource_kind: HOSTILE }],
});
const changes: ResourceJson[] = [
  { type: FLOW, before: hostileFlow },
  { type: FLOW, name: "new", address: `${FLOW}.new["${HOSTILE}"]`, after: hostileFlow, extra: { index: HOSTILE } },
  { type: PLUGIN, before: plugin(), after: hostilePlugin },
  { type: RULE, before: rule(), after: hostileRule },
  {
    type: "null_resource",
    after: { [HOSTILE]: HOSTILE, triggers: { [HOSTILE]: HOSTILE } },
    extra: { action_reason: HOSTILE },
  },
];
const drift: ResourceJson[] = [{ type: PLUGIN, before: plugin(), after: hostilePlugin }];
const outputs = { [HOSTILE]: { actions: ["create"], before: null, after: HOSTILE } };

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "foreign-names-"));
  const flows = [{ ip: "203.0.113.25", port: 587, description: HOSTILE }];
  sandbox = await startSandbox({ options: { ovh: { services: [{ name: "pcc-192-0-2-10", flows }] } } });
  await plantInVrops();
  mkdirSync(at("cdktf.out/stacks/production/.terraform"), { recursive: true });
  writeFileSync(
    at("cdktf.out/manifest.json"),
    JSON.stringify({
      stacks: {
        production: { workingDirectory: "stacks/production", synthesizedStackPath: "stacks/production/cdk.tf.json" },
      },
    }),
  );
  writeFileSync(at("cdktf.out/stacks/production/cdk.tf.json"), JSON.stringify(stack));
  const drifted = (JSON.parse(planJson(drift)) as { resource_changes: unknown }).resource_changes;
  writeFileSync(at("plan.json"), planJson(changes, { resource_drift: drifted, output_changes: outputs }));
  script("terraform", `echo "Terraform v1.11.4" ;;`);
  writeFileSync(at("words"), `Error: ${HOSTILE}\n`);
});
afterAll(async () => {
  await sandbox.close();
  rmSync(directory, { recursive: true });
});

const stack = {
  resource: {
    [FLOW]: { smtp: { service_name: "pcc-192-0-2-10", ip: "203.0.113.25", port: 587, description: HOSTILE } },
    [PLUGIN]: {
      smtp: { name: HOSTILE, smtp_host: "203.0.113.25", smtp_port: 587, sender_address: "alerts@example.com" },
    },
    [RULE]: {
      critical: {
        name: HOSTILE,
        plugin_id: "${outbound_vrops_email_plugin.smtp.id}",
        receivers: [`x${HOSTILE}@example.com`],
        criticalities: ["CRITICAL"],
      },
    },
  },
};

/** A Terraform that plans what the test has written, and fails to apply in hostile words. */
function script(name: string, version: string): void {
  writeFileSync(
    at(name),
    `#!/bin/sh
case "$1" in
  version) ${version}
  plan) for a; do case "$a" in -out=*) echo "PK" > "\${a#-out=}" ;; esac; done ;;
  show) cat '${at("plan.json")}' ;;
  apply) cat '${at("words")}'; exit 1 ;;
esac
`,
  );
  chmodSync(at(name), 0o755);
}

async function plantInVrops(): Promise<void> {
  const url = `${sandbox.environment()["VROPS_URL"]!}/suite-api/api`;
  const json = { "content-type": "application/json" };
  const { VROPS_USERNAME: username, VROPS_PASSWORD: password } = sandbox.environment();
  const login = await fetch(`${url}/auth/token/acquire`, {
    method: "POST",
    headers: { ...json, accept: "application/json" },
    body: JSON.stringify({ username, password }),
  });
  const { token } = (await login.json()) as { token: string };
  const values = {
    SMTP_HOST: "127.0.0.1",
    SMTP_PORT: "25",
    senderEmailAddress: "a@example.com",
    IS_SECURE_CONNECTION: "false",
  };
  for (const name of [HOSTILE, DECLARABLE]) {
    const made = await fetch(`${url}/alertplugins`, {
      method: "POST",
      headers: { ...json, authorization: `vRealizeOpsToken ${token}` },
      body: JSON.stringify({
        pluginTypeId: "StandardEmailPlugin",
        name,
        configValues: Object.entries(values).map(([name, value]) => ({ name, value })),
      }),
    });
    expect(made.ok).toBe(true);
  }
}

async function outbound(argv: readonly string[], environment: Readonly<Record<string, string>> = {}, input?: string) {
  const written: string[] = [];
  const out: string[] = [];
  const code = await runCommandLine(argv, {
    out: (line) => void (out.push(line), written.push(line)),
    err: (line) => void written.push(line),
    environment: {
      PATH: process.env["PATH"],
      TERRAFORM_BINARY_NAME: at("terraform"),
      ...sandbox.environment(),
      ...environment,
    },
    homeDirectory: directory,
    workingDirectory: directory,
    nodeVersion: process.versions.node,
    platform: process.platform,
    ...(input === undefined ? {} : { input: async () => input }),
    interrupted: new AbortController().signal,
  });
  return { code, out: out.join("\n"), text: written.join("\n") };
}

describe("what a vendor calls its objects", () => {
  it.each([
    ["import --list", ["import", "--list"]],
    ["import --list --json", ["import", "--list", "--json"]],
    ["import, as TypeScript", ["import", "--out", "-"]],
    ["import, as HCL", ["import", "--out", "-", "--hcl"]],
    ...["console", "json", "markdown", "junit"].flatMap((format): [string, string[]][] => [
      [`reconcile, as ${format}`, ["reconcile", "--format", format]],
      [`reconcile of several stacks, as ${format}`, ["reconcile", "prod*", "--format", format]],
    ]),
    ["reconcile repair", ["reconcile", "repair"]],
    ["reconcile repair of several stacks", ["reconcile", "repair", "prod*"]],
    ["watch", ["watch", "--rounds", "1", "--prove", "--history", "h.jsonl"]],
  ])("does nothing in %s", async (_what, argv) => {
    expectHarmless((await outbound(argv)).text);
  });

  it("does nothing in a history, whoever wrote it", async () => {
    const chain = { address: HOSTILE, how: "probe", state: "broken", failedStage: HOSTILE, seconds: 1 };
    const round = {
      format: "outbound-round/1",
      at: "2026-11-29T00:00:00Z",
      stack: HOSTILE,
      verdict: "drift",
      exitCode: 2,
    };
    writeFileSync(at("hostile.jsonl"), JSON.stringify({ ...round, summary: HOSTILE, seconds: 1, chains: [chain] }));
    for (const format of ["table", "json", "html"]) {
      expectHarmless((await outbound(["history", "--history", "hostile.jsonl", "--format", format])).text);
    }
    expectHarmless(readFileSync(at("h.jsonl"), "utf8"), false);
  });

  it("does nothing in files", async () => {
    mkdirSync(at("files"));
    await outbound(["import", "--out", "files/stack.ts"]);
    await outbound(["import", "--hcl", "--out", "files/stack.tf"]);
    await outbound(["reconcile", "--json", "files/r.json", "--markdown", "files/r.md", "--junit", "files/r.xml"]);
    expectFiles("files", 5);
  });
});

function expectFiles(folder: string, count: number): void {
  const names = readdirSync(at(folder));
  expect(names).toHaveLength(count);
  for (const name of names) expectHarmless(readFileSync(at(folder, name), "utf8"));
}

describe("what a plan and a configuration hold", () => {
  it.each([
    ["review", ["review"]],
    ["review of several stacks", ["review", "*"]],
    ["routes", ["routes"]],
    ["routes, as JSON", ["routes", "--json"]],
    ["routes of a plan", ["routes", "--plan", "plan.json"]],
    ["apply-reviewed that meets another plan", ["apply-reviewed", "--hash", `sha256:${"0".repeat(64)}`]],
  ])("does nothing in %s", async (_what, argv) => {
    expectHarmless((await outbound(argv)).text, argv[0] !== "apply-reviewed");
  });

  it.each([
    ["a review", "reviews", []],
    ["a review of several stacks", "fleet", ["produc*"]],
  ])("does nothing in the files of %s, and in what a failed apply says", async (_, folder, names) => {
    const formats = ["md", "json", "html", "sarif", "junit"];
    const files = formats.flatMap((one) => [`--${one}`, `${folder}/x.${one}`]);
    expectHarmless((await outbound(["review", ...names, ...files])).text, false);
    expectFiles(folder, formats.length);
    const { text } = await outbound(["apply-reviewed", "--review", `${folder}/x.json`]);
    expect(text).toContain("terraform apply");
    expectHarmless(text);
  });
});

describe("what a mail server says", () => {
  let server: Server;
  const said = `554-${ONE_LINE}\r\n554 ::error::go\u001b[1m\u202e away\r\n`;
  beforeAll(async () => {
    server = createServer((socket) => void socket.on("error", () => undefined).end(said));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterAll(() => server.close());

  it.each([[[]], [["--json"]], [["--transcript"]], [["--junit", "mail/x.xml", "--transcript", "mail/x.txt"]]])(
    "does nothing in probe and send %j",
    async (more) => {
      mkdirSync(at("mail"), { recursive: true });
      const { port } = server.address() as AddressInfo;
      const target = ["127.0.0.1", "--port", String(port), "--security", "none", "--from", "a@example.com"];
      expectHarmless((await outbound(["probe", ...target, ...more])).text);
      expectHarmless((await outbound(["send", ...target, "--to", "b@example.com", ...more])).text);
      if (more.includes("--junit")) expectFiles("mail", 2);
    },
  );

  it.each([[[]], [["--json"]]])("does nothing in explain %j", async (more) => {
    expectHarmless((await outbound(["explain", ...more], {}, said)).text);
  });
});

describe("what the command line, the environment and files are called", () => {
  it.each([
    [["review", HOSTILE]],
    [["review", "--plan", HOSTILE]],
    [["review", "--fail-on", HOSTILE]],
    [["routes", "--severity", HOSTILE]],
    [["routes", "--verify", `receiver=${HOSTILE}`]],
    [["routes", "--system", HOSTILE]],
    [["reconcile", HOSTILE]],
    [["reconcile", `${HOSTILE}*`]],
    [["reconcile", "--parallelism", HOSTILE]],
    [["reconcile", "repair", "--detection", HOSTILE]],
    [["apply-reviewed", "--review", HOSTILE]],
    [["watch", HOSTILE]],
    [["watch", "--every", HOSTILE]],
    [["watch", "--history", `cdktf.out/manifest.json/${ONE_LINE}`]],
    [["history", "--history", HOSTILE]],
    [["history", "--since", HOSTILE]],
    [["import", "--system", HOSTILE]],
    [["import", "--list", "--ovh-service", HOSTILE]],
    [["import", "--stack", HOSTILE]],
    [["probe", HOSTILE]],
    [["probe", "127.0.0.1", "--from", "a@example.com", "--ca", HOSTILE]],
    [["probe", "127.0.0.1", "--from", "a@example.com", "--dry-run", "--username", HOSTILE]],
    [["explain", HOSTILE]],
    [["sandbox", "--port", HOSTILE]],
    [["sandbox", "--fault", HOSTILE]],
    [["sandbox", "--", ONE_LINE]],
    [["completion", HOSTILE]],
    [[HOSTILE]],
    [["review", `--${HOSTILE}`]],
  ])("does nothing in the answer to %j", async (argv) => {
    const { text } = await outbound(argv);
    expect(text).not.toBe("");
    expectHarmless(text, text.includes("Name"));
  });

  it("does nothing in doctor", async () => {
    script("old", `printf '%s\\n' "Terraform v0.1.0-x$HOSTILE" ;;`);
    for (const name of [at("old"), HOSTILE]) {
      for (const more of [[], ["--json"]]) {
        const { text } = await outbound(["doctor", ...more], { TERRAFORM_BINARY_NAME: name, HOSTILE: ONE_LINE });
        expectHarmless(text, name === HOSTILE);
      }
    }
  });
});

describe("what Terraform is told", () => {
  const problem = {
    code: "lab/hostile",
    severity: "error" as const,
    summary: HOSTILE,
    path: ["config", HOSTILE],
    got: HOSTILE,
    expected: HOSTILE,
    fix: HOSTILE,
    evidence: HOSTILE,
    attachment: HOSTILE.replace("FORGED", "a table"),
  };

  it("does nothing in a diagnostic, nor in the same problem at synth", () => {
    const attributes = { config: { type: "string" as const, presence: "optional" as const, description: "" } };
    const [{ summary, detail }] = diagnosticMessages([problem], attributes as never, new Redactor()) as [
      { summary: string; detail: string },
    ];
    for (const text of [summary, detail, renderProblem(problem)]) expectHarmless(text);
    expect(summary).not.toContain("\n");
  });

  it("does nothing in the log, once Terraform has read the JSON", () => {
    const lines: string[] = [];
    const write = (line: string) => void lines.push(line);
    const log = createLogger({ level: "debug", write, redactor: new Redactor(), now: () => 0, name: "lab" });
    log.debug(HOSTILE, { said: HOSTILE, deep: { list: [HOSTILE] }, error: new Error(HOSTILE) });
    const told = JSON.parse(lines[0]!) as { "@message": string; said: string; deep: { list: string[] }; error: string };
    for (const text of [told["@message"], ...told.deep.list.map(shown), shown(told.said), shown(told.error)]) {
      expectHarmless(text);
    }
  });

  /** Terraform sets the lines of a value in. */
  const shown = (text: string) => text.replace(/^/gm, "  | ");
});

it("does nothing in what findings are written as", () => {
  const finding = {
    severity: "error" as const,
    id: "some-rule",
    path: HOSTILE,
    summary: HOSTILE,
    why: HOSTILE,
    fix: HOSTILE,
    docs: `https://example.com/${HOSTILE}`,
  };
  const accepted = { ...finding, path: "other", acknowledged: { reason: HOSTILE } };
  for (const text of [
    findingsToConsole([finding, accepted]),
    findingsToJson([finding, accepted]),
    findingsToMarkdown([finding, accepted]),
    findingsToSarif([finding, accepted], { version: "1.0.0" }),
    findingsToJUnit([finding, accepted], { suite: HOSTILE, passed: [HOSTILE] }),
  ]) {
    expectHarmless(text);
  }
});
