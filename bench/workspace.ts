import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { PROVIDER_SOURCE, PROVIDER_VERSION } from "../lib/package/identity";
import { run, type Measured } from "./measure";
import { terraformBinary } from "../test/support/terraform-binary";

/** A directory for terraform, with the built provider in its local mirror. */
export class Workspace {
  private readonly directory = mkdtempSync(join(tmpdir(), "outbound-bench-"));
  private ready: Promise<Measured> | undefined;

  constructor(
    configuration: string,
    private readonly environment: Readonly<Record<string, string>>,
  ) {
    const mirror = join(this.directory, "terraform.d/plugins", PROVIDER_SOURCE, PROVIDER_VERSION, platform());
    mkdirSync(mirror, { recursive: true });
    cpSync(
      resolve(__dirname, "../dist/provider/terraform-provider-outbound"),
      join(mirror, `terraform-provider-outbound_v${PROVIDER_VERSION}`),
    );
    writeFileSync(join(this.directory, "main.tf"), configuration);
  }

  async apply(): Promise<Measured> {
    await this.init();
    return this.terraform("apply", "-auto-approve");
  }

  async plan(): Promise<Measured> {
    await this.init();
    return this.terraform("plan", "-detailed-exitcode");
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  private init(): Promise<Measured> {
    this.ready ??= this.terraform("init");
    return this.ready;
  }

  private terraform(command: string, ...args: string[]): Promise<Measured> {
    const inherited = Object.entries(process.env).filter(([name]) => !/^(TF_|OVH_|VROPS_)/.test(name));
    return run(terraformBinary, [command, "-no-color", "-input=false", ...args], {
      cwd: this.directory,
      env: { ...Object.fromEntries(inherited), CHECKPOINT_DISABLE: "1", ...this.environment },
    });
  }
}

/** As many of Terraform's own in-process resources, holding what the flows hold: the baseline. */
export const terraformData = (count: number): string => `resource "terraform_data" "flow" {
  count = ${count}
  input = {
    service_name = "${SERVICE}"
    ip           = "${ADDRESS}"
    port         = 587
  }
}`;

/** The least that terraform can be asked to keep. */
export const bareTerraformData = (count: number): string => `resource "terraform_data" "flow" {
  count = ${count}
  input = "v${"${count.index}"}"
}`;

export const SERVICE = "pcc-192-0-2-10";

/** A different address for each `count.index`. */
export const ADDRESS = "10.0.${floor(count.index / 250)}.${count.index % 250}";

export const REQUIREMENT = `terraform {
  required_providers {
    outbound = { source = "${PROVIDER_SOURCE}", version = "${PROVIDER_VERSION}" }
  }
}`;

function platform(): string {
  const os = process.platform === "win32" ? "windows" : process.platform;
  return `${os}_${process.arch === "x64" ? "amd64" : process.arch}`;
}
