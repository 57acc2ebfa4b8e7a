import { spawn } from "node:child_process";
import { terraformBinary } from "../../support/terraform-binary";

/** Runs terraform to its end; what it printed is the error of a run that failed. */
export function runTerraform(args: readonly string[], cwd: string, env: Record<string, string>): Promise<void> {
  return new Promise((settle, reject) => {
    const child = spawn(terraformBinary, args, {
      cwd,
      env: { ...env, CHECKPOINT_DISABLE: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    child.stdout.on("data", (text: Buffer) => (output += text.toString()));
    child.stderr.on("data", (text: Buffer) => (output += text.toString()));
    child.on("error", reject);
    child.on("close", (code) => (code === 0 ? settle() : reject(new Error(output))));
  });
}
