import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, join } from "node:path";
import { ProblemError } from "../core/problem";
import { makeFolder } from "../core/make-folder";
import { packageRoot } from "../package/install";
import { runChild } from "./demo/child";
import { toolNotInstalled } from "./tools.errors";
import type { Surroundings } from "./surroundings";

/** On Windows npm is a script that only a shell starts. */
const NPM = process.platform === "win32" ? ["cmd", "/c", "npm"] : ["npm"];

export type ToolSurroundings = Pick<Surroundings, "environment" | "interrupted">;

/** The folder for tools that are no dependencies of this package: `OUTBOUND_TOOLS` or the user's cache. */
export function toolFolder(environment: ToolSurroundings["environment"]): string {
  const cache = environment["XDG_CACHE_HOME"] || join(environment["HOME"] || homedir(), ".cache");
  return environment["OUTBOUND_TOOLS"] || join(cache, "cdktf-provider-outbound", "tools");
}

/**
 * Folders whose `node_modules` may contain a tool: the project, this package's checkout, and where this package is
 * installed.
 */
export function projectFolders(workingDirectory: string): readonly string[] {
  const own = packageRoot();
  const installed = basename(dirname(own)) === "node_modules" ? [dirname(dirname(own))] : [];
  return [workingDirectory, own, ...installed];
}

/** The package's folder in the first of these that has it. */
export function installedPackage(name: string, folders: readonly string[]): string | undefined {
  return folders
    .map((folder) => join(folder, "node_modules", name))
    .find((directory) => existsSync(join(directory, "package.json")));
}

/**
 * Installs a tool with npm into {@link toolFolder}, and returns that folder.
 *
 * @param wanted name and version, "cdktn-cli@0.24.0"
 * @throws ProblemError `cli/tool-not-installed` with npm's words
 */
export async function installTool(wanted: string, where: ToolSurroundings): Promise<string> {
  const folder = toolFolder(where.environment);
  makeFolder(folder);
  const npm = ["install", "--prefix", folder, "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", wanted];
  const failure = await failureOf([...NPM, ...npm], where, 300_000);
  if (failure !== undefined) throw new ProblemError(toolNotInstalled(wanted, folder, failure));
  return folder;
}

/** A program's own message about what went wrong; undefined when nothing did. */
export async function failureOf(
  command: readonly string[],
  where: ToolSurroundings,
  timeoutMs: number,
): Promise<string | undefined> {
  const { environment, interrupted: signal } = where;
  const started = runChild(command, { cwd: process.cwd(), environment, signal, timeoutMs });
  const { exitCode, output } = await started.catch((error: Error) => {
    if (signal.aborted) throw error;
    return { exitCode: undefined, output: error.message };
  });
  return exitCode === 0 ? undefined : output.trim() || "it ended without a word";
}
