// The provider as one executable that brings its Node.js along, for machines that have none. Its program is compiled
// before (a code cache, which holds for one release and one platform), so it is made for the platform that this runs on.
// https://nodejs.org/docs/latest-v24.x/api/single-executable-applications.html
import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fetchTool, nodeOf, tools } from "../node-releases.mjs";
import { asAssets, assetsOf } from "../packed-parts.mjs";
import { bundleProvider, describeExecutable, PROVIDERS } from "../provider-bundle.mjs";

const NAME = "terraform-provider-outbound";
const RELEASE = 24;
const POSTJECT = "1.0.0-alpha.6";
/** Node.js looks for its program where this stands: https://github.com/nodejs/postject. */
const SENTINEL = "NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2";

// With the path of the executable to make; says on standard error why it cannot be made.
const failure = await makeSingleExecutable(process.argv[2]);
if (failure !== undefined) console.error(failure);
process.exitCode = failure === undefined ? 0 : 1;

/**
 * @param {string} outfile
 * @returns {Promise<string | undefined>} why it cannot be made here
 */
async function makeSingleExecutable(outfile) {
  if (process.platform !== "linux") return `on ${process.platform} nobody has tried it`;
  const { node, why } = nodeOf(RELEASE);
  if (node === undefined) return why;
  const folder = join(tools, `postject-${POSTJECT}`);
  const postject = join(folder, "node_modules", ".bin", "postject");
  const notFetched = existsSync(postject) ? undefined : fetchTool(folder, `postject@${POSTJECT}`);
  if (notFetched !== undefined) return notFetched;

  const scratch = mkdtempSync(join(tmpdir(), "outbound-single-"));
  try {
    const program = join(scratch, NAME);
    const beside = [licenceOf(node)];
    const wanted = { provider: PROVIDERS[NAME], outfile: program, store: asAssets, head: `"use strict";` };
    const { parts, parties } = await bundleProvider({ ...wanted, target: `node${RELEASE}`, beside });
    const [configuration, blob] = [join(scratch, "sea.json"), join(scratch, "sea.blob")];
    const settings = { disableExperimentalSEAWarning: true, useCodeCache: true, assets: assetsOf(program, parts) };
    writeFileSync(configuration, JSON.stringify({ main: program, output: blob, ...settings }));
    run(node, ["--experimental-sea-config", configuration]);
    copyFileSync(node, outfile);
    chmodSync(outfile, 0o755);
    run(process.execPath, [postject, outfile, "NODE_SEA_BLOB", blob, "--sentinel-fuse", SENTINEL]);
    describeExecutable(outfile, parties);
    return undefined;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Of Node.js and of what it is made of. */
function licenceOf(node) {
  const notice = [join(dirname(node), "..", "LICENSE"), join(dirname(node), "LICENSE")].find((path) =>
    existsSync(path),
  );
  if (notice === undefined) throw new Error(`${node} has no LICENSE beside it, which must be shipped with it`);
  const version = run(node, ["--version"]).trim().slice(1);
  return { name: "node", version, license: "MIT", notice: readFileSync(notice, "utf8").trim() };
}

function run(command, args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: "utf8" });
  if (status === 0) return stdout;
  throw new Error(`${command} ${args.join(" ")}: ${error ? error.message : stderr.trim()}`);
}
