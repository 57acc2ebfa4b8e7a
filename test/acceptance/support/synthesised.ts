import { readFileSync, rmSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import type { Sandbox } from "../../../lib/sandbox";
import type { Terraform } from "./terraform";

type Json = { terraform?: { backend?: unknown } };

/** What `cdktf synth` writes for a stack, but for where the state is kept: beside it, as terraform does by itself. */
export function synthesised(build: (stack: TerraformStack) => void, name = "test"): string {
  const outdir = mkdtempSync(join(tmpdir(), "outbound-synthesised-"));
  try {
    const app = new App({ outdir });
    build(new TerraformStack(app, name));
    app.synth();
    const json = JSON.parse(readFileSync(join(outdir, "stacks", name, "cdk.tf.json"), "utf8")) as Json;
    delete json.terraform?.backend;
    return JSON.stringify(json);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** Makes it the configuration of a working directory. */
export function deployable(terraform: Terraform, json: string): void {
  writeFileSync(join(terraform.directory, "cdk.tf.json"), json);
}

/** The sandbox's relay as a program declares it. */
export function relayOf(sandbox: Sandbox) {
  const environment = sandbox.environment();
  return {
    host: environment["OUTBOUND_SANDBOX_SMTP_HOST"]!,
    caCertificate: environment["OUTBOUND_SANDBOX_SMTP_CA"]!,
    certificateThumbprint: environment["OUTBOUND_SANDBOX_SMTP_THUMBPRINT"]!,
  };
}
