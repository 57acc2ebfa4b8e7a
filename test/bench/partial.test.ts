import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PartialFile, resumed, type Partial } from "../../bench/partial";

const folder = mkdtempSync(join(tmpdir(), "outbound-partial-"));
const path = join(folder, "deep", "partial.json");
afterAll(() => rmSync(folder, { recursive: true }));

const partial: Partial = {
  run: { id: "2026-01-01 10:00", commit: "abc1234", machine: "2 × CPU", nodes: "v24.1.0" },
  fingerprint: "a build",
  full: false,
  outcomes: new Map([
    ["starts", { rows: [{ what: "start", node: "24", ours: "1 ms", baseline: "" }] }],
    ["mail", { why: "nobody answers", failed: true }],
  ]),
};

test("what is written is read again, and gone when the run is through", () => {
  const file = new PartialFile(path);
  expect(file.read()).toBeUndefined();
  file.write(partial);
  expect(file.read()).toEqual(partial);
  file.remove();
  expect(file.read()).toBeUndefined();
});

test("a file that was cut is none", () => {
  const file = new PartialFile(path);
  file.write(partial);
  writeFileSync(path, '{"run":{"id"');
  expect(file.read()).toBeUndefined();
});

test("a run goes on only with the same build and the same selection", () => {
  expect(resumed(partial, "a build", false)).toBe(partial);
  expect(() => resumed(undefined, "a build", false)).toThrow("there is no interrupted run");
  expect(() => resumed(partial, "another", false)).toThrow("the run of 2026-01-01 10:00 measures another build");
  expect(() => resumed(partial, "a build", true)).toThrow("was started without --full");
});
