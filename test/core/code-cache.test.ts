import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { CodeCache, type Source } from "../../lib/core/code-cache";
import { readStored, storedIn, writeStored } from "../../lib/core/stored-code";
import { V8Switches } from "../../lib/provider/boot/v8-switches";

let root: string;
let file: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "outbound-cache-"));
  file = storedIn(root, "program");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const half = (text: string) => ({ file: "/program", name: "half", text: `(function half(x) { return ${text}; })` });

/** What a process does with the parts that it needs; the number of the file tells whether it wrote one. */
function processThatNeeds(...parts: Source[]) {
  const cache = new CodeCache(file, new V8Switches(), () => true);
  const values = parts.map((part) => (cache.compile(part) as (x: number) => unknown)(8));
  cache.keep();
  return { values, written: existsSync(file) ? statSync(file).ino : undefined };
}

it("compiles once: the next process takes what is kept, and writes nothing", () => {
  const first = processThatNeeds(half("x / 2"));
  const second = processThatNeeds(half("x / 2"));
  expect([first.values, second.values]).toEqual([[4], [4]]);
  expect(first.written).toBeDefined();
  expect(second.written).toBe(first.written);
});

it("never runs what was made of another text, not even of the same length", () => {
  const { written } = processThatNeeds(half("x / 2"));
  const next = processThatNeeds(half("x * 2"));
  expect(next.values).toEqual([16]);
  expect(next.written).not.toBe(written);
});

it("keeps more when a process has needed more, and what it has not needed", () => {
  const other = { file: "/program", name: "other", text: "(function () { return 1; })" };
  processThatNeeds(half("x / 2"));
  processThatNeeds(other);
  expect(readStored(file).names).toEqual(["half usual", "other usual"]);
  const { ino } = statSync(file);
  expect(processThatNeeds(half("x / 2"), other)).toEqual({ values: [4, 1], written: ino });
});

it("keeps nothing of a part that the program no longer has", () => {
  processThatNeeds({ file: "/program", name: "./chunk-OLD.js", text: "(function () { return 1; })" });
  const cache = new CodeCache(file, new V8Switches(), (name) => name !== "./chunk-OLD.js");
  cache.compile(half("x / 2"));
  cache.keep();
  expect(readStored(file).names).toEqual(["half usual"]);
});

it("compiles again what V8 does not take", () => {
  // A text that this process has not seen: V8 remembers those itself.
  const part = half("x / 3 + 1 / 3");
  const digest = createHash("sha256").update(part.text).digest("hex");
  writeStored(file, new Map([["half usual", { digest, data: Buffer.alloc(64) }]]));
  const { ino } = statSync(file);
  const { values, written } = processThatNeeds(part);
  expect(values).toEqual([3]);
  expect(written).not.toBe(ino);
});

it("takes what is kept after the process has begun to save, and keeps what was compiled then", () => {
  // Texts that this process has not seen.
  const [early, late] = [half("x / 5"), { file: "/program", name: "late", text: "(function (x) { return x / 7; })" }];
  const life = () => {
    const set: string[] = [];
    const switches = new V8Switches(undefined, (flag) => {
      set.push(flag);
      setFlagsFromString(flag);
    });
    const cache = new CodeCache(file, switches, () => true);
    cache.compile(early);
    switches.save();
    cache.compile(late);
    cache.keep();
    // As the next process begins.
    set.length = 0;
    const defaults = switches.withDefaults(() => [...set]);
    defaults.forEach((flag) => setFlagsFromString(flag));
    return statSync(file).ino;
  };
  const written = life();
  expect(readStored(file).names).toEqual(["half usual", "late usual"]);
  expect(life()).toBe(written);
});

/** Switches whose mode a test chooses: V8 itself has no way back from its efficiency mode. */
const inState = (state: "usual" | "efficient") => ({ state, withDefaults: <T>(act: () => T) => act() });

it("keeps apart what was compiled before and after V8 was changed for good", () => {
  // What is kept grows with the functions that have been called.
  const early = { file: "/program", name: "half", text: "(function () { return (x) => x / 11; })" };
  const late = { file: "/program", name: "late", text: "(function (x) { return x / 13; })" };
  const first = new CodeCache(file, new V8Switches(), () => true);
  first.compile(early);
  first.keep();
  const switches = { ...inState("usual") };
  const cache = new CodeCache(file, switches, () => true);
  const made = (cache.compile(early) as () => (x: number) => number)();
  expect([made(11), cache.isComplete]).toEqual([1, true]);
  const before = readStored(file).part("half usual");
  Object.assign(switches, inState("efficient"));
  cache.compile(late);
  expect(cache.isComplete).toBe(false);
  cache.keep();
  expect(readStored(file).names).toEqual(["half usual", "late efficient"]);
  // V8 would write down the wrong switches for it now.
  expect(readStored(file).part("half usual")).toEqual(before);
});

it("keeps nothing where it is switched off", () => {
  const cache = new CodeCache(undefined, new V8Switches(), () => true);
  expect((cache.compile(half("x / 2")) as (x: number) => number)(8)).toBe(4);
  cache.keep();
  expect(existsSync(file)).toBe(false);
});
