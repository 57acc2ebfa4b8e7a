import { join, resolve } from "node:path";
import type { Command } from "commander";
import { jsonText, type JsonDocument } from "../../core/json-document";
import { ProblemError } from "../../core/problem";
import { PROVIDER_NAME, PROVIDER_SOURCE, PROVIDER_SOURCES, PROVIDER_VERSION } from "../../package/identity";
import { executable, platformName, unableToStart, writeProviderMirror } from "../../package/install";
import { lockProvider } from "../lock-provider";
import { terraformCommand } from "../terraform-version";
import { ExitCode } from "../exit-code";
import type { Runner } from "../runner";
import type { Surroundings } from "../surroundings";

interface InstallOptions {
  readonly dir?: string;
  readonly platform?: string;
  /** True without a directory. */
  readonly lock?: string | boolean;
  readonly json?: boolean;
}

const installHelp = `
Terraform looks into ~/.terraform.d/plugins and into terraform.d/plugins of the working directory before it asks
any registry, so no CLI configuration is needed:
  $ outbound provider install                              for this user
  $ outbound provider install --dir terraform.d/plugins    for this configuration only, to be committed or shipped
  $ outbound provider install --lock cdktf.out/stacks/alerts    and for a synthesised stack of another language
It lies there under the names of Terraform's and of OpenTofu's registry, so that the short source cdktf-outbound/outbound
will do in both. With an entry in the lock file, neither \`init -lockfile=readonly\` nor \`cdktf deploy\` asks a registry for it.

A provider_installation block in the CLI configuration turns both off; \`outbound doctor\` finds that.`;

/** `outbound provider …`: installs the provider for configurations in HCL; CDKTF stacks include it. */
export function providerCommand(provider: Command, runner: Runner): void {
  provider.description("CDKTF stacks carry the provider along by themselves; these commands are for plain HCL.");

  provider
    .command("install")
    .summary("put the provider where Terraform finds it without a registry")
    .description(
      "Copies the provider's executable to where Terraform looks for it, and prints the block that asks for it.",
    )
    .option("--dir <directory>", "the mirror to install into (default: ~/.terraform.d/plugins)")
    .option("--platform <os_arch>", "for another machine, such as linux_arm64 (default: this machine)")
    .option("--lock [directory]", "also enter it into the lock file of a configuration (default: of this directory)")
    .option("--json", "print JSON instead of HCL: path, source, version, lockFile")
    .addHelpText("after", installHelp)
    .action((options: InstallOptions) => runner.run((surroundings) => install(options, surroundings)));

  provider
    .command("path")
    .description("Prints where the provider's executable is.")
    .action(() =>
      runner.run(async ({ out }) => {
        out(executable(PROVIDER_NAME));
        return ExitCode.ok;
      }),
    );

  provider
    .command("version")
    .description("Prints the provider's source address and version.")
    .option("--json", "print JSON instead: source, version")
    .action((options: { json?: boolean }) =>
      runner.run(async ({ out }) => {
        out(options.json ? identityAsJson() : `${PROVIDER_SOURCE} ${PROVIDER_VERSION}`);
        return ExitCode.ok;
      }),
    );
}

/** The provider's name and version as Terraform writes them. */
export interface ProviderDocument extends JsonDocument<"outbound-provider/1"> {
  /** The path of the installation; of `outbound provider install` only. */
  readonly path?: string;
  /** The lock file that has an entry for it; of `outbound provider install --lock` only. */
  readonly lockFile?: string;
  /** In three parts, for `required_providers`. */
  readonly source: string;
  /** The provider's version. */
  readonly version: string;
}

function identityAsJson(path?: string, lockFile?: string): string {
  const document: ProviderDocument = {
    format: "outbound-provider/1",
    ...(path === undefined ? {} : { path }),
    ...(lockFile === undefined ? {} : { lockFile }),
    source: PROVIDER_SOURCE,
    version: PROVIDER_VERSION,
  };
  return jsonText(document).trimEnd();
}

async function install(options: InstallOptions, surroundings: Surroundings): Promise<ExitCode> {
  const { out, err, homeDirectory, workingDirectory, platform: os } = surroundings;
  const platform = options.platform ?? platformName(os);
  const unable = unableToStart(platform);
  if (unable !== undefined) throw new ProblemError(unable);
  const directory =
    options.dir === undefined ? join(homeDirectory, ".terraform.d", "plugins") : resolve(workingDirectory, options.dir);
  const [path] = PROVIDER_SOURCES.map((source) =>
    writeProviderMirror({
      directory,
      source,
      version: PROVIDER_VERSION,
      executable: executable(PROVIDER_NAME),
      platform,
    }),
  );
  const command = await terraformCommand(surroundings);
  const lockFile =
    options.lock === undefined || options.lock === false
      ? undefined
      : lockProvider(resolve(workingDirectory, options.lock === true ? "." : options.lock), command);
  if (options.json) {
    out(identityAsJson(path, lockFile));
    return ExitCode.ok;
  }
  if (lockFile !== undefined) err(`Entered into ${lockFile}.`);
  err(`Installed into ${path}. Paste this into your configuration, then run \`${command} init\`:\n`);
  out(requiredProviders);
  return ExitCode.ok;
}

const requiredProviders = `terraform {
  required_version = ">= 1.11"
  required_providers {
    ${PROVIDER_NAME} = {
      source  = "${PROVIDER_SOURCE}"
      version = "${PROVIDER_VERSION}"
    }
  }
}`;
