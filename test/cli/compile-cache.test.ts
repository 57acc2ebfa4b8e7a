import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import * as nodeModule from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { keepCompiled } from "../../lib/cli/compile-cache";
import { storedIn } from "../../lib/core/stored-code";
import { PROVIDER_VERSION } from "../../lib/package/identity";

const OWN = `command-line-${PROVIDER_VERSION}`;
let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), "outbound-compiled-"))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Which folder Node.js is told to keep things in, of a Node.js that can, whichever runs this. */
async function told(environment: NodeJS.ProcessEnv = {}): Promise<string[]> {
  const folders: string[] = [];
  const enable = (folder: string) => void folders.push(folder);
  await keepCompiled({ OUTBOUND_CODE_CACHE: root, ...environment }, { enableCompileCache: enable });
  return folders;
}

it("keeps in a folder of this version", async () => {
  expect(await told()).toEqual([join(root, OWN)]);
  expect(existsSync(join(root, OWN))).toBe(true);
});

it.each([
  ["is switched off", { OUTBOUND_CODE_CACHE: "off" }],
  ["Node.js is told another", { NODE_COMPILE_CACHE: "/elsewhere" }],
])("keeps nothing where it %s", async (_, environment) => expect(await told(environment)).toEqual([]));

it("takes nothing from where another user may write", async () => {
  chmodSync(root, 0o777);
  expect(await told()).toEqual([]);
  chmodSync(root, 0o755);
  expect(await told()).toHaveLength(1);
  chmodSync(join(root, OWN), 0o770);
  expect(await told()).toEqual([]);
});

it("does without where there is no place", async () => {
  writeFileSync(join(root, "file"), "");
  expect(await told({ OUTBOUND_CODE_CACHE: join(root, "file", "below") })).toEqual([]);
});

it.each([
  ["keeps by itself where Node.js cannot", {}, [[resolve(__dirname, "../../lib/cli"), "the cache"]]],
  ["keeps nothing by itself where it is switched off", { OUTBOUND_CODE_CACHE: "off" }, []],
  ["keeps nothing by itself where Node.js is told another", { NODE_COMPILE_CACHE: "/elsewhere" }, []],
  ["keeps nothing by itself where Node.js is told to keep nothing", { NODE_DISABLE_COMPILE_CACHE: "1" }, []],
])("%s", async (_, environment, expected) => {
  const kept: (readonly string[])[] = [];
  const ourselves = async (program: string, folder: string) =>
    void kept.push([program, folder.replace(root, "the cache")]);
  await keepCompiled({ OUTBOUND_CODE_CACHE: root, ...environment }, {}, ourselves);
  expect(kept).toEqual(expected);
  expect(readdirSync(root)).toEqual([]);
});

it("clears away what versions have left that nobody uses any more, and nothing else", async () => {
  for (const name of ["command-line-0.0.1", "command-line-0.0.2", "mine"]) mkdirSync(join(root, name));
  for (const name of ["command-line-0.0.1", "mine"]) utimesSync(join(root, name), 0, 0);
  await told();
  expect(readdirSync(root)).toEqual([OWN, "command-line-0.0.2", "mine"].sort());
});

it("is kept and taken by the built command, by Node.js where it can", () => {
  const own = storedIn(root, OWN);
  let written: number | undefined;
  const script = resolve(__dirname, "../../bin/outbound.js");
  const environment = { ...process.env, OUTBOUND_CODE_CACHE: root, NODE_COMPILE_CACHE: undefined };
  for (let start = 1; start <= 2; start++) {
    const { stdout } = spawnSync(process.execPath, [script, "--version"], { env: environment, encoding: "utf8" });
    expect(stdout).toBe(`${PROVIDER_VERSION}\n`);
    const { ino } = statSync("enableCompileCache" in nodeModule ? join(root, OWN) : own);
    expect(ino).toBe((written ??= ino));
  }
  expect(readdirSync(root)).toHaveLength(1);
});
