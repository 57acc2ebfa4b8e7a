// Builds dist/: the two provider executables (one self-contained file each) and the library with its types,
// for CDKTF and for CDK Terrain.
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { lazyPackages } from "./lazy-packages.mjs";
import { buildLibraryForCdktn } from "./library-for-cdktn.mjs";
import { providerHeader } from "./provider-header.mjs";
import { refuseSimulators, requireSimulatorNames, SIMULATOR } from "./without-simulators.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
process.chdir(root);
requireSimulatorNames("lib/systems");
rmSync("dist", { recursive: true, force: true });
mkdirSync("dist/provider", { recursive: true });

for (const [entry, name] of [
  ["lib/provider/main.ts", "terraform-provider-outbound"],
  ["lib/provider/null/main.ts", "terraform-provider-null"],
]) {
  const outfile = join("dist/provider", name);
  const { metafile } = await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    minify: true,
    // Names of classes are part of messages.
    keepNames: true,
    banner: { js: providerHeader(20) },
    external: [SIMULATOR],
    metafile: true,
    plugins: [
      lazyPackages(
        ["./evaluators", "axios", "imapflow", "nodemailer"],
        {
          // Forms of several parts, and redirects: we send JSON, and follow redirects ourselves.
          axios: ["form-data", "follow-redirects"],
          // Logging, proxies and the decoding of message parts: we ask for nothing of it. Names of folders are decoded
          // by iconv-lite, which needs no tables for that.
          imapflow: ["pino", "socks", "libmime", "@zone-eu/mailsplit", "encoding-japanese", "./tables"],
          // Character sets of header parameters, which have no part in hashes and signatures.
          "./evaluators": ["encoding-japanese", "./tables"],
        },
        // A look at one of these makes Node load an HTTP client of its own.
        { axios: ["fetch", "FormData", "Headers", "Request", "Response", "WebSocket"] },
      ),
    ],
    legalComments: "external",
    logLevel: "warning",
  });
  refuseSimulators(metafile);
  // One other character, such as in a regular expression, and V8 keeps and reads all of it as two bytes each.
  const foreign = /[^\x00-\x7f]/.exec(readFileSync(outfile, "utf8"));
  if (foreign) throw new Error(`${outfile} holds ${JSON.stringify(foreign[0])}: write it as an escape`);
  chmodSync(outfile, 0o755);
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
