import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { checkoutIncomplete } from "../errors";
import { MARKER } from "./leftovers";

/** What the tools need to run at all. Everything else stays outside: real credentials, proxies, Terraform settings. */
const INHERITED =
  /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LC_\w+|TMPDIR|TEMP|TMP|SYSTEMROOT|COMSPEC|APPDATA|LOCALAPPDATA|USERPROFILE|TERRAFORM_BINARY_NAME|(ASDF|MISE|NVM|FNM|VOLTA|TFENV|TENV)_\w+)$/i;

/** A project directory of the demo's own, so that state and `cdktf.out` do not litter the checkout. */
export class Workspace {
  readonly directory = mkdtempSync(join(tmpdir(), "outbound-demo-"));
  private checkout = "";

  constructor(
    /** Marks every process of this run. */
    readonly run: string,
    private readonly inherited: Readonly<Record<string, string | undefined>>,
    private readonly sandbox: Readonly<Record<string, string>>,
  ) {}

  /** Makes it a CDKTF project whose app is a program of the checkout: the reference stack, or an example. */
  prepare(checkout: string, app = "stacks/main.ts"): void {
    this.checkout = checkout;
    const program = join(checkout, app);
    const runner = join(checkout, "node_modules", "tsx", "dist", "cli.mjs");
    for (const path of [program, runner]) if (!existsSync(path)) throw checkoutIncomplete(path);
    mkdirSync(join(this.directory, ".cdktf"));
    writeFileSync(join(this.directory, "terraform.rc"), "disable_checkpoint = true\n");
    const project = {
      language: "typescript",
      app: [process.execPath, runner, program].map((word) => JSON.stringify(word)).join(" "),
      projectId: "0b0a7bd0-0000-4000-8000-000000000000",
      sendCrashReports: "false",
    };
    writeFileSync(join(this.directory, "cdktf.json"), JSON.stringify(project, undefined, 2));
  }

  /** `cdktf deploy`, as a command for `runChild`. */
  cdktf(...args: string[]): string[] {
    const cli = join(this.checkout, "node_modules", "cdktf-cli", "bundle", "bin", "cdktf");
    return [process.execPath, cli, ...args];
  }

  /** Where cdktf runs terraform for a stack. */
  stackDirectory(stack: string): string {
    return join(this.directory, "cdktf.out", "stacks", stack);
  }

  /** The stacks of the app, known after synth. */
  stacks(): string[] {
    const manifest = readFileSync(join(this.directory, "cdktf.out", "manifest.json"), "utf8");
    return Object.keys((JSON.parse(manifest) as { stacks: Record<string, unknown> }).stacks);
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** What the sandbox and the tools need, for a shell of the user's own. */
  get toolEnvironment(): Record<string, string> {
    return {
      ...this.sandbox,
      CHECKPOINT_DISABLE: "1",
      // The user's own Terraform configuration (mirrors, credentials) has no part in a demo.
      TF_CLI_CONFIG_FILE: join(this.directory, "terraform.rc"),
      CDKTF_HOME: join(this.directory, ".cdktf"),
      CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1",
    };
  }

  /** The whole environment of the demo's own commands. */
  get environment(): Record<string, string> {
    const basic = Object.entries(this.inherited).filter(
      (entry): entry is [string, string] => INHERITED.test(entry[0]) && entry[1] !== undefined,
    );
    const { PATH = "", ...rest } = Object.fromEntries(basic);
    return {
      ...rest,
      // Terraform starts the provider with the first `node` on PATH: let it be the one that runs us.
      PATH: `${dirname(process.execPath)}${delimiter}${PATH}`,
      ...this.toolEnvironment,
      [MARKER]: this.run,
      CI: "1",
      FORCE_COLOR: "0",
      NO_COLOR: "1",
      TF_IN_AUTOMATION: "1",
      TF_INPUT: "0",
    };
  }
}
