import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "outbound-files-"))));
afterEach(() => rmSync(folder, { recursive: true }));

/** Three commands: two of them share a chunk with each other, all share one with the start. */
const CHUNKS: Record<string, { now?: string[]; later?: string[]; text: string }> = {
  "main.js": {
    now: ["all.js"],
    later: ["one.js", "two.js", "three.js"],
    text: 'const { say } = require("./all.js"); say("begun"); require(`./${process.argv[2]}.js`);',
  },
  "all.js": { text: 'exports.say = (text) => console.log(text); exports.say("all");' },
  "one.js": { now: ["all.js", "both.js"], later: ["run.js"], text: 'require("./both.js"); require("./run.js");' },
  "two.js": { now: ["all.js", "both.js"], text: 'require("./both.js");' },
  "three.js": { now: ["all.js"], text: 'require("./all.js").say(require("node:path").basename(__dirname));' },
  "both.js": { now: ["all.js"], text: 'require("./all.js").say("both");' },
  "run.js": { now: ["all.js"], later: ["rare.js"], text: 'require("./all.js").say("run"); require("./rare.js");' },
  "rare.js": { now: ["all.js"], text: 'require("./all.js").say("rare");' },
};

function laidOut(): string[] {
  const imports = (paths: string[] = [], kind: string) => paths.map((path) => ({ path: `dist/${path}`, kind }));
  const outputs = Object.entries(CHUNKS).map(([name, { now, later }]) => [
    `dist/${name}`,
    { imports: [...imports(now, "import-statement"), ...imports(later, "dynamic-import")] },
  ]);
  const texts = Object.entries(CHUNKS).map(([name, { text }]) => [name, text]);
  const script = `
    const { filesOf } = await import(${JSON.stringify(resolve(__dirname, "../../scripts/cli-files.mjs"))});
    const { outputs, texts } = JSON.parse(process.argv[1]);
    console.log(JSON.stringify([...filesOf(Object.fromEntries(outputs), new Map(texts), "main.js")]));`;
  const args = ["--input-type=module", "-e", script, JSON.stringify({ outputs, texts })];
  const files = JSON.parse(spawnSync(process.execPath, args, { encoding: "utf8" }).stdout) as [string, string][];
  for (const [name, text] of files) writeFileSync(join(folder, name), text);
  return readdirSync(folder);
}

const played = (command: string) =>
  spawnSync(process.execPath, [join(folder, "main.js"), command], { encoding: "utf8" })
    .stdout.trim()
    .split("\n");

it("lays what the same commands need into one file, what a command loads once it is run into another, and leaves the rest alone", () => {
  expect(laidOut()).toEqual(["main.js", "one.js", "rare.js", "shared-1.js", "shared-2.js", "three.js", "two.js"]);
  const placed = (file: string) =>
    Object.keys(CHUNKS).filter((name) => readFileSync(join(folder, file), "utf8").includes(`"${name}": (`));
  expect(["one.js", "shared-1.js", "shared-2.js"].map(placed)).toEqual([["one.js"], ["both.js"], ["run.js"]]);
});

it("lets nobody read a large chunk for the sake of small ones beside it", () => {
  const large = `${" ".repeat(65_536)}exports.large = true;`;
  CHUNKS["two.js"]!.now!.push("large.js");
  CHUNKS["one.js"]!.now!.push("large.js");
  CHUNKS["large.js"] = { text: large };
  expect(laidOut()).toContain("large.js");
});

it("evaluates each chunk once, when it is needed", () => {
  laidOut();
  expect(played("one")).toEqual(["all", "begun", "both", "run", "rare"]);
  expect(played("two")).toEqual(["all", "begun", "both"]);
  expect(played("three")).toEqual(["all", "begun", folder.split("/").at(-1)]);
});
