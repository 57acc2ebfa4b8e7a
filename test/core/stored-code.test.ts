import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { readStored, storedIn, writeStored, type StoredPart } from "../../lib/core/stored-code";

let root: string;
let file: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "outbound-cache-"));
  file = storedIn(join(root, "cache"), "program");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const stored: ReadonlyMap<string, StoredPart> = new Map([
  ["program", { digest: "a", data: Buffer.from([0, 10, 255]) }],
  ["axios", { digest: "b", data: Buffer.from("\n{}\n") }],
]);

/** What can be read, part by part. */
function believed(): Map<string, StoredPart> {
  const { names, part } = readStored(file);
  return new Map(names.flatMap((name) => [part(name)].flatMap((one) => (one ? [[name, one] as const] : []))));
}

it("gives back what was written, which nobody else can read or write", () => {
  writeStored(file, stored);
  expect(believed()).toEqual(stored);
  expect([statSync(file).mode & 0o777, statSync(dirname(file)).mode & 0o777]).toEqual([0o600, 0o700]);
  expect(readdirSync(dirname(file))).toHaveLength(1);
});

const isRoot = process.getuid?.() === 0;
if (!isRoot) console.warn("skipped: only root can give a file to another user");

describe("nothing is believed of a file that", () => {
  it.each<[string, () => void]>([
    ["is not there", () => rmSync(file)],
    ["says nothing of itself", () => writeFileSync(file, "null\n")],
    ["is something else", () => writeFileSync(file, Buffer.alloc(100))],
    ["its group may write", () => chmodSync(file, 0o620)],
    ["anybody may write", () => chmodSync(file, 0o602)],
    ["lies where anybody may write", () => chmodSync(dirname(file), 0o777)],
    ...(isRoot ? [["belongs to another user", () => chownSync(file, 1, 1)] as [string, () => void]] : []),
  ])("%s", (_what, change) => {
    writeStored(file, stored);
    expect(believed().size).toBe(2);
    change();
    expect(believed()).toEqual(new Map());
  });
});

it.each<[string, () => void]>([
  ["is cut", () => writeFileSync(file, readFileSync(file).subarray(0, -1))],
  [
    "has another byte",
    () => {
      const content = readFileSync(file);
      content[content.length - 1]! ^= 1;
      writeFileSync(file, content);
    },
  ],
])("a part that %s is not believed, and the others are", (_what, change) => {
  writeStored(file, stored);
  change();
  expect([...believed().keys()]).toEqual(["program"]);
});

it("does without where nothing can be written", () => {
  writeFileSync(join(root, "cache"), "a file");
  writeStored(file, stored);
  expect(readFileSync(join(root, "cache"), "utf8")).toBe("a file");
});

it("writes nothing where another user could change it", () => {
  mkdirSync(dirname(file), { mode: 0o777 });
  chmodSync(dirname(file), 0o777);
  writeStored(file, stored);
  expect(existsSync(file)).toBe(false);
});

it("takes away what no version has written for a month, and nothing else", () => {
  const [old, foreign] = [storedIn(dirname(file), "older"), join(dirname(file), "notes.txt")];
  writeStored(old, stored);
  writeFileSync(foreign, "");
  const then = Date.now() / 1000 - 31 * 24 * 3600;
  for (const path of [old, foreign]) utimesSync(path, then, then);
  writeStored(file, stored);
  expect([old, foreign, file].map((path) => existsSync(path))).toEqual([false, true, true]);
});
