// Builds dist/: the two provider executables (one self-contained file each), the command line, and the library with its
// types, for CDKTF and for CDK Terrain.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleCommandLine } from "./cli-bundle.mjs";
import { buildLibraryForCdktn } from "./library-for-cdktn.mjs";
import { loadedWhenUsed } from "./loaded-when-used.mjs";
import { behindTheProgram } from "./packed-parts.mjs";
import { bundleProvider, describeExecutable, PROVIDERS } from "./provider-bundle.mjs";
import { providerHeader } from "./provider-header.mjs";
import { requireSimulatorNames } from "./without-simulators.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
process.chdir(root);
requireSimulatorNames("lib/systems");
rmSync("dist", { recursive: true, force: true });
mkdirSync("dist/provider", { recursive: true });

for (const [name, provider] of Object.entries(PROVIDERS)) {
  const outfile = join("dist/provider", name);
  const { parties } = await bundleProvider({ provider, outfile, store: behindTheProgram, head: providerHeader(20) });
  describeExecutable(outfile, parties);
}

await bundleCommandLine("dist/cli");

const tsc = join("node_modules", "typescript", "bin", "tsc");
const { status } = spawnSync(process.execPath, [tsc, "-p", "tsconfig.build.json"], { stdio: "inherit" });
if (status !== 0) process.exit(status ?? 1);
if (!buildLibraryForCdktn(root.replace(/[\\/]$/, ""))) process.exit(1);
// `cdktf synth` loads the library each time, and a stack uses a part of it.
for (const folder of ["dist/lib", "dist/cdktn"])
  for (const file of readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".js"))) {
    const path = join(folder, file);
    writeFileSync(path, loadedWhenUsed(readFileSync(path, "utf8"), "\\w+_\\d+"));
  }

// The sandbox's page: the browser gets the files as they are.
cpSync("lib/sandbox/page", "dist/lib/sandbox/page", {
  recursive: true,
  filter: (path) => !path.endsWith("tsconfig.json"),
});

const { version } = JSON.parse(readFileSync("package.json", "utf8"));
console.error(`built dist/ (version ${version})`);
