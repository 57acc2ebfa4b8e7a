import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import type { DeployCommand } from "../deploy-command";
import { MARKER } from "./leftovers";

/** Variables that the tools need to run. Others are not inherited: real credentials, proxies, Terraform settings. */
const INHERITED =
  /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LC_\w+|TMPDIR|TEMP|TMP|SYSTEMROOT|COMSPEC|APPDATA|LOCALAPPDATA|USERPROFILE|TERRAFORM_BINARY_NAME|(ASDF|MISE|NVM|FNM|VOLTA|TFENV|TENV)_\w+)$/i;

/** A project directory of the demo's own, so that state and `cdktf.out` are not left in any project. */
export class Workspace {
  readonly directory = mkdtempSync(join(tmpdir(), "outbound-demo-"));
  private packageFolder = "";
  private runner = "";
  /** Values of further variables that a stack needs: `{ TF_VAR_x: "…" }`. */
  readonly variables: Record<string, string> = {};

  constructor(
    /** The marker of every process of this run. */
    readonly run: string,
    private readonly inherited: Readonly<Record<string, string | undefined>>,
    private readonly sandbox: Readonly<Record<string, string>>,
    private readonly deployCommand: Pick<DeployCommand, "script">,
  ) {}

  /**
   * Makes the directory a CDKTF project whose app is a program of this package: the reference stack, or an example.
   *
   * @param runner the script that runs TypeScript
   */
  prepare(packageFolder: string, runner: string, app = "stacks/main.ts"): void {
    this.packageFolder = packageFolder;
    this.runner = runner;
    mkdirSync(join(this.directory, ".cdktf"));
    writeFileSync(join(this.directory, "terraform.rc"), "disable_checkpoint = true\n");
    this.writeProject(join(packageFolder, app));
  }

  /** Makes a program in this directory the app, with the packages that `npm install` would install. */
  useProgram(file: string): void {
    this.writeProject(join(this.directory, file));
    const modules = join(this.directory, "node_modules");
    mkdirSync(modules);
    const from = createRequire(join(this.packageFolder, "package.json"));
    for (const name of ["cdktf", "constructs"]) {
      symlinkSync(dirname(from.resolve(`${name}/package.json`)), join(modules, name), "junction");
    }
    symlinkSync(this.packageFolder, join(modules, "cdktf-provider-outbound"), "junction");
  }

  private writeProject(program: string): void {
    const project = {
      language: "typescript",
      app: [process.execPath, this.runner, program].map((word) => JSON.stringify(word)).join(" "),
      projectId: "0b0a7bd0-0000-4000-8000-000000000000",
      sendCrashReports: "false",
    };
    writeFileSync(join(this.directory, "cdktf.json"), JSON.stringify(project, undefined, 2));
  }

  /** Deletes code and state: the objects in the systems are then as if made by hand. */
  forget(stacks: readonly string[]): void {
    rmSync(join(this.directory, "cdktf.out"), { recursive: true });
    for (const stack of stacks) {
      for (const end of ["", ".backup"]) {
        rmSync(join(this.directory, `terraform.${stack}.tfstate${end}`), { force: true });
      }
    }
  }

  /** `outbound …`, as a command for `runChild`. */
  outbound(...args: string[]): string[] {
    return [process.execPath, join(this.packageFolder, "bin", "outbound.js"), ...args];
  }

  /** `cdktf deploy`, as a command for `runChild`. */
  cdktf(...args: string[]): string[] {
    return [process.execPath, this.deployCommand.script, ...args];
  }

  /** The directory where cdktf runs terraform for a stack. */
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

  /** The variables that the sandbox and the tools need, for the user's own shell. */
  get toolEnvironment(): Record<string, string> {
    return {
      ...this.sandbox,
      CHECKPOINT_DISABLE: "1",
      // The user's own Terraform configuration (mirrors, credentials) is not used in a demo.
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
      // Terraform starts the provider with the first `node` on PATH: make it the one that runs this process.
      PATH: `${dirname(process.execPath)}${delimiter}${PATH}`,
      ...this.toolEnvironment,
      ...this.variables,
      [MARKER]: this.run,
      CI: "1",
      FORCE_COLOR: "0",
      NO_COLOR: "1",
      TF_IN_AUTOMATION: "1",
      TF_INPUT: "0",
    };
  }
}
