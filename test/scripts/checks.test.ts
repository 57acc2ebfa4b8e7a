import { spawnSync } from "node:child_process";
import { resolve } from "node:path";

const checks = JSON.stringify(resolve(__dirname, "../../scripts/checks.mjs"));

/** What a script says that checks this, and how it ends. */
function ended(body: string) {
  const module = `const { Checks } = await import(${checks}); const all = new Checks(); ${body}; all.end();`;
  const { status, stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", module], { encoding: "utf8" });
  return { status, stdout };
}

it("fails when nothing was checked", () => {
  expect(ended("")).toEqual({ status: 1, stdout: expect.stringContaining("nothing was checked") });
});

it("fails with what was wrong", () => {
  const { status, stdout } = ended(`all.run("one", () => "it is broken"); all.run("two", () => undefined)`);
  expect(status).toBe(1);
  expect(stdout).toMatch(/FAILED {3}one[^]*it is broken[^]*ok {7}two[^]*1 passed, 1 failed, 0 skipped/);
});

it("says why something is skipped, which is no failure", () => {
  expect(ended(`all.skip("one", "no network")`)).toEqual({
    status: 0,
    stdout: expect.stringContaining("skipped  one: no network"),
  });
});
