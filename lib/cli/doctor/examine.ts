import { accessSync, constants, readFileSync } from "node:fs";
import { join } from "node:path";
import { withoutHclComments } from "../../core/hcl-comments";
import { ProblemError } from "../../core/problem";
import {
  bundleNotExecutable,
  cliConfigMissing,
  explicitMirror,
  extraArguments,
  implicitMirrorDisabled,
  nodeTooOld,
} from "../tools.errors";
import type { InitialSurroundings } from "../surroundings";
import { wrong, type CheckFinding } from "./finding";
import { nullProvider } from "./null-provider";
import { embedsNullProvider, project, usesNullProvider } from "./project";
import { providerStart } from "./provider-start";
import { requireTerraform } from "../terraform-version";

const oldestNode = 20;
/** @see https://nodejs.org/en/about/previous-releases */
const endedNode = { major: 20, end: "April 2026" };
/** Measured in turns: 15 ms with one certificate in the file, 33 ms with those of a whole system. */
const authoritiesReadEarly =
  "for NODE_EXTRA_CA_CERTS it reads all authorities whenever it starts, 15 to 35 ms, and Terraform starts the provider three times for each plan; later ones read them when they are needed";

/**
 * Checks everything on this machine that a deployment depends on, and changes nothing. Only in a CDKTF project is the
 * network used: Terraform looks for hashicorp/null.
 */
export async function examine(surroundings: InitialSurroundings, findBundle: () => string): Promise<CheckFinding[]> {
  const { finding, binary } = await terraform(surroundings);
  const bundle = provider(findBundle);
  return [
    node(surroundings),
    finding,
    cliConfiguration(surroundings),
    ...extraArgumentFindings(surroundings),
    bundle,
    ...(bundle.problem === undefined ? [await providerStart(bundle.seen, surroundings)] : []),
    ...(await project(surroundings)),
    ...(await nullProviderFindings(binary, surroundings)),
  ];
}

async function nullProviderFindings(
  binary: string | undefined,
  surroundings: InitialSurroundings,
): Promise<CheckFinding[]> {
  if (!usesNullProvider(surroundings)) return [];
  if (embedsNullProvider(surroundings)) {
    return [
      { subject: "hashicorp/null", seen: "not needed: the program embeds the one of this package (embedNullProvider)" },
    ];
  }
  return binary === undefined ? [] : [await nullProvider(binary, surroundings)];
}

function node({ nodeVersion, environment }: InitialSurroundings): CheckFinding {
  const subject = "Node.js";
  const major = Number(nodeVersion.split(".")[0]);
  if (major < oldestNode) return { subject, seen: nodeVersion, problem: nodeTooOld(nodeVersion) };
  if (major > endedNode.major) return { subject, seen: nodeVersion };
  const slow = environment["NODE_EXTRA_CA_CERTS"] ? `; ${authoritiesReadEarly}` : "";
  return { subject, seen: `${nodeVersion}, without fixes since ${endedNode.end}${slow}` };
}

async function terraform({
  environment,
  interrupted,
}: InitialSurroundings): Promise<{ readonly finding: CheckFinding; readonly binary?: string }> {
  const subject = "Terraform";
  try {
    const { binary, product, version } = await requireTerraform(environment, interrupted);
    const unnamed = binary === "tofu" && !environment["TERRAFORM_BINARY_NAME"];
    const hint = unnamed ? "; cdktf uses it with TERRAFORM_BINARY_NAME=tofu" : "";
    return { finding: { subject, seen: `${product} ${version} (${binary})${hint}` }, binary };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { finding: wrong(subject, error.problems[0]!) };
  }
}

function cliConfiguration({ environment, homeDirectory, platform }: InitialSurroundings): CheckFinding {
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

/** The content of `provider_installation { … }`, without comments. */
function installationBlock(text: string): string | undefined {
  const code = withoutHclComments(text);
  return /\bprovider_installation\s*\{([\s\S]*)/.exec(code)?.[1];
}

function extraArgumentFindings({ environment }: InitialSurroundings): CheckFinding[] {
  return Object.entries(environment)
    .filter(([name, value]) => name.startsWith("TF_CLI_ARGS") && value)
    .map(([name, value]) => ({ subject: name, seen: value!, problem: extraArguments(name, value!) }));
}

function provider(findBundle: () => string): CheckFinding {
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
