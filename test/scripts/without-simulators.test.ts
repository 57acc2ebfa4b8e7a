import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const MODULE = resolve(__dirname, "../../scripts/without-simulators.mjs");

let systems: string;
beforeEach(() => {
  systems = mkdtempSync(join(tmpdir(), "outbound-systems-"));
  mkdirSync(join(systems, "acme"));
});
afterEach(() => rmSync(systems, { recursive: true, force: true }));

/** What the build would say of a system that loads its simulator so. */
function verdict(simulator: string): string {
  writeFileSync(
    join(systems, "acme/index.ts"),
    `export const acme = defineSystem({ name: "acme", simulator: ${simulator} });`,
  );
  const script = `const { requireSimulatorNames: check } = await import(${JSON.stringify(MODULE)}); check(${JSON.stringify(systems)});`;
  const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" });
  return status === 0 ? "built" : stderr;
}

it("builds a system whose simulator has the name that is left out", () => {
  expect(verdict('async () => (await import("./simulator")).createAcmeSimulator')).toBe("built");
});

it.each([
  'async () => (await import("./fake")).createAcmeSimulator',
  'async () => (await import("./simulator/acme")).create',
  "load",
])("builds nothing with %s", (simulator) => {
  expect(verdict(simulator)).toContain("acme/index.ts: the simulator is loaded from");
});
