import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keepFilesCompiled, type Loaders } from "../../lib/cli/own-compile-cache";
import { storedIn } from "../../lib/core/stored-code";
import { PROVIDER_VERSION } from "../../lib/package/identity";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "outbound-own-"));
  mkdirSync(join(root, "program"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const file = (name: string) => join(root, "program", name);
const OWN = `command-line-${PROVIDER_VERSION}`;
const kept = () => storedIn(join(root, "kept"), OWN);

/** A start of the program that needs these files; gives what they export. */
function start(...paths: string[]): unknown[] {
  const loaders: Loaders = { ".js": (module, path) => void (module.exports = `${path} by Node.js`) };
  const ends: (() => void)[] = [];
  keepFilesCompiled(join(root, "program"), join(root, "kept"), OWN, { loaders, atExit: (end) => ends.push(end) });
  const exported = paths.map((path) => {
    const module = { exports: {} } as NodeJS.Module;
    loaders[".js"](module, path);
    return module.exports as unknown;
  });
  ends.forEach((end) => end());
  return exported;
}

it("makes of a file the module that Node.js makes of it", () => {
  const text = [
    '"use strict";',
    "exports.name = [__filename, __dirname, this === module.exports, typeof require.resolve];",
    'exports.beside = require("./beside.json");',
    "exports.strict = (function () { return this === undefined; })();",
    "// the last line may be a comment",
  ].join("\n");
  writeFileSync(file("one.js"), text);
  writeFileSync(file("beside.json"), '{ "umlaut": "\u00fc" }');
  const [ours] = start(file("one.js"));
  expect(ours).toEqual(createRequire(file("one.js"))("./one.js"));
});

it("says in which file and line an error is", () => {
  writeFileSync(file("one.js"), 'exports.fail = () => {\n  throw new Error("no network");\n};');
  const [{ fail }] = start(file("one.js")) as [{ fail(): void }];
  let stack = "";
  try {
    fail();
  } catch (error) {
    stack = (error as Error).stack ?? "";
  }
  expect(stack).toContain(`${file("one.js")}:2:9`);
});

it("leaves the files of others to Node.js, also those below", () => {
  const others = [join(root, "other.js"), file("node_modules/other.js")];
  expect(start(...others)).toEqual(others.map((path) => `${path} by Node.js`));
  expect(existsSync(kept())).toBe(false);
});

it("keeps what it has compiled for the next start, which then writes nothing", () => {
  writeFileSync(file("one.js"), "exports.one = 1;");
  expect(start(file("one.js"))).toEqual([{ one: 1 }]);
  const { ino } = statSync(kept());
  expect(start(file("one.js"))).toEqual([{ one: 1 }]);
  expect(statSync(kept()).ino).toBe(ino);
});

it("never runs what was made of another text", () => {
  writeFileSync(file("one.js"), "exports.one = 1;");
  start(file("one.js"));
  writeFileSync(file("one.js"), "exports.one = 2;");
  expect(start(file("one.js"))).toEqual([{ one: 2 }]);
});

it("forgets files that a newer build no longer has", () => {
  writeFileSync(file("old.js"), "exports.old = 1;");
  writeFileSync(file("one.js"), "exports.one = 1;");
  start(file("old.js"));
  rmSync(file("old.js"));
  start(file("one.js"));
  expect(readFileSync(kept(), "latin1")).not.toContain("old.js");
});
