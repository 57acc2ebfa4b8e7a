import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { CodeCache } from "../../../lib/provider/boot/code-cache";
import { Heap } from "../../../lib/provider/boot/heap";
import { readStored, storedIn, writeStored } from "../../../lib/provider/boot/stored-cache";

let root: string;
let file: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "outbound-cache-"));
  file = storedIn(root, "program");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const half = (text: string) => ({ name: "half", text: `(function half(x) { return ${text}; })` });

/** What a process does with the parts that it needs; the number of the file tells whether it wrote one. */
function processThatNeeds(...parts: { name: string; text: string }[]) {
  const cache = new CodeCache(file, "/program", new Heap(), () => true);
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
  const other = { name: "other", text: "(function () { return 1; })" };
  processThatNeeds(half("x / 2"));
  processThatNeeds(other);
  expect(readStored(file).names).toEqual(["half", "other"]);
  const { ino } = statSync(file);
  expect(processThatNeeds(half("x / 2"), other)).toEqual({ values: [4, 1], written: ino });
});

it("keeps nothing of a part that the program no longer has", () => {
  processThatNeeds({ name: "./chunk-OLD.js", text: "(function () { return 1; })" });
  const cache = new CodeCache(file, "/program", new Heap(), (name) => name !== "./chunk-OLD.js");
  cache.compile(half("x / 2"));
  cache.keep();
  expect(readStored(file).names).toEqual(["half"]);
});

it("compiles again what V8 does not take", () => {
  // A text that this process has not seen: V8 remembers those itself.
  const part = half("x / 3 + 1 / 3");
  const digest = createHash("sha256").update(part.text).digest("hex");
  writeStored(file, new Map([["half", { digest, data: Buffer.alloc(64) }]]));
  const { ino } = statSync(file);
  const { values, written } = processThatNeeds(part);
  expect(values).toEqual([3]);
  expect(written).not.toBe(ino);
});

it("takes what is kept after the heap was made to stay small, and keeps what was compiled then", () => {
  const heap = new Heap();
  // Texts that this process has not seen.
  const [early, late] = [half("x / 5"), { name: "late", text: "(function (x) { return x / 7; })" }];
  const life = () => {
    const cache = new CodeCache(file, "/program", heap, () => true);
    cache.compile(early);
    heap.keepSmall("young");
    heap.keepSmall("old");
    cache.compile(late);
    cache.keep();
    // As the next process begins.
    for (const flag of ["--semi-space-growth-factor=2", "--heap-growing-percent=0"]) setFlagsFromString(flag);
    return statSync(file).ino;
  };
  const written = life();
  expect(readStored(file).names).toEqual(["half", "late"]);
  expect(life()).toBe(written);
});

it("keeps nothing where it is switched off", () => {
  const cache = new CodeCache(undefined, "/program", new Heap(), () => true);
  expect((cache.compile(half("x / 2")) as (x: number) => number)(8)).toBe(4);
  cache.keep();
  expect(existsSync(file)).toBe(false);
});
