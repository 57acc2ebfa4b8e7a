// Builds dist/: the two provider executables (one self-contained file each) and the library with its types,
// for CDKTF and for CDK Terrain.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildLibraryForCdktn } from "./library-for-cdktn.mjs";
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

const tsc = join("node_modules", "typescript", "bin", "tsc");
const { status } = spawnSync(process.execPath, [tsc, "-p", "tsconfig.build.json"], { stdio: "inherit" });
if (status !== 0) process.exit(status ?? 1);
if (!buildLibraryForCdktn(root.replace(/[\\/]$/, ""))) process.exit(1);

// The sandbox's page: the browser gets the files as they are.
cpSync("lib/sandbox/page", "dist/lib/sandbox/page", {
  recursive: true,
  filter: (path) => !path.endsWith("tsconfig.json"),
});

const { version } = JSON.parse(readFileSync("package.json", "utf8"));
console.error(`built dist/ (version ${version})`);
