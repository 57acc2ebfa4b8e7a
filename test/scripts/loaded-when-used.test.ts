import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "outbound-lazy-"))));
afterEach(() => rmSync(folder, { recursive: true }));

const SCRIPT = resolve(__dirname, "../../scripts/loaded-when-used.mjs");

/** What is printed by a module that `code` is, beside two that print their names when they are loaded. */
function printed(code: string): string[] {
  writeFileSync(
    join(folder, "one.js"),
    'console.log("one is loaded"); exports.name = "one"; exports.shout = () => "ONE";',
  );
  writeFileSync(join(folder, "two.js"), 'console.log("two is loaded"); exports.Two = class {};');
  const program = `
    const { loadedWhenUsed } = await import(${JSON.stringify(SCRIPT)});
    process.stdout.write(loadedWhenUsed(process.argv[1], "\\\\w+_\\\\d+"));`;
  const { stdout: lazy } = spawnSync(process.execPath, ["--input-type=module", "-e", program, code], {
    encoding: "utf8",
  });
  writeFileSync(join(folder, "main.js"), lazy);
  const { stdout, stderr } = spawnSync(process.execPath, [join(folder, "main.js")], { encoding: "utf8" });
  expect(stderr).toBe("");
  return stdout.trim().split("\n");
}

it("loads a module at its first use, and once", () => {
  expect(
    printed(`const one_1 = require("./one");
console.log("begun");
console.log(one_1.name, (0, one_1.shout)());`),
  ).toEqual(["begun", "one is loaded", "one ONE"]);
});

it("loads what the evaluation of a module needs at that time", () => {
  expect(
    printed(`var two_1 = require("./two");
class Own extends two_1.Two {}
console.log(Own.name);`),
  ).toEqual(["two is loaded", "Own"]);
});

it("passes on the names of a module as Node.js reads them, and loads it for none", () => {
  const code = `exports.name = void 0;
var one_1 = require("./one");
Object.defineProperty(exports, "name", { enumerable: true, get: function () { return one_1.name; } });
console.log("begun");`;
  expect(printed(code)).toEqual(["begun"]);
  const importing = `import { name } from ${JSON.stringify(join(folder, "main.js"))}; console.log(name);`;
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", importing], { encoding: "utf8" });
  expect(stdout.trim().split("\n")).toEqual(["begun", "one is loaded", "one"]);
});

it("leaves alone what is required for its effect, or whole", () => {
  expect(
    printed(`require("./one");
const two = require("./two");
console.log("begun", typeof two.Two);`),
  ).toEqual(["one is loaded", "two is loaded", "begun function"]);
});

it("takes no other name for one of a module", () => {
  expect(
    printed(`const one_1 = require("./one");
const some = { one_12: { name: "another" } };
console.log(some.one_12.name);`),
  ).toEqual(["another"]);
});
