import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ProblemError } from "../../core/problem";
import { findDeployCommand } from "../deploy-command";
import { libraryMissing } from "../../package/errors";
import type { Library } from "../../package/libraries";
import { runnerMissing, tsNodeTooOld } from "../tools.errors";
import { installedVersion, libraryOfProject } from "../project-library";
import type { InitialSurroundings } from "../surroundings";
import { wrong, type CheckFinding } from "./finding";

/** Checks what only a CDKTF or CDK Terrain project needs: the working directory has a `cdktf.json`. */
export async function project(surroundings: InitialSurroundings): Promise<readonly CheckFinding[]> {
  const { workingDirectory } = surroundings;
  const app = appOf(workingDirectory);
  if (app === undefined) return [];
  const library = libraryOfProject(workingDirectory);
  return [
    ...(library === undefined ? [] : [constructLibrary(library, workingDirectory)]),
    await deployCommand(surroundings, library),
    ...typeScriptRunner(app, workingDirectory),
  ];
}

/**
 * Whether the program needs hashicorp/null. With CDK Terrain the constructs use a resource that is part of Terraform.
 */
export const usesNullProvider = ({ workingDirectory }: InitialSurroundings): boolean =>
  appOf(workingDirectory) !== undefined && libraryOfProject(workingDirectory)?.name !== "cdktn";

/** Whether a program in this folder uses the null provider of this package, as those of `outbound init` do. */
export function embedsNullProvider({ workingDirectory }: InitialSurroundings): boolean {
  return readdirSync(workingDirectory, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.[cm]?[jt]s$/.test(entry.name))
    .some(({ name }) => /\bembedNullProvider:\s*true\b/.test(readFileSync(join(workingDirectory, name), "utf8")));
}

function constructLibrary(library: Library, directory: string): CheckFinding {
  const subject = "Construct library";
  const missing = library.packages.find((name) => installedVersion(name, directory) === undefined);
  if (missing !== undefined) return wrong(subject, libraryMissing(missing, library));
  return { subject, seen: `${library.title} (${library.name} ${installedVersion(library.name, directory)})` };
}

/** The command in `cdktf.json` that runs the program; empty when there is none. */
function appOf(directory: string): string | undefined {
  try {
    const json = JSON.parse(readFileSync(join(directory, "cdktf.json"), "utf8")) as { app?: unknown };
    return typeof json.app === "string" ? json.app : "";
  } catch {
    return undefined;
  }
}

async function deployCommand(surroundings: InitialSurroundings, library: Library | undefined): Promise<CheckFinding> {
  const subject = `${library?.title ?? "CDKTF"} command line`;
  try {
    const { name, version, script } = await findDeployCommand(
      [surroundings.workingDirectory],
      surroundings,
      library?.name,
    );
    return { subject, seen: `${name}-cli ${version} (${script})` };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return wrong(subject, error.problems[0]!);
  }
}

function typeScriptRunner(app: string, directory: string): readonly CheckFinding[] {
  const subject = "TypeScript runner";
  const runner = /\b(tsx|ts-node)\b/.exec(app)?.[1];
  if (runner === undefined) return [];
  const version = installedVersion(runner, directory);
  if (version === undefined) return [wrong(subject, runnerMissing(runner, app))];
  const typescript = runner === "ts-node" ? installedVersion("typescript", directory) : undefined;
  // TypeScript 7 has no compiler API for JavaScript, which ts-node needs.
  if (typescript !== undefined && Number.parseInt(typescript) >= 7) return [wrong(subject, tsNodeTooOld(typescript))];
  return [{ subject, seen: `${runner} ${version}` }];
}
