import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, watch, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** Plans for ever: writes the plan file, then says so, and ends as Terraform does when it is interrupted. */
const TERRAFORM = `#!/bin/sh
case "$1" in
  version) echo 'Terraform v1.11.4'; exit 0 ;;
  plan)
    for argument in "$@"; do
      case "$argument" in -out=*) echo secret > "\${argument#-out=}" ;; esac
    done
    touch "$SIGNS/planning"
    exec sleep 60 ;;
esac
`;

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "outbound-signals-"));
  for (const folder of ["tmp", "signs", "cdktf.out/stacks/alerts/.terraform"]) {
    mkdirSync(join(root, folder), { recursive: true });
  }
  writeFileSync(join(root, "cdktf.out/manifest.json"), '{"stacks":{"alerts":{"name":"alerts"}}}');
  writeFileSync(join(root, "cdktf.out/stacks/alerts/cdk.tf.json"), "{}");
  writeFileSync(join(root, "terraform"), TERRAFORM);
  chmodSync(join(root, "terraform"), 0o755);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

it.each(["SIGHUP", "SIGQUIT", "SIGTERM"] as const)(
  "%s ends a command that plans, with its plan file gone",
  async (signal) => {
    const signs = join(root, "signs");
    const child = spawn(process.execPath, [resolve("bin/outbound.js"), "reconcile"], {
      cwd: root,
      env: {
        PATH: process.env["PATH"],
        HOME: root,
        TMPDIR: join(root, "tmp"),
        SIGNS: signs,
        TERRAFORM_BINARY_NAME: join(root, "terraform"),
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    child.stdout.on("data", (text: Buffer) => (output += text.toString()));
    child.stderr.on("data", (text: Buffer) => (output += text.toString()));
    const ended = new Promise<number | null>((settle) => child.on("close", (code) => settle(code)));
    await Promise.race([appears(signs, "planning"), ended]);
    expect(readdirSync(join(root, "tmp")).filter((name) => name.startsWith("outbound-plan-"))).toHaveLength(1);
    child.kill(signal);
    expect(await ended).toBe(130);
    expect(output).toContain("Stopped.");
    expect(readdirSync(join(root, "tmp")).filter((name) => name.startsWith("outbound-"))).toEqual([]);
  },
  30_000,
);

function appears(directory: string, name: string): Promise<void> {
  return new Promise((settle) => {
    const look = (): void => {
      if (!existsSync(join(directory, name))) return;
      watcher.close();
      settle();
    };
    const watcher = watch(directory, look);
    look();
  });
}
