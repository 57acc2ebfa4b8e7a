import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "../lib/core/make-folder";
import { PROVIDER_SOURCE, PROVIDER_VERSION } from "../lib/package/identity";
import { terraformBinary } from "../test/support/terraform-binary";
import { Accounts, type Account } from "./accounts";
import { run } from "./measure";
import { HERE, providerOf, type Subject } from "./subject";
import { removeFolder, temporaryFolder } from "./temporary-folder";

export interface Measured extends Account {
  readonly seconds: number;
}

export interface WorkspaceOptions {
  /** By file name. */
  readonly files: Readonly<Record<string, string>>;
  /** Where systems are. @default nowhere */
  readonly environment?: Readonly<Record<string, string>>;
  /** The provider, and the Node.js that it runs with. @default none is needed */
  readonly subject?: Subject;
}

/** A directory for terraform, with the built provider in its local mirror. */
export class Workspace {
  readonly directory = temporaryFolder("workspace");
  /** Of terraform, and of what starts it. */
  readonly environment: Readonly<Record<string, string>>;
  private ready: Promise<unknown> | undefined;

  constructor({ files, environment = {}, subject }: WorkspaceOptions) {
    const mirror = join(this.directory, "terraform.d/plugins", PROVIDER_SOURCE, PROVIDER_VERSION, platform());
    makeFolder(mirror);
    const executable = join(mirror, `terraform-provider-outbound_v${PROVIDER_VERSION}`);
    cpSync(providerOf(subject ?? { root: HERE }), executable);
    for (const [name, text] of Object.entries(files)) writeFileSync(join(this.directory, name), text);
    const inherited = Object.entries(process.env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && !FOREIGN.test(entry[0]),
    );
    this.environment = {
      ...Object.fromEntries(inherited),
      ...environment,
      CHECKPOINT_DISABLE: "1",
      // Beside it: what a start keeps for the next one is not shared with anybody.
      OUTBOUND_CODE_CACHE: join(this.directory, "code-cache"),
      ...(subject === undefined ? {} : { OUTBOUND_NODE: subject.node }),
    };
  }

  async apply(): Promise<Measured> {
    await this.init();
    return this.terraform("apply", "-auto-approve");
  }

  /** Fails when there is anything to do. */
  async plan(): Promise<Measured> {
    await this.init();
    return this.terraform("plan", "-detailed-exitcode");
  }

  init(): Promise<unknown> {
    this.ready ??= this.terraform("init");
    return this.ready;
  }

  remove(): void {
    removeFolder(this.directory);
  }

  private async terraform(command: string, ...args: string[]): Promise<Measured> {
    const accounts = new Accounts();
    const env = { ...this.environment, ...accounts.environment() };
    try {
      const seconds = await run(terraformBinary, [command, "-no-color", "-input=false", ...args], {
        cwd: this.directory,
        env,
      });
      return { seconds, ...accounts.take() };
    } catch (error) {
      accounts.take();
      throw error;
    }
  }
}

/** What would make a run differ from one machine to another. */
const FOREIGN = /^(TF_|OVH_|VROPS_|OUTBOUND_|NODE_OPTIONS$)/;

function platform(): string {
  const os = process.platform === "win32" ? "windows" : process.platform;
  return `${os}_${process.arch === "x64" ? "amd64" : process.arch}`;
}
