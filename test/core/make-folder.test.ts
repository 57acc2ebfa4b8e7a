import { existsSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeFolder } from "../../lib/core/make-folder";

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), "outbound-folder-"))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

(existsSync("/proc/self") ? describe : describe.skip)("below /proc, where there is one", () => {
  it("fails: the file system takes no folder", () => {
    expect(() => makeFolder("/proc/outbound/one/two", 0o700)).toThrow(/ENOENT/);
  });
});

it.each([
  ["a file stands in its place", "file"],
  ["a file stands above it", "file/below/it"],
])("fails where %s", (_, path) => {
  writeFileSync(join(root, "file"), "");
  expect(() => makeFolder(join(root, path))).toThrow(/EEXIST|ENOTDIR/);
});

it("creates what is missing above it, each folder with the mode", () => {
  makeFolder(join(root, "one/two/three"), 0o700);
  const modes = ["one", "one/two", "one/two/three"].map((path) => statSync(join(root, path)).mode & 0o777);
  expect(modes).toEqual([0o700, 0o700, 0o700]);
});

it("leaves as it is what exists, behind a link too", () => {
  makeFolder(join(root, "one"), 0o750);
  symlinkSync(join(root, "one"), join(root, "link"));
  makeFolder(join(root, "one"), 0o700);
  makeFolder(join(root, "link"), 0o700);
  expect(statSync(join(root, "one")).mode & 0o777).toBe(0o750);
});
