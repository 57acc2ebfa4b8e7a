import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { AttachedProvider } from "./attached-provider";
import { NULL_SOURCE, NULL_VERSION, PROVIDER_SOURCE, PROVIDER_VERSION } from "../../../lib/package/identity";
import { terraformBinary } from "../../support/terraform-binary";

/**
 * Started by Terraform for each walk, as with users; or once for all commands of a test, as in a debug session: six times
 * faster, for tests in which the way it is started says nothing.
 */
export type ProviderProcess = "started" | "attached";

/** A working directory for the real terraform, with our provider in its local mirror. */
export class Terraform {
  readonly directory = mkdtempSync(join(tmpdir(), "outbound-acceptance-"));

  private attached: AttachedProvider | undefined;

  constructor(
    private readonly environment: Readonly<Record<string, string>> = {},
    private readonly provider: ProviderProcess = "attached",
    private readonly binary: string = terraformBinary,
  ) {
    this.embed(PROVIDER_SOURCE, PROVIDER_VERSION, "terraform-provider-outbound");
    this.embed(NULL_SOURCE, NULL_VERSION, "terraform-provider-null");
  }

  /** Writes main.tf: the given blocks, below the provider requirement. */
  write(blocks: string): void {
    writeFileSync(
      join(this.directory, "main.tf"),
      `terraform {
  required_providers {
    outbound = { source = "${PROVIDER_SOURCE}", version = "${PROVIDER_VERSION}" }
  }
}
${blocks}
`,
    );
  }

  mainText(): string {
    return readFileSync(join(this.directory, "main.tf"), "utf8");
  }

  /** As on another machine, to which only a plan file has come. */
  loseRuns(): void {
    rmSync(join(this.directory, ".terraform/outbound-runs"), { recursive: true, force: true });
  }

  /** Makes it the working directory of a configuration that lies elsewhere. */
  copy(folder: string): void {
    cpSync(folder, this.directory, { recursive: true });
  }

  async init(): Promise<void> {
    if (this.provider === "attached") {
      this.attached ??= await AttachedProvider.start(
        built("terraform-provider-outbound"),
        this.directory,
        this.childEnvironment(),
      );
    }
    await this.succeed("init", "-no-color", "-input=false");
  }

  apply(...args: string[]): Promise<Run> {
    return this.run("apply", "-auto-approve", "-no-color", "-input=false", ...args);
  }

  async applied(...args: string[]): Promise<Run> {
    return this.succeed("apply", "-auto-approve", "-no-color", "-input=false", ...args);
  }

  /** Applies, and tells the actions that Terraform said it would take, as `plan` does. */
  async appliedActions(...args: string[]): Promise<readonly string[]> {
    return actionsIn((await this.applied(...args)).stdout);
  }

  async destroyed(): Promise<Run> {
    return this.succeed("destroy", "-auto-approve", "-no-color", "-input=false");
  }

  /** The planned actions by address, no-ops left out; fails when the plan does. */
  async plan(...args: string[]): Promise<Plan> {
    const run = await this.succeed("plan", "-no-color", "-input=false", "-out=saved.plan", ...args);
    // These words mean that nothing has drifted, either; to show the plan would start the provider once more.
    if (run.output.includes("No changes. Your infrastructure matches the configuration.")) {
      return { actions: [], imports: [], drift: [], json: {}, text: run.output };
    }
    const { stdout } = await this.succeed("show", "-json", "saved.plan");
    const json = JSON.parse(stdout) as PlanJson;
    const actions = (json.resource_changes ?? [])
      .filter((change) => change.change.actions.join() !== "no-op")
      .map((change) => `${change.change.actions.join("+")} ${change.address}`);
    const imports = (json.resource_changes ?? []).filter((change) => change.change.importing).map((one) => one.address);
    return {
      actions,
      imports,
      drift: (json.resource_drift ?? []).map((change) => change.address),
      json,
      text: run.output,
    };
  }

  tryPlan(...args: string[]): Promise<Run> {
    return this.run("plan", "-no-color", "-input=false", ...args);
  }

  validate(): Promise<Run> {
    return this.run("validate", "-no-color");
  }

  async import(address: string, id: string): Promise<Run> {
    return this.run("import", "-no-color", "-input=false", address, id);
  }

  async imported(address: string, id: string): Promise<Run> {
    return this.succeed("import", "-no-color", "-input=false", address, id);
  }

  async forget(address: string): Promise<Run> {
    return this.succeed("state", "rm", address);
  }

  /** The attributes of one resource in the state. */
  attributes(address: string): Record<string, unknown> {
    const [type, name] = address.split(".");
    const state = JSON.parse(this.stateText()) as {
      resources: { type: string; name: string; instances: { attributes: Record<string, unknown> }[] }[];
    };
    const resource = state.resources.find((one) => one.type === type && one.name === name);
    if (resource === undefined) throw new Error(`${address} is not in the state`);
    return resource.instances[0]!.attributes;
  }

  stateText(): string {
    const path = join(this.directory, "terraform.tfstate");
    return existsSync(path) ? readFileSync(path, "utf8") : "";
  }

  /** Starts terraform and does not wait: for tests that kill it. */
  start(...args: string[]): ReturnType<typeof spawn> {
    return spawn(this.binary, args, {
      cwd: this.directory,
      env: this.childEnvironment(),
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
  }

  run(...args: string[]): Promise<Run> {
    return new Promise((settle, reject) => {
      const child = spawn(this.binary, args, {
        cwd: this.directory,
        env: this.childEnvironment(),
        stdio: ["ignore", "pipe", "pipe"],
      });
      const stdout: Buffer[] = [];
      const all: Buffer[] = [];
      child.stdout.on("data", (chunk: Buffer) => (stdout.push(chunk), all.push(chunk)));
      child.stderr.on("data", (chunk: Buffer) => all.push(chunk));
      child.on("error", reject);
      child.on("close", (code) =>
        settle({ code, stdout: Buffer.concat(stdout).toString(), output: Buffer.concat(all).toString() }),
      );
    });
  }

  async succeed(...args: string[]): Promise<Run> {
    const run = await this.run(...args);
    if (run.code !== 0) throw new Error(`${this.binary} ${args.join(" ")} exited with ${run.code}:\n${run.output}`);
    return run;
  }

  remove(): void {
    this.attached?.stop();
    // The provider closes its ledger in this folder while it ends.
    rmSync(this.directory, { recursive: true, force: true, maxRetries: 10 });
  }

  private embed(source: string, version: string, executable: string): void {
    const folder = join(this.directory, "terraform.d/plugins", source, version, platform());
    mkdirSync(folder, { recursive: true });
    cpSync(built(executable), join(folder, `${executable}_v${version}`));
  }

  private childEnvironment(): NodeJS.ProcessEnv {
    // Nothing of the machine's own set-up may decide a test.
    const inherited = Object.entries(process.env).filter(([name]) => !/^(TF_|OVH_|VROPS_|CDKTF_)/.test(name));
    return {
      ...Object.fromEntries(inherited),
      CHECKPOINT_DISABLE: "1",
      TF_IN_AUTOMATION: "1",
      ...this.environment,
      ...this.attached?.environment,
    };
  }
}

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  /** Standard output and error as they came. */
  readonly output: string;
}

export interface Plan {
  /** "create outbound_x.y", "delete+create …", "update …"; empty when there is nothing to do. */
  readonly actions: readonly string[];
  readonly imports: readonly string[];
  readonly drift: readonly string[];
  readonly json: PlanJson;
  readonly text: string;
}

interface PlanJson {
  resource_changes?: { address: string; change: { actions: string[]; importing?: { id: string } } }[];
  resource_drift?: { address: string }[];
}

const ACTIONS: readonly (readonly [RegExp, string])[] = [
  [/ will be created$/, "create"],
  [/ will be updated in-place$/, "update"],
  [/ (must|will) be replaced\b/, "delete+create"],
  [/ is tainted, so must be replaced$/, "delete+create"],
  [/ will be destroyed$/, "delete"],
];

function actionsIn(text: string): readonly string[] {
  const headings = text.split("\n").flatMap((line) => (line.startsWith("  # ") ? [line.slice(4)] : []));
  return headings.flatMap((heading) => {
    const action = ACTIONS.find(([pattern]) => pattern.test(heading))?.[1];
    return action === undefined ? [] : [`${action} ${heading.split(" ")[0]!}`];
  });
}

function built(executable: string): string {
  const path = resolve(__dirname, "../../../dist/provider", executable);
  if (!existsSync(path)) throw new Error(`${executable} is not built: run npm run build`);
  return path;
}

function platform(): string {
  const os = process.platform === "win32" ? "windows" : process.platform;
  return `${os}_${process.arch === "x64" ? "amd64" : process.arch}`;
}

/** Terraform wraps and frames its messages; what is left is the words. */
export function words(output: string): string {
  return output.replace(/[│╷╵]/g, " ").replace(/\s+/g, " ").trim();
}
