import { ProblemError, type Problem } from "../core/problem";
import type { ExitCode } from "./exit-code";

/** Every problem with the command line or the machine, in one place. */

export const oldestTerraform = "1.11.0";

const installTerraform =
  "Install Terraform or OpenTofu 1.11 or later and make sure it comes first on PATH; to use a binary of another name or place, set TERRAFORM_BINARY_NAME.";

export function terraformMissing(binary: string): Problem {
  return {
    code: "cli/terraform-missing",
    severity: "error",
    summary: "Terraform was not found",
    got: binary,
    expected: `Terraform or OpenTofu ${oldestTerraform} or later`,
    fix: installTerraform,
  };
}

export function terraformTooOld(product: string, version: string, binary: string): Problem {
  return {
    code: "cli/terraform-too-old",
    severity: "error",
    summary: `${product} is too old: write-only attributes, which keep passwords out of the state, came with 1.11`,
    got: `${product} ${version} (${binary})`,
    expected: `Terraform or OpenTofu ${oldestTerraform} or later`,
    fix: installTerraform,
  };
}

export function terraformUnusable(binary: string, evidence: string): Problem {
  return {
    code: "cli/terraform-unusable",
    severity: "error",
    summary: "What should be Terraform does not tell its version",
    got: binary,
    expected: `an answer to \`${binary} version\` that begins with "Terraform v" or "OpenTofu v"`,
    fix: installTerraform,
    evidence,
  };
}

export function nodeTooOld(version: string): Problem {
  return {
    code: "cli/node-too-old",
    severity: "error",
    summary: "Node.js is too old",
    got: version,
    expected: "20 or later",
    fix: "Install a supported Node.js; Terraform starts the provider with the first `node` on PATH.",
  };
}

export function bundleNotExecutable(path: string): Problem {
  return {
    code: "cli/provider-not-executable",
    severity: "error",
    summary: "Terraform cannot start the provider",
    got: `${path} without the permission to execute it`,
    expected: "an executable file",
    fix: "In a checkout run `npm run build`; in a project install the package again.",
  };
}

/** `failure` is the error that it ended with. */
export function providerDoesNotStart(path: string, got: string): Problem {
  return {
    code: "cli/provider-does-not-start",
    severity: "error",
    summary: "The provider does not start as Terraform starts it",
    got,
    expected: `${path} says where it listens`,
    fix: "Terraform starts it with the first `node` on its PATH, or with the one that OUTBOUND_NODE names: make that Node.js 20 or later.",
  };
}

/** `app` is the command that `cdktf.json` names. */
export function runnerMissing(runner: string, app: string): Problem {
  return {
    code: "cli/typescript-runner-missing",
    severity: "error",
    summary: `cdktf.json runs the program with ${runner}, which is not installed in this project`,
    got: app,
    expected: `${runner} in node_modules`,
    fix: `Run \`npm install --save-dev ${runner}\`; or, with tsx, write "app": "node --import tsx main.ts".`,
  };
}

export function tsNodeTooOld(typescript: string): Problem {
  return {
    code: "cli/ts-node-and-typescript-7",
    severity: "error",
    summary: `ts-node cannot run programs with TypeScript ${typescript}`,
    got: `ts-node with TypeScript ${typescript}`,
    expected: "tsx, or TypeScript 5",
    fix: 'Run `npm install --save-dev tsx` and write "app": "node --import tsx main.ts" into cdktf.json.',
  };
}

/** `failure` is Terraform's message. */
export function nullProviderMissing(failure: string): Problem {
  return {
    code: "cli/null-provider-missing",
    severity: "warning",
    summary: "Terraform cannot have hashicorp/null, which a stack needs that tests after deployment",
    got: failure,
    expected: "a registry, a mirror or a cache that has it",
    fix: "Without a registry, set `embedNullProvider: true` on the OutboundProvider, as programs of `outbound init` do: the package brings its own.",
  };
}

export function cdktfCannotLoad(version: string, node: string, failure: string, cdktn: string): Problem {
  return {
    code: "cli/cdktf-cannot-load",
    severity: "error",
    summary: `cdktf-cli ${version} does not run on Node.js ${node}`,
    got: failure,
    expected: "a command line for CDKTF that can be loaded",
    fix: `Install that of CDK Terrain, which deploys the same programs unchanged: \`npm install --global cdktn-cli@${cdktn}\`, then \`cdktn deploy\` in place of \`cdktf deploy\`. Or use Node.js 20 or 22.`,
  };
}

/** @param library the library of the program */
export function deployCommandMissing(library: "cdktf" | "cdktn"): Problem {
  const own = library === "cdktf";
  const cdktn = "`npm install --global cdktn-cli` (Node.js 22.19 and later)";
  return {
    code: "cli/deploy-command-missing",
    severity: "error",
    summary: `There is no command line that deploys programs for ${own ? "CDKTF" : "CDK Terrain"}`,
    got: `${own ? "neither cdktf-cli nor" : "no"} cdktn-cli in this project or on PATH`,
    expected: own ? "one of them" : "cdktn-cli",
    fix: `Run ${own ? "`npm install --save-dev cdktf-cli` (Node.js 20 and 22) or " : ""}${cdktn}.`,
  };
}

/** `failure` is npm's message. */
export function toolNotInstalled(tool: string, folder: string, failure: string): Problem {
  return {
    code: "cli/tool-not-installed",
    severity: "error",
    summary: `${tool} could not be fetched`,
    got: failure.split("\n").slice(-5).join("\n"),
    expected: `npm installs it into ${folder}`,
    fix: `Make npm reach its registry, or install it yourself (\`npm install --global ${tool}\`) and run the command again.`,
  };
}

export function cliConfigMissing(path: string): Problem {
  return {
    code: "cli/terraform-config-missing",
    severity: "warning",
    summary: "TF_CLI_CONFIG_FILE names a file that does not exist",
    got: path,
    expected: "an existing file, or no such variable",
    fix: "Unset the variable or create the file. Terraform only warns about it, but in every command.",
  };
}

export function implicitMirrorDisabled(path: string): Problem {
  return {
    code: "cli/terraform-mirror-disabled",
    severity: "error",
    summary: "The Terraform CLI configuration turns off the local provider directories",
    got: `a provider_installation block in ${path}`,
    expected: "no such block, or one with a filesystem_mirror that has this provider",
    fix: 'Run `outbound provider install` and add `filesystem_mirror { path = "~/.terraform.d/plugins" }` to the block (write the path out in full): with the block there, Terraform looks nowhere else, not even in terraform.d/plugins of the stack.',
  };
}

export function explicitMirror(path: string): Problem {
  return {
    code: "cli/terraform-mirror-explicit",
    severity: "warning",
    summary: "The Terraform CLI configuration names its own provider mirrors",
    got: `a provider_installation block with filesystem_mirror in ${path}`,
    fix: "Install the provider into that mirror with `outbound provider install --dir <path>`: Terraform looks nowhere else.",
  };
}

export function extraArguments(variable: string, value: string): Problem {
  return {
    code: "cli/terraform-extra-arguments",
    severity: "warning",
    summary: `${variable} adds arguments to Terraform commands`,
    got: value,
    fix: "Keep in mind that `cdktf deploy` inherits them; unset the variable when a command behaves oddly.",
  };
}

export function commandNotStarted(command: string, cause: string): ProblemError {
  return new ProblemError({
    code: "cli/command-not-started",
    severity: "error",
    summary: `${command} cannot be started`,
    got: cause,
    expected: "a program on PATH, or the path of one",
    fix: "Correct the command after --; for one of the project, write `npx` before it.",
  });
}

export function variableMissing(name: string, purpose: string): ProblemError {
  return new ProblemError({
    code: "cli/variable-missing",
    severity: "error",
    summary: `The environment variable ${name} is not set`,
    expected: purpose,
    fix: `Set it, for example with \`read -rs ${name} && export ${name}\`, so that the value stands neither in the shell history nor in the list of processes.`,
  });
}

/** The command line is wrong; nothing was done. The exit code is 2. */
export class UsageError extends ProblemError {}

/** A problem with an exit code of its own. */
export class CodedError extends ProblemError {
  constructor(
    readonly exitCode: ExitCode,
    ...problems: Problem[]
  ) {
    super(...problems);
  }
}

/** Runs `read`, which reads the command line: its problems are the command line's. */
export function asUsage<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof ProblemError ? new UsageError(...error.problems) : error;
  }
}

export function badOption(option: string, got: string, expected: string): UsageError {
  return new UsageError({
    code: "cli/bad-option",
    severity: "error",
    summary: `The value of ${option} is not usable`,
    got,
    expected,
    fix: "See --help of the command.",
  });
}

export const needsHorizon = (option: string): UsageError =>
  new UsageError({
    code: "cli/needs-horizon",
    severity: "error",
    summary: `${option} tells of what ends, and --horizon is missing`,
    fix: "Add --horizon, or --horizon 60d for another time than 30 days.",
  });

export function fileUnreadable(path: string, evidence: string): Problem {
  return {
    code: "cli/file-unreadable",
    severity: "error",
    summary: "The file cannot be read",
    got: path,
    fix: "Name an existing file.",
    evidence,
  };
}

export function notAReview(path: string): Problem {
  return {
    code: "cli/not-a-review",
    severity: "error",
    summary: "This is not a review in Markdown",
    got: path,
    expected: "a file that begins with the hidden line of a review",
    fix: "Name the file that `outbound review --md` has written.",
  };
}

export function noSuchDirectory(path: string): Problem {
  return {
    code: "cli/no-such-directory",
    severity: "error",
    summary: "There is no such directory",
    got: path,
    expected: "the directory of a configuration, or of a stack that has been synthesised",
    fix: "Correct the path; synthesise the program first.",
  };
}

const NO_ROOM = ["ENOSPC", "EFBIG", "EDQUOT"];
const NOT_ALLOWED = ["EACCES", "EPERM", "EROFS"];

/** An error of the operating system is not a defect of this package; undefined for any other error. */
function machineRefused(error: unknown): Problem | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  // Other thrown values have none of these fields.
  const { code = "", message = "", path } = error as Partial<NodeJS.ErrnoException>;
  const hasNoRoom = NO_ROOM.includes(code);
  // An error about a port has no path.
  if (!hasNoRoom && !(NOT_ALLOWED.includes(code) && path !== undefined)) return undefined;
  return {
    code: hasNoRoom ? "cli/no-room-for-file" : "cli/file-not-allowed",
    severity: "error",
    summary: hasNoRoom ? "There is no room to write a file" : "A file or folder may not be used",
    got: path === undefined || message.includes(path) ? message : `${message} (${path})`,
    expected: hasNoRoom ? "room on the disk, and no limit that files reach (`ulimit -f`)" : "the permission to use it",
    fix: hasNoRoom
      ? "Make room and run the command again; temporary files go to the folder that TMPDIR names."
      : "Run the command as the user whose file it is, or name another place.",
  };
}

/** The problems of a failed command; an unforeseen error becomes one problem. */
export const problemsIn = (error: unknown): readonly Problem[] =>
  error instanceof ProblemError ? error.problems : [unexpected(error)];

export function unexpected(error: unknown): Problem {
  const refused = machineRefused(error);
  if (refused !== undefined) return refused;
  return {
    code: "cli/unexpected",
    severity: "error",
    summary: error instanceof Error ? error.message : String(error),
    fix: "This should have been a clearer message: run the command again with --debug and report what it prints.",
  };
}

export const noRefusal = (): Problem => ({
  code: "cli/no-refusal",
  severity: "error",
  summary: "There is no refusal in these words",
  expected: 'a reply that begins with 4 or 5, such as "550 5.1.1 User unknown", or text that holds one',
  fix: "Give the server's words with their code, in quotes; or lines of a log or a bounce on standard input.",
});

export const noFallback = (stack: string): UsageError =>
  new UsageError({
    code: "cli/no-fallback",
    severity: "error",
    summary: "--notify mail has no relay to send by",
    got: `${stack} declares no second relay`,
    expected: "`fallback` of an AlertMail, or an outbound_test_email with `fallback = true`",
    fix: "Declare a second relay, at another provider than the first: the mail of the first one is what may be broken.",
  });

export const fallbackIsBroken = (address: string, server: string): Problem => ({
  code: "cli/fallback-broken",
  severity: "error",
  summary: `${address}: nobody was told by ${server}, which was found broken itself`,
  fix: "Put it right first; until then only the other ways of --notify tell.",
});

export const fallbackRefuses = (address: string, server: string, evidence: string): Problem => ({
  code: "cli/fallback-refuses",
  severity: "error",
  summary: `${address}: nobody was told by ${server}`,
  fix: "Put the second relay right: `outbound send --from-stack --only` of this address shows every stage.",
  evidence,
});
