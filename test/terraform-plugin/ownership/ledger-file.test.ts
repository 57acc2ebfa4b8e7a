import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { LedgerFile } from "../../../lib/terraform-plugin/ownership/ledger-file";
import { Ownership } from "../../../lib/terraform-plugin/ownership/ownership";
import type { LedgerRecord, OwnedObject } from "../../../lib/terraform-plugin/ownership/record";

let parent: string;
let folder: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "outbound-ledger-"));
  folder = join(parent, "outbound-runs");
  mkdirSync(folder);
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

const open = (process: string, run = "run") => new LedgerFile(folder, run, process, "default", () => 0);
const file = (run = "run") => join(folder, `${run}.jsonl`);
const object = (id: string): OwnedObject => ({ realm: "r", type: "lab_machine", id });
const ids = (records: readonly LedgerRecord[]) => records.flatMap((one) => ("object" in one ? [one.object.id] : []));
const take = (ledger: LedgerFile, id: string) =>
  ledger.append({ event: "take", object: object(id), key: [], claim: id }, true);

it("tells all processes the same events in the same order", () => {
  const [one, other] = [open("1.1"), open("2.1")];
  take(one, "a");
  take(other, "b");
  take(one, "c");
  expect(ids(one.news())).toEqual(["a", "b", "c"]);
  expect(ids(other.news())).toEqual(["a", "b", "c"]);
  expect(one.news()).toEqual([]);
  expect(one.failure()).toBeUndefined();
});

const FULL = "/dev/full";
(existsSync(FULL) ? describe : describe.skip)(`a disk that is full, played by ${FULL}`, () => {
  beforeEach(() => symlinkSync(FULL, file()));

  it("fails nothing, keeps the events, and is said once with its reason", () => {
    const ledger = open("1.1");
    take(ledger, "a");
    expect(ids(ledger.news())).toEqual(["a"]);
    take(ledger, "b");
    expect(ids(ledger.news())).toEqual(["b"]);
    expect(ledger.failure()).toMatchObject({
      path: file(),
      error: { message: expect.stringContaining("ENOSPC") as unknown },
    });
    expect(ledger.failure()).toBeUndefined();
    expect(() => ledger.close()).not.toThrow();
  });

  it("lets a create have what it has made", () => {
    const ownership = new Ownership(() => open("1.1"), {
      sleep: () => Promise.reject(new Error("nothing to wait for")),
    });
    ownership.applies();
    expect(ownership.take(object("a"), [])).toBe(true);
    expect(ownership.remove(object("b"), [], {}, undefined)).toEqual({ kind: "delete" });
    const problem = ownership.unrecorded();
    expect(problem).toMatchObject({ code: "terraform/run-not-recorded", severity: "warning" });
    expect(problem?.got).toContain("ENOSPC");
    expect(ownership.unrecorded()).toBeUndefined();
    ownership.close();
  });
});

it("writes what is left once it can, and tells nothing twice", () => {
  mkdirSync(file());
  const [one, other] = [open("1.1"), open("2.1")];
  take(one, "a");
  expect(ids(one.news())).toEqual(["a"]);
  rmSync(file(), { recursive: true });
  take(one, "b");
  take(other, "c");
  expect(ids(one.news())).toEqual(["b", "c"]);
  expect(ids(other.news())).toEqual(["a", "b", "c"]);
});

it("loses no event behind a line that could be written in part only", () => {
  writeFileSync(file(), '{"event":"take","obj');
  const ledger = open("1.1");
  take(ledger, "a");
  expect(ids(ledger.news())).toEqual(["a"]);
});

const limited = spawnSync("bash", ["-c", "trap '' XFSZ; ulimit -f 1 && kill -l XFSZ"]).status === 0;
(limited ? describe : describe.skip)("a limit of files, by `ulimit -f`", () => {
  it("cuts a write short, and nothing is lost", () => {
    const script = `
    const { LedgerFile } = require(${JSON.stringify(resolve(__dirname, "../../../lib/terraform-plugin/ownership/ledger-file.ts"))});
    const ledger = new LedgerFile(${JSON.stringify(folder)}, "run", "1.1", "default", () => 0);
    const told = [];
    for (let at = 0; at < 40; at++) {
      ledger.append({ event: "deleted", object: { realm: "r", type: "lab_machine", id: String(at) } }, at % 7 === 6);
      if (at % 5 === 0) told.push(...ledger.news());
    }
    told.push(...ledger.news());
    console.log(JSON.stringify({ told: told.map(({ object }) => object.id), why: String(ledger.failure()?.error) }));
    ledger.close();
  `;
    const line = `trap '' XFSZ; ulimit -f 1; exec "$@"`;
    const { stdout, stderr } = spawnSync(
      "bash",
      ["-c", line, "bash", process.execPath, "--import", "tsx", "-e", script],
      // Where tsx keeps what it has compiled no file may grow, either.
      { cwd: resolve(__dirname, "../../.."), encoding: "utf8", env: { ...process.env, TSX_DISABLE_CACHE: "1" } },
    );
    expect(stderr).toBe("");
    const { told, why } = JSON.parse(stdout) as { told: string[]; why: string };
    expect(told).toEqual(Array.from({ length: 40 }, (_, at) => String(at)));
    expect(why).toContain("EFBIG");
    expect(readFileSync(file(), "utf8").length).toBe(1_024);
  });
});

describe("a folder that is cleared away", () => {
  it("is made again before the first event", () => {
    const ledger = open("1.1");
    rmSync(folder, { recursive: true });
    expect(ledger.others()).toEqual([]);
    take(ledger, "a");
    expect(ids(ledger.news())).toEqual(["a"]);
    expect(readFileSync(file(), "utf8")).toContain('"id":"a"');
    expect(ledger.failure()).toBeUndefined();
  });

  it("takes no event of a process away that has written already", () => {
    const ledger = open("1.1");
    take(ledger, "a");
    rmSync(folder, { recursive: true });
    take(ledger, "b");
    expect(ids(ledger.news())).toEqual(["a", "b"]);
  });

  it("fails nothing where what it stood in is gone, too", () => {
    const ledger = open("1.1");
    rmSync(parent, { recursive: true });
    take(ledger, "a");
    expect(ids(ledger.news())).toEqual(["a"]);
    expect(String(ledger.failure()?.error)).toContain("ENOENT");
    ledger.close();
  });

  it("lets what another run has planned be out of date without it", () => {
    const earlier = open("1.1", "earlier");
    earlier.append({ event: "start", pid: 1, workspace: "default" }, true);
    const [other] = open("2.1").others();
    expect(other?.run).toBe("earlier");
    unlinkSync(file("earlier"));
    other!.append({ event: "consumed", run: "run" });
    expect(existsSync(file("earlier"))).toBe(false);
  });
});
