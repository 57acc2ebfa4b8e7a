// `npm run test:matrix`: the built package on every Node.js that it supports: the command, the provider on the real
// terraform, and the demo. The releases come from npm, into the folder of tools that the demo uses too.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const RELEASES = [20, 22, 24, 26];
const root = fileURLToPath(new URL("..", import.meta.url));
const outbound = join(root, "bin", "outbound.js");
const cache = process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache");
const tools = process.env["OUTBOUND_TOOLS"] || join(cache, "cdktf-provider-outbound", "tools");
const results = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0 };

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

for (const release of RELEASES) {
  const found = nodeOf(release);
  if (found.node === undefined) {
    results.numPendingTests += 1;
    console.log(`skipped  Node.js ${release}: ${found.why}`);
    continue;
  }
  for (const [name, check] of Object.entries(checks(found.node))) {
    const began = Date.now();
    const failure = check();
    results[failure === undefined ? "numPassedTests" : "numFailedTests"] += 1;
    const took = `${((Date.now() - began) / 1000).toFixed(1)} s`;
    console.log(`${failure === undefined ? "ok     " : "FAILED "}  Node.js ${release}: ${name} (${took})`);
    if (failure !== undefined) console.log(failure.replace(/^/gm, "         "));
  }
}

const file = process.argv.find((word) => word.startsWith("--outputFile="))?.slice("--outputFile=".length);
if (file !== undefined) writeFileSync(file, JSON.stringify(results));
console.log(`${results.numPassedTests} passed, ${results.numFailedTests} failed, ${results.numPendingTests} skipped`);
process.exitCode = results.numFailedTests > 0 ? 1 : 0;

/** What is played on one Node.js; each gives what went wrong. */
function checks(node) {
  const environment = {
    ...process.env,
    PATH: `${dirname(node)}${delimiter}${process.env["PATH"]}`,
    OUTBOUND_TOOLS: tools,
  };
  const run = (command, args, cwd = root) => {
    const options = { cwd, env: environment, encoding: "utf8", timeout: 300_000 };
    const { status, stdout, stderr, error } = spawnSync(command, args, options);
    return { ok: status === 0, stdout, output: error ? String(error) : `${stdout}${stderr}` };
  };
  const must = (command, args, expected, cwd) => {
    const { ok, output } = run(command, args, cwd);
    return ok && expected.test(output)
      ? undefined
      : `expected ${expected}, got:\n${output.split("\n").slice(-40).join("\n")}`;
  };
  return {
    "outbound --version": () => must(node, [outbound, "--version"], /^\d+\.\d+\.\d+$/m),
    "outbound explain": () => must(node, [outbound, "explain", "550 5.1.1 User unknown"], /mail\/no-such-mailbox/),
    "outbound doctor": () => {
      // It fails on a machine without a registry of providers, which is no matter of Node.js.
      const { stdout } = run(node, [outbound, "doctor", "--json"]);
      const wrong = JSON.parse(stdout).filter(({ subject, problem }) => /Node|provider$/.test(subject) && problem);
      return wrong.length === 0 ? undefined : JSON.stringify(wrong, undefined, 2);
    },
    "the provider under terraform": () =>
      inFolder((folder) => {
        const mirror = join(folder, "terraform.d", "plugins");
        const installed = run(node, [outbound, "provider", "install", "--dir", mirror]);
        if (!installed.ok) return installed.output;
        writeFileSync(join(folder, "main.tf"), `${installed.stdout}\n${PROGRAM}`);
        const terraform = process.env["TERRAFORM_BINARY_NAME"] || "terraform";
        const init = run(terraform, ["init", "-no-color"], folder);
        if (!init.ok) return init.output;
        return must(terraform, ["apply", "-auto-approve", "-no-color"], /ok = false/, folder);
      }),
    "outbound demo": () => must(node, [outbound, "demo"], /All \d+ checks held/),
  };
}

function inFolder(act) {
  const folder = mkdtempSync(join(tmpdir(), "outbound-matrix-"));
  try {
    return act(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The newest of a release, from npm: plain `node` would need a script after its installation, which npm leaves out. */
function nodeOf(release) {
  if (process.versions.node.startsWith(`${release}.`)) return { node: process.execPath };
  const name = `node-${process.platform}-${process.arch}`;
  const folder = join(tools, `node-${release}`);
  const node = join(folder, "node_modules", name, "bin", "node");
  if (!existsSync(node)) {
    mkdirSync(folder, { recursive: true });
    const args = ["install", "--prefix", folder, "--no-save", "--no-audit", "--no-fund", `${name}@${release}`];
    const { status, stderr, error } = spawnSync("npm", args, { encoding: "utf8", timeout: 300_000 });
    if (status !== 0)
      return { why: error ? error.message : `npm could not fetch ${name}: ${stderr.trim().split("\n")[0]}` };
  }
  const { status, error } = spawnSync(node, ["--version"]);
  return status === 0 ? { node } : { why: `${node} does not run here${error ? `: ${error.message}` : ""}` };
}
