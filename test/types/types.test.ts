import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(__dirname, "../..");

it("the built package is used without a type error under the strictest settings, its own declarations included", () => {
  expect(existsSync(join(root, "dist/lib/index.d.ts"))).toBe(true);
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const { stdout, status } = spawnSync(process.execPath, [tsc, "-p", join(__dirname, "strict")], { encoding: "utf8" });
  expect(stdout).toBe("");
  expect(status).toBe(0);
}, 300_000);
