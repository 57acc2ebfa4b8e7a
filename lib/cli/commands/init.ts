import { join, resolve } from "node:path";
import type { Command } from "commander";
import { ProblemError } from "../../core/problem";
import { PROVIDER_NAME, PROVIDER_SOURCE, PROVIDER_VERSION } from "../../package/identity";
import { executable, platformName, unableToStart, writeProviderMirror } from "../../package/install";
import { nearestWord } from "../../validators";
import { OLDEST_FOR_CDKTN, suitableDeployCommand } from "../deploy-command";
import { announced } from "../announced";
import { badOption } from "../errors";
import { ExitCode } from "../exit-code";
import { nodeTooOldForCdktn } from "../init/errors";
import { packageName, planFiles, writeFiles, type PlannedFile } from "../init/folder";
import { packageManager } from "../init/package-manager";
import { projectFiles, TEMPLATES, type Template } from "../init/template";
import type { Runner } from "../runner";
import { shellQuoted } from "../shell";
import type { Surroundings } from "../surroundings";
import { isOlder, requireTerraform } from "../terraform-version";

interface Options {
  readonly template: string;
  readonly directory?: string;
  readonly merge?: boolean;
  readonly dryRun?: boolean;
}

const help = `
The project deploys the same program into the sandbox and, once it names your systems, to them. It asks nothing, reaches
no network, and replaces no file.
  $ outbound init                                   TypeScript for CDKTF, with a command line that this Node.js runs
  $ outbound init --template cdktn                  the same for CDK Terrain
  $ outbound init --template hcl --directory mail   plain HCL, with the provider beside it
  $ outbound init --merge --dry-run                 what would be added to the project that is here`;

/** Where Terraform finds the provider without a registry. */
const MIRROR = join("terraform.d", "plugins");

/** `outbound init`: creates a project that can be deployed at once, first into the sandbox. */
export function initCommand(command: Command, runner: Runner): void {
  command
    .description("Writes a project that declares alert mail, and says the commands that prove it in the sandbox.")
    .option("--template <name>", `what it is written in: ${TEMPLATES.join(", ")}`, "cdktf")
    .option("--directory <folder>", "where; it is made when it is not there (default: here)")
    .option("--merge", "add to a folder that holds other things; files that are there stay as they are")
    .option("--dry-run", "print what would be written, and write nothing")
    .addHelpText("after", help)
    .action((options: Options) => runner.run((surroundings) => init(options, surroundings)));
}

async function init(options: Options, surroundings: Surroundings): Promise<ExitCode> {
  const { print, err, workingDirectory, nodeVersion, platform } = surroundings;
  const template = templateOf(options.template);
  if (template === "cdktn" && isOlder(nodeVersion, OLDEST_FOR_CDKTN)) {
    throw new ProblemError(nodeTooOldForCdktn(nodeVersion, OLDEST_FOR_CDKTN));
  }
  const unable = unableToStart(platformName(platform));
  if (unable !== undefined && template === "hcl") throw new ProblemError(unable);

  const directory = resolve(workingDirectory, options.directory ?? ".");
  const command = template === "cdktn" ? "cdktn" : suitableDeployCommand(nodeVersion, platform);
  const files = planFiles(directory, projectFiles(template, packageName(directory), command), options.merge ?? false);
  if (!options.dryRun) writeFiles(directory, files);
  for (const file of files) print(line(file, options.dryRun ?? false));
  if (template === "hcl") {
    if (!options.dryRun) installProvider(join(directory, MIRROR), platformName(platform));
    print(line({ path: MIRROR, action: "write" }, options.dryRun ?? false));
  }
  if (unable !== undefined) err(announced({ ...unable, severity: "warning" }));
  const terraform = await terraformOf(surroundings);
  if (options.dryRun) return ExitCode.ok;
  const enter = options.directory === undefined ? [] : [[`cd ${quoted(options.directory)}`, ""] as const];
  const steps = [...enter, ...(template === "hcl" ? hclSteps(terraform, surroundings) : programSteps(surroundings))];
  const width = Math.max(...steps.map(([text]) => text.length));
  err("\nNext:");
  for (const [text, what] of steps) err(`  ${what === "" ? text : `${text.padEnd(width)}   # ${what}`}`);
  err(
    `\nThen put your systems into ${template === "hcl" ? "variables.tf" : "main.ts"}, set their credentials, and run`,
  );
  err(`  ${template === "hcl" ? `${terraform} apply` : packageManager(surroundings.environment).run("deploy")}`);
  return ExitCode.ok;
}

type Step = readonly [command: string, what: string];

const PROVES = "deploys into a simulated world and proves that a mail arrives";

function programSteps({ environment, nodeVersion }: Surroundings): readonly Step[] {
  const { install, run } = packageManager(environment);
  return [
    [install, `for Node.js ${nodeVersion}`],
    [run("sandbox"), PROVES],
  ];
}

/** Where Terraform keeps the state of the workspace `sandbox`. */
const SANDBOX_STATE = "terraform.tfstate.d/sandbox";

/** With a state of its own: objects in the sandbox are not those in the real systems. */
function hclSteps(terraform: string, { environment }: Surroundings): readonly Step[] {
  const outbound = packageManager(environment).execute(`cdktf-provider-outbound@${PROVIDER_VERSION}`);
  return [
    [`${terraform} init`, ""],
    [`rm -rf ${SANDBOX_STATE}`, "each sandbox begins empty"],
    [`TF_WORKSPACE=sandbox ${outbound} sandbox -- ${terraform} apply -auto-approve`, PROVES],
  ];
}

function templateOf(given: string): Template {
  const found = TEMPLATES.find((one) => one === given);
  if (found !== undefined) return found;
  const nearest = nearestWord(given, TEMPLATES);
  const list = TEMPLATES.join(", ");
  throw badOption("--template", given, nearest === undefined ? list : `${nearest} (did you mean that?), or ${list}`);
}

function installProvider(directory: string, platform: string): void {
  const identity = { source: PROVIDER_SOURCE, version: PROVIDER_VERSION };
  writeProviderMirror({ directory, ...identity, executable: executable(PROVIDER_NAME), platform });
}

/** The name of Terraform's command; a machine without one is warned at once, since nothing can be deployed there. */
async function terraformOf({ environment, interrupted, err }: Surroundings): Promise<string> {
  try {
    return (await requireTerraform(environment, interrupted)).binary;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    for (const problem of error.problems) err(announced({ ...problem, severity: "warning" }));
    return environment["TERRAFORM_BINARY_NAME"] || "terraform";
  }
}

function line({ path, action }: Pick<PlannedFile, "path" | "action">, dry: boolean): string {
  const verb = {
    write: ["wrote", "would write"],
    "add to": ["added to", "would add to"],
    keep: ["kept", "would keep"],
  } as const;
  return `${verb[action][dry ? 1 : 0]} ${path}${action === "keep" ? ", which is there already" : ""}`;
}

const quoted = (text: string) => (/^[\w./~-]+$/.test(text) ? text : shellQuoted(text));
