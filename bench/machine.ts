import { execFileSync } from "node:child_process";
import { cpus, totalmem, type } from "node:os";
import { terraformBinary } from "../test/support/terraform-binary";

/** In a few words, for the page. */
export function machine(): string {
  const processors = cpus();
  return [
    `${processors.length} × ${processors[0]?.model.trim() || "unknown processor"}`,
    `${Math.round(totalmem() / 2 ** 30)} GiB`,
    type(),
    `terraform ${terraformVersion()}`,
    ...(process.env["NODE_EXTRA_CA_CERTS"] ? ["NODE_EXTRA_CA_CERTS set"] : []),
  ].join(", ");
}

export function terraformVersion(): string {
  try {
    const text = execFileSync(terraformBinary, ["version", "-json"], {
      stdio: ["ignore", "pipe", "ignore"],
      timeout: 30_000,
    }).toString();
    return (JSON.parse(text) as { terraform_version: string }).terraform_version;
  } catch {
    // What was measured without it is worth reporting all the same.
    return "(not found)";
  }
}
