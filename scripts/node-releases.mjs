// Releases of Node.js beside the running one, from npm: plain `node` would need a script after its installation, which npm
// leaves out. They lie in the folder of tools that the demo uses too.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const cache = process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache");
export const tools = process.env["OUTBOUND_TOOLS"] || join(cache, "cdktf-provider-outbound", "tools");

/** The newest of a release, `{ node }`, or `{ why }` there is none here. */
export function nodeOf(release) {
  if (process.versions.node.startsWith(`${release}.`)) return { node: process.execPath };
  const name = `node-${process.platform}-${process.arch}`;
  const folder = join(tools, `node-${release}`);
  const node = join(folder, "node_modules", name, "bin", "node");
  if (!existsSync(node)) {
    const failure = fetchTool(folder, `${name}@${release}`);
    if (failure !== undefined) return { why: failure };
  }
  const { status, error } = spawnSync(node, ["--version"]);
  return status === 0 ? { node } : { why: `${node} does not run here${error ? `: ${error.message}` : ""}` };
}

/** Installs a package into a folder of its own; gives what went wrong. */
export function fetchTool(folder, wanted) {
  mkdirSync(folder, { recursive: true });
  const args = ["install", "--prefix", folder, "--no-save", "--no-audit", "--no-fund", wanted];
  const { status, stderr, error } = spawnSync("npm", args, { encoding: "utf8", timeout: 300_000 });
  if (status === 0) return undefined;
  return error ? error.message : `npm could not fetch ${wanted}: ${stderr.trim().split("\n")[0]}`;
}
