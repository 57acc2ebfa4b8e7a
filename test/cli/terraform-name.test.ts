import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommandLine } from "../../lib/cli/program";
import { commandByName } from "../../lib/cli/terraform-name";

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), "terraform-name-"))));
afterEach(() => rmSync(directory, { recursive: true }));

function fake(name: string): void {
  const path = join(directory, name);
  writeFileSync(path, "#!/bin/sh\nexit 1\n");
  chmodSync(path, 0o755);
}

it("is known without being started, for examples in help", async () => {
  const only = { PATH: directory };
  expect(commandByName(only)).toBe("terraform");
  fake("tofu");
  expect(commandByName(only)).toBe("tofu");
  const lines: string[] = [];
  const world = { environment: only, homeDirectory: directory, workingDirectory: directory, platform: "linux" };
  const out = (line: string) => void lines.push(line);
  const interrupted = new AbortController().signal;
  await runCommandLine(["probe", "--help"], { ...world, out, err: out, nodeVersion: "20.11.0", interrupted });
  expect(lines.join("\n")).toContain("$ tofu show -json | outbound probe --from-plan -");
  expect(lines.join("\n")).not.toMatch(/\bterraform show/);
  fake("terraform");
  expect(commandByName(only)).toBe("terraform");
  expect(commandByName({ ...only, TERRAFORM_BINARY_NAME: "/opt/tofu/bin/tofu" })).toBe("tofu");
});
