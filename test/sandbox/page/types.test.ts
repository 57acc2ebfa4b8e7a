import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { printableLines } from "../../../lib/core/printable";
import { pageFiles } from "../../../lib/sandbox/page-files";

const directory = join(__dirname, "../../../lib/sandbox/page");
const scripts = readdirSync(directory).filter((name) => name.endsWith(".js"));

it("is typed: the compiler finds nothing in the scripts, and none is left out", () => {
  for (const name of scripts) expect(readFileSync(join(directory, name), "utf8")).toMatch(/^\/\/ @ts-check\n/);
  const compiler = require.resolve("typescript/bin/tsc");
  const { stdout } = spawnSync(process.execPath, [compiler, "-p", directory], { encoding: "utf8" });
  // What the scripts import types from is checked with everything else.
  expect(stdout.split("\n").filter((line) => line.startsWith("lib/sandbox/page/"))).toEqual([]);
}, 120_000);

it("is sent whole: every file of the page has its address, and every import leads to one", () => {
  const served = pageFiles();
  expect(served.map(({ path }) => path.replace(/^\/(page\/)?/, "") || "index.html").sort()).toEqual(
    [...scripts, "index.html", "page.css"].sort(),
  );
  const paths = new Set(served.map(({ path }) => path));
  for (const { content } of served) {
    for (const [, name] of content.toString().matchAll(/ from "\.\/([\w-]+\.js)"/g)) {
      expect(paths).toContain(`/page/${name}`);
    }
  }
});

it("shows what is invisible as every other output does", () => {
  // The test runner reads no modules of the browser's kind.
  const source = readFileSync(join(directory, "printable.js"), "utf8").replace("export function", "return function");
  const printable = new Function(source)() as (text: string) => string;
  for (let codePoint = 0; codePoint <= 0x10ffff; codePoint++) {
    const text = `a${String.fromCodePoint(codePoint)}b`;
    const shown = printable(text);
    // In one comparison a hundred times as fast as in an expectation each.
    if (shown !== printableLines(text)) expect(shown).toBe(printableLines(text));
  }
  expect(printable("a\r\nb\u202ec")).toBe(printableLines("a\r\nb\u202ec"));
});
