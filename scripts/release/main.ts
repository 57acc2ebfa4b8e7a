// `npm run release`: everything that is published beside the npm package, made anew in one folder.
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { plural } from "../../lib/core/plural";
import { platformName } from "../../lib/package/install";
import { archivesOf, mirrorFiles, registryFiles, SUMS, type Files } from "./artefacts";
import { registryDocs } from "./registry-docs";
import { signatureOf } from "./signature";

const USAGE = `npm run release -- [--out FOLDER] [--key KEY] [--script-only]

  --out FOLDER    where to; it is emptied first (default: release)
  --key KEY       the secret key of gpg that signs (default: GPG_FINGERPRINT; without one nothing is signed)
  --script-only   without the single executable, which needs Node.js 24 from npm`;

/** Where the script runs: wherever Node.js does, and Terraform starts scripts. */
const SCRIPT_PLATFORMS = ["darwin_amd64", "darwin_arm64", "linux_amd64", "linux_arm64"];

const { values } = parseArgs({
  options: {
    out: { type: "string", default: "release" },
    key: { type: "string", default: process.env["GPG_FINGERPRINT"] },
    "script-only": { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
if (values.help) console.log(USAGE);
else release();

function release(): void {
  rmSync(resolve(values.out), { recursive: true, force: true });
  write("docs", registryDocs());
  publish("", join(__dirname, "../../dist/provider/terraform-provider-outbound"), SCRIPT_PLATFORMS);
  if (!values["script-only"]) publishSingleExecutable();
  if (!values.key) console.log("not signed: no key was given (--key, GPG_FINGERPRINT)");
}

/** In a folder of its own: a registry takes one package for each platform. */
function publishSingleExecutable(): void {
  const below = "single-executable";
  const executable = resolve(values.out, below, "terraform-provider-outbound");
  mkdirSync(dirname(executable), { recursive: true });
  const maker = join(__dirname, "single-executable.mjs");
  const { status, stderr } = spawnSync(process.execPath, [maker, executable], { encoding: "utf8" });
  if (status === 0) return publish(below, executable, [platformName()]);
  rmSync(dirname(executable), { recursive: true, force: true });
  console.log(`no single executable: ${stderr.trim()}`);
}

/** Packages of one executable: for registries, and as a mirror. */
function publish(below: string, executable: string, platforms: readonly string[]): void {
  const archives = archivesOf(executable, platforms);
  const registry = registryFiles(archives);
  write(join(below, "registry"), registry);
  if (values.key)
    write(join(below, "registry"), new Map([[`${SUMS}.sig`, signatureOf(registry.get(SUMS)!, values.key)]]));
  write(join(below, "mirror"), mirrorFiles(archives));
}

function write(below: string, files: Files): void {
  for (const [path, content] of files) {
    const file = join(resolve(values.out), below, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  console.log(`${join(values.out, below)}: ${plural(files.size, "file")}`);
}
