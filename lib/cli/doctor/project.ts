import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { ProblemError } from "../../core/problem";
import { findDeployCommand } from "../deploy-command";
import { runnerMissing, tsNodeTooOld } from "../errors";
import type { GivenSurroundings } from "../surroundings";
import { wrong, type Finding } from "./finding";

/** What only a project of CDKTF needs: the folder that the doctor is called in has a `cdktf.json`. */
export async function project(surroundings: GivenSurroundings): Promise<readonly Finding[]> {
  const app = appOf(surroundings.workingDirectory);
  if (app === undefined) return [];
  return [await deployCommand(surroundings), ...typeScriptRunner(app, surroundings.workingDirectory)];
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

async function deployCommand(surroundings: GivenSurroundings): Promise<Finding> {
  const subject = "CDKTF command line";
  try {
    const { name, version, script } = await findDeployCommand([surroundings.workingDirectory], surroundings);
    return { subject, seen: `${name}-cli ${version} (${script})` };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return wrong(subject, error.problems[0]!);
  }
}

function typeScriptRunner(app: string, directory: string): readonly Finding[] {
  const subject = "TypeScript runner";
  const runner = /\b(tsx|ts-node)\b/.exec(app)?.[1];
  if (runner === undefined) return [];
  const version = versionOf(runner, directory);
  if (version === undefined) return [wrong(subject, runnerMissing(runner, app))];
  const typescript = runner === "ts-node" ? versionOf("typescript", directory) : undefined;
  // TypeScript 7 has no compiler that can be called from JavaScript, which ts-node does.
  if (typescript !== undefined && Number.parseInt(typescript) >= 7) return [wrong(subject, tsNodeTooOld(typescript))];
  return [{ subject, seen: `${runner} ${version}` }];
}

function versionOf(name: string, directory: string): string | undefined {
  try {
    const manifest = createRequire(join(directory, "cdktf.json")).resolve(`${name}/package.json`);
    return (JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version;
  } catch {
    return undefined;
  }
}
