import { accessSync, constants, readFileSync } from "node:fs";
import { join } from "node:path";
import { ProblemError, type Problem } from "../core/problem";
import {
  bundleNotExecutable,
  cliConfigMissing,
  explicitMirror,
  extraArguments,
  implicitMirrorDisabled,
  nodeTooOld,
} from "./errors";
import type { Surroundings } from "./surroundings";
import { requireTerraform } from "./terraform-version";

/** One thing looked at: what was seen, and what is wrong with it, if anything is. */
export interface Finding {
  readonly subject: string;
  readonly seen: string;
  readonly problem?: Problem;
}

const oldestNode = 20;

/** Looks at everything on this machine that a deployment depends on; changes nothing and needs no network. */
export async function examine(surroundings: Surroundings, findBundle: () => string): Promise<Finding[]> {
  return [
    node(surroundings),
    await terraform(surroundings),
    cliConfiguration(surroundings),
    ...extraArgumentFindings(surroundings),
    provider(findBundle),
  ];
}

function node({ nodeVersion }: Surroundings): Finding {
  const old = Number(nodeVersion.split(".")[0]) < oldestNode;
  return { subject: "Node.js", seen: nodeVersion, ...(old ? { problem: nodeTooOld(nodeVersion) } : {}) };
}

async function terraform({ environment, interrupted }: Surroundings): Promise<Finding> {
  try {
    const { binary, product, version } = await requireTerraform(environment, interrupted);
    return { subject: "Terraform", seen: `${product} ${version} (${binary})` };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const problem = error.problems[0]!;
    return { subject: "Terraform", seen: problem.got ?? "missing", problem };
  }
}

function cliConfiguration({ environment, homeDirectory, platform }: Surroundings): Finding {
  const subject = "Terraform CLI configuration";
  const named = environment["TF_CLI_CONFIG_FILE"] || environment["TERRAFORM_CONFIG"];
  const usual =
    platform === "win32"
      ? join(environment["APPDATA"] ?? homeDirectory, "terraform.rc")
      : join(homeDirectory, ".terraformrc");
  const path = named || usual;
  const text = read(path);
  if (text === undefined) {
    return named
      ? { subject, seen: "missing", problem: cliConfigMissing(path) }
      : { subject, seen: "none, the usual defaults" };
  }
  const block = installationBlock(text);
  if (block === undefined) return { subject, seen: path };
  const mirrored = /\bfilesystem_mirror\s*\{/.test(block);
  return { subject, seen: path, problem: mirrored ? explicitMirror(path) : implicitMirrorDisabled(path) };
}

/** What `provider_installation { … }` holds; comments do not count. */
function installationBlock(text: string): string | undefined {
  const code = text.replace(/\/\*[\s\S]*?\*\/|(^|\s)(#|\/\/).*$/gm, "$1");
  return /\bprovider_installation\s*\{([\s\S]*)/.exec(code)?.[1];
}

function extraArgumentFindings({ environment }: Surroundings): Finding[] {
  return Object.entries(environment)
    .filter(([name, value]) => name.startsWith("TF_CLI_ARGS") && value)
    .map(([name, value]) => ({ subject: name, seen: value!, problem: extraArguments(name, value!) }));
}

function provider(findBundle: () => string): Finding {
  const subject = "Terraform provider";
  try {
    const bundle = findBundle();
    return isExecutable(bundle)
      ? { subject, seen: bundle }
      : { subject, seen: bundle, problem: bundleNotExecutable(bundle) };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { subject, seen: "missing", problem: error.problems[0]! };
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
