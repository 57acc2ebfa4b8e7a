import { existsSync, readFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { ProblemError } from "../core/problem";
import { cdktfCannotLoad, deployCommandMissing, toolNotInstalled } from "./tools.errors";
import { isOlder } from "./terraform-version";
import { failureOf, installTool, toolFolder, type ToolSurroundings } from "./tools";

/** A command line that deploys CDKTF programs: CDKTF's own, or that of CDK Terrain, which runs them unchanged. */
export interface DeployCommand {
  readonly name: "cdktf" | "cdktn";
  readonly version: string;
  /** The script that Node.js runs. */
  readonly script: string;
}

/** The release of CDK Terrain's command line that is known to deploy programs that import `cdktf` 0.21. */
export const CDKTN_CLI = "0.24.0";

/** The oldest Node.js that cdktn-cli runs on. */
export const OLDEST_FOR_CDKTN = "22.19.0";

/**
 * Which of the two to install for a Node.js when neither is installed: cdktf-cli where its native part has a build,
 * else cdktn-cli. That part has no build for Node.js 23 and later, nor for 22 on ARM processors with Linux.
 */
export function suitableDeployCommand(
  nodeVersion: string,
  platform: string,
  architecture: string = process.arch,
): DeployCommand["name"] {
  if (isOlder(nodeVersion, "22.0.0")) return "cdktf";
  const built = isOlder(nodeVersion, "23.0.0") && !(platform === "linux" && architecture === "arm64");
  return built ? "cdktf" : "cdktn";
}

const PACKAGES = { cdktf: "cdktf-cli", cdktn: "cdktn-cli" } as const;
const RELEASES = { cdktf: "0.21.0", cdktn: CDKTN_CLI } as const;
/**
 * cdktf's native module for the keyboard: it has no build for Node.js 24 and later, and every command that deploys
 * loads it.
 */
const NATIVE_PART = "@cdktf/node-pty-prebuilt-multiarch";

/**
 * Finds the command line that works with the running Node.js, in these folders (each with a `node_modules`) or on PATH.
 *
 * @param library the library of the program; CDKTF's command line is offered to programs for CDKTF only
 * @throws ProblemError when there is none, or only a cdktf that cannot be loaded
 */
export async function findDeployCommand(
  folders: readonly string[],
  where: ToolSurroundings,
  library: "cdktf" | "cdktn" = "cdktf",
): Promise<DeployCommand> {
  const tools = toolFolder(where.environment);
  const cdktf = library === "cdktf" ? installed("cdktf", [...folders, tools], where) : undefined;
  const failure = cdktf && (await failureToLoad(cdktf, where));
  if (cdktf !== undefined && failure === undefined) return cdktf;
  const cdktn = installed("cdktn", [...folders, tools], where);
  if (cdktn !== undefined) return cdktn;
  const node = process.versions.node;
  throw new ProblemError(
    cdktf === undefined ? deployCommandMissing(library) : cdktfCannotLoad(cdktf.version, node, failure!, CDKTN_CLI),
  );
}

/**
 * Installs with npm the command line that suits the running Node.js into the folder of tools.
 *
 * @throws ProblemError `cli/tool-not-installed` with npm's words
 */
export async function installDeployCommand(
  name: DeployCommand["name"],
  where: ToolSurroundings,
): Promise<DeployCommand> {
  const wanted = fetched(name);
  const folder = await installTool(wanted, where);
  const found = installed(name, [folder], { ...where, environment: {} });
  if (found === undefined) throw new ProblemError(toolNotInstalled(wanted, folder, "npm has installed nothing"));
  return found;
}

/** The package and version that npm installs. */
export const fetched = (name: DeployCommand["name"]) => `${PACKAGES[name]}@${RELEASES[name]}`;

function installed(
  name: DeployCommand["name"],
  folders: readonly string[],
  where: ToolSurroundings,
): DeployCommand | undefined {
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
async function failureToLoad({ script }: DeployCommand, where: ToolSurroundings): Promise<string | undefined> {
  const load = `
    let path;
    try { path = require.resolve(${JSON.stringify(NATIVE_PART)}, { paths: [${JSON.stringify(dirname(script))}] }); } catch {}
    if (path !== undefined) require(path);`;
  const failure = await failureOf([process.execPath, "-e", load], where, 30_000);
  return failure && (/^\w*Error: .*$/m.exec(failure)?.[0] ?? failure.trim().split("\n").at(-1));
}
