// `npm run test:matrix`: the built package on every Node.js that it supports: the command, the provider on the real
// terraform, the demo, and a program for CDK Terrain deployed by its own command line.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import { Checks } from "./checks.mjs";
import { fetchTool, nodeOf, tools } from "./node-releases.mjs";

const RELEASES = [20, 22, 24, 26];
/** `npm run test:matrix -- 24` plays one of them only; with `--short` no demo is played, which takes a minute. */
const chosen = process.argv
  .slice(2)
  .filter((word) => !word.startsWith("--"))
  .map(Number);
const short = process.argv.includes("--short");
/** CDK Terrain's command line wants 22.19; those who have that one have come from CDKTF, which does not run on this one. */
const CDK_TERRAIN_ON = 24;
const CDKTN_CLI = "cdktn-cli@0.24";
const root = fileURLToPath(new URL("..", import.meta.url));
const outbound = join(root, "bin", "outbound.js");
const terraform = process.env["TERRAFORM_BINARY_NAME"] || "terraform";

/** A probe of a port where nobody listens: it needs all of the provider, and no server. */
const PROGRAM = `
data "outbound_smtp_probe" "closed" {
  smtp_host       = "127.0.0.1"
  smtp_port       = 1
  security        = "none"
  from_address    = "alerts@example.com"
  timeout_seconds = 5
}
output "ok" {
  value = data.outbound_smtp_probe.closed.ok
}
`;

const all = new Checks();
for (const release of RELEASES.filter((one) => chosen.length === 0 || chosen.includes(one))) {
  const { node, why } = nodeOf(release);
  if (node === undefined) all.skip(`Node.js ${release}`, why);
  else for (const [name, check] of Object.entries(checks(node, release))) all.run(`Node.js ${release}: ${name}`, check);
}
all.end();

/** What is played on one Node.js; each gives what went wrong. */
function checks(node, release) {
  const commands = commandsOn(node);
  return {
    "outbound --version": () => commands.must(node, [outbound, "--version"], /^\d+\.\d+\.\d+$/m),
    "outbound explain": () =>
      commands.must(node, [outbound, "explain", "550 5.1.1 User unknown"], /mail\/no-such-mailbox/),
    "outbound doctor": () => doctor(commands, node),
    "the provider under terraform": () => inFolder((folder) => underTerraform(commands, node, folder)),
    ...(short ? {} : { "outbound demo": () => inFolder((folder) => demo(commands, node, folder)) }),
    ...(release === CDK_TERRAIN_ON
      ? { "a program for CDK Terrain": () => inFolder((folder) => cdkTerrain(commands, node, folder)) }
      : {}),
  };
}

/** Commands in an environment whose `node` is this one. */
function commandsOn(node) {
  const environment = {
    ...process.env,
    PATH: `${dirname(node)}${delimiter}${process.env["PATH"]}`,
    OUTBOUND_TOOLS: tools,
  };
  const run = (command, args, { cwd = root, settings = {} } = {}) => {
    const options = { cwd, env: { ...environment, ...settings }, encoding: "utf8", timeout: 300_000 };
    const { status, stdout, stderr, error } = spawnSync(command, args, options);
    return { ok: status === 0, stdout, output: error ? String(error) : `${stdout}${stderr}` };
  };
  const must = (command, args, expected, where) => {
    const { ok, output } = run(command, args, where);
    return ok && expected.test(output)
      ? undefined
      : `expected ${expected}, got:\n${output.split("\n").slice(-40).join("\n")}`;
  };
  return { run, must };
}

function doctor({ run }, node) {
  // It fails on a machine without a registry of providers, which is no matter of Node.js.
  const { stdout } = run(node, [outbound, "doctor", "--json"]);
  const wrong = JSON.parse(stdout).findings.filter(({ subject, problem }) => /Node|provider$/.test(subject) && problem);
  return wrong.length === 0 ? undefined : JSON.stringify(wrong, undefined, 2);
}

function underTerraform({ run, must }, node, cwd) {
  const mirror = join(cwd, "terraform.d", "plugins");
  const installed = run(node, [outbound, "provider", "install", "--dir", mirror]);
  if (!installed.ok) return installed.output;
  writeFileSync(join(cwd, "main.tf"), `${installed.stdout}\n${PROGRAM}`);
  const init = run(terraform, ["init", "-no-color"], { cwd });
  if (!init.ok) return init.output;
  const applied = must(terraform, ["apply", "-auto-approve", "-no-color"], /ok = false/, { cwd });
  return applied ?? complaint(run(terraform, ["plan", "-no-color"], { cwd, settings: { TF_LOG: "debug" } }).output);
}

/** What V8 says of a switch that it does not have. The second run is the one that has all code in its cache. */
function complaint(log) {
  return /^.*(unrecognized flag|illegal value for flag).*$/m.exec(log)?.[0];
}

function demo({ must }, node, folder) {
  const report = join(folder, "demo.json");
  return must(node, [outbound, "demo", "--json", report], /All \d+ checks held/) ?? invalid(report);
}

/** The example, as a project of its own, deployed to the sandbox, looked at again, and destroyed. */
function cdkTerrain({ must }, node, folder) {
  const script = cdktnScript();
  if (!existsSync(script)) {
    const failure = fetchTool(tools, CDKTN_CLI);
    if (failure !== undefined) return failure;
  }
  const example = "ovh-vrops-smtp-cdktn";
  for (const file of ["main.ts", "cdktf.json"]) cpSync(join(root, "examples", example, file), join(folder, file));
  mkdirSync(join(folder, "node_modules"));
  for (const name of ["cdktn", "constructs", "tsx"]) {
    symlinkSync(join(root, "node_modules", name), join(folder, "node_modules", name), "junction");
  }
  symlinkSync(root, join(folder, "node_modules", "cdktf-provider-outbound"), "junction");
  const stack = join("cdktf.out", "stacks", example);
  const steps = [
    "set -e",
    `'${node}' '${script}' deploy --auto-approve`,
    `(cd ${stack} && '${terraform}' plan -detailed-exitcode -input=false -no-color)`,
    `'${node}' '${outbound}' routes --output cdktf.out`,
    `'${node}' '${script}' destroy --auto-approve`,
    "echo destroyed",
  ];
  const settings = {
    CDKTF_HOME: join(folder, ".cdktf"),
    CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1",
    CHECKPOINT_DISABLE: "1",
  };
  const played = /took the message[^]*No changes\.[^]*oncall@example\.com[^]*destroyed/;
  const args = [outbound, "sandbox", "--", "sh", "-c", steps.join("\n")];
  return must(node, args, played, { cwd: folder, settings });
}

function cdktnScript() {
  const bin = join(tools, "node_modules", "cdktn-cli", "bundle", "bin");
  return existsSync(join(bin, "cdktn")) ? join(bin, "cdktn") : join(bin, "cdktn.js");
}

/** What in the demo's report is not as published; undefined when all is. */
function invalid(report) {
  const ajv = new Ajv({ strict: false });
  const schema = JSON.parse(readFileSync(join(root, "schemas", "demo.schema.json"), "utf8"));
  const valid = ajv.validate(schema, JSON.parse(readFileSync(report, "utf8")));
  return valid ? undefined : `demo --json is not as its schema says: ${ajv.errorsText()}`;
}

function inFolder(act) {
  const folder = mkdtempSync(join(tmpdir(), "outbound-matrix-"));
  try {
    return act(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
