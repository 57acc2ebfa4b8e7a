import type { Problem } from "../core/problem";

/** The problems with the programs that a deployment needs: Terraform, Node.js, cdktf, the provider. */

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
