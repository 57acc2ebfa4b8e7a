// `npm run test:release`: the release as it would be published, and a deployment by its single executable on a machine
// without Node.js. Mirrors are tested in test/acceptance/release.test.ts.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Checks } from "../checks.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), "outbound-release-"));
process.on("exit", () => rmSync(scratch, { recursive: true, force: true }));
const terraform = process.env["TERRAFORM_BINARY_NAME"] || "terraform";

const CONFIGURATION = `
terraform {
  required_providers {
    outbound = { source = "cdktf-outbound/outbound" }
  }
}

resource "outbound_ovh_vrops_flow" "this" {
  service_name = "pcc-192-0-2-10"
  ip           = "203.0.113.25"
  port         = 587
}
`;

const all = new Checks();
const release = join(scratch, "release");
let said = "";
all.run("npm run release", () => {
  const { ok, output } = run("npm", ["run", "--silent", "release", "--", "--out", release]);
  said = output;
  return ok ? undefined : output;
});
all.run("the checksums are of the files beside them", () =>
  failureOf(run("sh", ["-c", "sha256sum -c *_SHA256SUMS"], join(release, "registry"))),
);
const single = join(release, "single-executable");
if (existsSync(single))
  all.run("the single executable deploys where there is no Node.js", () => deploysWithoutNode(single));
else all.skip("the single executable", /no single executable: (.*)/.exec(said)?.[1] ?? "it was not made");
all.end();

function deploysWithoutNode(folder) {
  const stack = join(scratch, "stack");
  mkdirSync(stack);
  writeFileSync(join(stack, "main.tf"), CONFIGURATION);
  const mirror = JSON.stringify(join(folder, "mirror"));
  writeFileSync(join(scratch, "cli.tfrc"), `provider_installation {\n  filesystem_mirror { path = ${mirror} }\n}\n`);
  // The path is found before there is none.
  const script = `
    set -e
    terraform=$(command -v ${terraform})
    export PATH=/nowhere OUTBOUND_NODE=/nowhere TF_CLI_CONFIG_FILE=${join(scratch, "cli.tfrc")}
    "$terraform" init -no-color -input=false
    "$terraform" apply -no-color -input=false -auto-approve
    "$terraform" plan -no-color -input=false -detailed-exitcode
    "$terraform" destroy -no-color -input=false -auto-approve`;
  const command = [join(root, "bin", "outbound.js"), "sandbox", "--", "/bin/sh", "-c", script];
  const { ok, output } = run(process.execPath, command, stack);
  const missing = ["1 added, 0 changed", "No changes.", "1 destroyed"].filter((words) => !output.includes(words));
  return ok && missing.length === 0 ? undefined : `not said: ${missing.join("; ")}\n${output}`;
}

function run(command, args, cwd = root) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: "utf8", timeout: 300_000 });
  return { ok: status === 0, output: error ? String(error) : `${stdout}${stderr}` };
}

function failureOf({ ok, output }) {
  return ok ? undefined : output;
}
