import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { ProblemError } from "../core/problem";
import { runChild } from "./demo/child";
import { cdktfCannotLoad, deployCommandMissing, toolNotInstalled } from "./errors";
import type { Surroundings } from "./surroundings";

/** A command line that deploys programs written with CDKTF: its own, or that of CDK Terrain, which takes them unchanged. */
export interface DeployCommand {
  readonly name: "cdktf" | "cdktn";
  readonly version: string;
  /** The script that Node.js runs. */
  readonly script: string;
}

/** The release of CDK Terrain's command line that is known to deploy programs that import `cdktf` 0.21. */
export const CDKTN_CLI = "0.24.0";

const PACKAGES = { cdktf: "cdktf-cli", cdktn: "cdktn-cli" } as const;
/** cdktf's own reading of the keyboard: it has no build for Node.js 24 and later, and is loaded by every command that deploys. */
const NATIVE_PART = "@cdktf/node-pty-prebuilt-multiarch";

/** On Windows it is a script that only a shell starts. */
const NPM = process.platform === "win32" ? ["cmd", "/c", "npm"] : ["npm"];

type Where = Pick<Surroundings, "environment" | "interrupted">;

/**
 * The command line that works with the running Node.js, from these folders (each with a `node_modules`) or from PATH.
 *
 * @param library that the program is written for; CDKTF's command line is offered to programs for CDKTF only
 * @throws ProblemError when there is none, or only a cdktf that cannot be loaded
 */
export async function findDeployCommand(
  folders: readonly string[],
  where: Where,
  library: "cdktf" | "cdktn" = "cdktf",
): Promise<DeployCommand> {
  const cdktf = library === "cdktf" ? installed("cdktf", folders, where) : undefined;
  const failure = cdktf && (await failureToLoad(cdktf, where));
  if (cdktf !== undefined && failure === undefined) return cdktf;
  const cdktn = installed("cdktn", [...folders, toolFolder(where.environment)], where);
  if (cdktn !== undefined) return cdktn;
  const node = process.versions.node;
  throw new ProblemError(
    cdktf === undefined ? deployCommandMissing(library) : cdktfCannotLoad(cdktf.version, node, failure!, CDKTN_CLI),
  );
}

/** Where tools are kept that are no dependencies of this package, `OUTBOUND_TOOLS` or the user's cache. */
export function toolFolder(environment: Where["environment"]): string {
  const cache = environment["XDG_CACHE_HOME"] || join(environment["HOME"] || homedir(), ".cache");
  return environment["OUTBOUND_TOOLS"] || join(cache, "cdktf-provider-outbound", "tools");
}

/**
 * Fetches CDK Terrain's command line with npm into {@link toolFolder}.
 *
 * @throws ProblemError `cli/tool-not-installed` with npm's words
 */
export async function installCdktn(where: Where): Promise<DeployCommand> {
  const folder = toolFolder(where.environment);
  mkdirSync(folder, { recursive: true });
  const wanted = `${PACKAGES.cdktn}@${CDKTN_CLI}`;
  const npm = ["install", "--prefix", folder, "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", wanted];
  const failure = await failureOf([...NPM, ...npm], where, 300_000);
  const found = installed("cdktn", [folder], { ...where, environment: {} });
  if (failure !== undefined || found === undefined) {
    throw new ProblemError(toolNotInstalled(wanted, folder, failure ?? "npm has installed nothing"));
  }
  return found;
}

function installed(name: DeployCommand["name"], folders: readonly string[], where: Where): DeployCommand | undefined {
  const onPath = (where.environment["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  // `npm install --global` puts node_modules beside bin, or in lib; a link on PATH leads into it.
  const roots = [...folders, ...onPath.flatMap((folder) => [dirname(folder), join(dirname(folder), "lib")])];
  for (const root of roots) {
    const directory = join(root, "node_modules", PACKAGES[name]);
    const script = join(directory, "bundle", "bin", name);
    const manifest = join(directory, "package.json");
    const path = existsSync(script) ? script : `${script}.js`;
    if (!existsSync(path) || !existsSync(manifest)) continue;
    const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
    return { name, version, script: path };
  }
  return undefined;
}

/** Why this cdktf cannot deploy with the running Node.js; undefined when it can. */
async function failureToLoad({ script }: DeployCommand, where: Where): Promise<string | undefined> {
  const load = `
    let path;
    try { path = require.resolve(${JSON.stringify(NATIVE_PART)}, { paths: [${JSON.stringify(dirname(script))}] }); } catch {}
    if (path !== undefined) require(path);`;
  const failure = await failureOf([process.execPath, "-e", load], where, 30_000);
  return failure && (/^\w*Error: .*$/m.exec(failure)?.[0] ?? failure.trim().split("\n").at(-1));
}

/** What went wrong with a program, in its own words; undefined when nothing did. */
async function failureOf(command: readonly string[], where: Where, timeoutMs: number): Promise<string | undefined> {
  const { environment, interrupted: signal } = where;
  const started = runChild(command, { cwd: process.cwd(), environment, signal, timeoutMs });
  const { exitCode, output } = await started.catch((error: Error) => {
    if (signal.aborted) throw error;
    return { exitCode: undefined, output: error.message };
  });
  return exitCode === 0 ? undefined : output.trim();
}
