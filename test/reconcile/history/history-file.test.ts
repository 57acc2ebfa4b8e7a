import { execFileSync, fork, spawnSync } from "node:child_process";
import { once } from "node:events";
import fs, {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ProblemError } from "../../../lib/core/problem";
import { encodeRound } from "../../../lib/reconcile/history/lines";
import { readHistory } from "../../../lib/reconcile/history/history";
import { HistoryFile } from "../../../lib/reconcile/history/history-file";
import type { Round } from "../../../lib/reconcile/history/round";
import { chain, roundAt } from "./support/rounds";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "outbound-history-"));
  path = join(folder, "kept", "history.jsonl");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const historyOf = (rounds = 100, bytes = 1_000_000) => new HistoryFile(path, { rounds, bytes });
const hours = (of: readonly Round[]) => of.map(({ at }) => (Date.parse(at) - Date.parse(roundAt(0).at)) / 3_600_000);
const modeOf = (file: string) => statSync(file).mode & 0o777;

function codeOf(work: () => unknown): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return error.problems[0]!.code;
  }
}

function writer(...args: string[]) {
  return fork(join(__dirname, "support/killed-writer.ts"), [path, ...args], { execArgv: ["--import", "tsx"] });
}

describe("what is no file of its own is refused before anything is written:", () => {
  it("a link, wherever it leads", () => {
    const other = join(folder, "other");
    writeFileSync(other, "somebody else's");
    mkdirSync(join(folder, "kept"));
    symlinkSync(other, path);
    expect(codeOf(() => historyOf().check())).toBe("history/not-a-file");
    expect(codeOf(() => historyOf().append(roundAt(0)))).toBe("history/not-a-file");
    expect(readFileSync(other, "utf8")).toBe("somebody else's");
    expect(codeOf(() => readHistory(path))).toBe("history/not-a-file");
  });

  it("a folder", () => {
    mkdirSync(path, { recursive: true });
    expect(codeOf(() => historyOf().check())).toBe("history/not-a-file");
    expect(codeOf(() => readHistory(path))).toBe("history/not-a-file");
  });

  it("a pipe that nobody reads, without waiting for somebody", () => {
    mkdirSync(join(folder, "kept"));
    execFileSync("mkfifo", [path]);
    expect(codeOf(() => historyOf().check())).toBe("history/not-a-file");
    expect(codeOf(() => readHistory(path))).toBe("history/not-a-file");
  });

  it("a place below a file", () => {
    writeFileSync(join(folder, "kept"), "");
    expect(codeOf(() => historyOf().check())).toBe("history/not-writable");
  });
});

it("nobody else can read it, also where somebody could before", () => {
  historyOf().append(roundAt(0));
  expect([modeOf(path), modeOf(join(folder, "kept"))]).toEqual([0o600, 0o700]);
  execFileSync("chmod", ["644", path]);
  historyOf().append(roundAt(1));
  expect(modeOf(path)).toBe(0o600);
});

it("what is appended is read", () => {
  const whole = roundAt(3, {
    summary: "1 broken ‮\u001b[2J\n::error::",
    chains: [chain({ how: "send", state: "broken", failedStage: "RCPT", arrivedAfterMs: 17 })],
  });
  historyOf().append(whole);
  expect(readHistory(path)).toEqual({ format: "outbound-history/1", rounds: [whole], unreadable: 0 });
  // One line, whatever it holds, and nothing in it acts on a terminal.
  expect(readFileSync(path, "utf8")).toMatch(/^[\x20-\x7e]+\n$/);
});

it("kill -9 in the middle of an append: the half line is skipped, and what comes next is whole", async () => {
  const child = writer("half");
  await once(child, "message");
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
  expect(readFileSync(path, "utf8").endsWith("\n")).toBe(false);
  expect(readHistory(path)).toMatchObject({ rounds: [roundAt(0)], unreadable: 1 });
  historyOf().append(roundAt(2));
  expect(hours(readHistory(path).rounds)).toEqual([0, 2]);
  expect(readHistory(path).unreadable).toBe(1);
}, 60_000);

it("where there is no room for a line the machine's words are told, and the next line is whole", () => {
  const program = `ulimit -f 1; exec "$0" --import tsx "$@"`;
  const args = ["-c", program, process.execPath, join(__dirname, "support/killed-writer.ts"), path, "20"];
  const { stderr, status } = spawnSync("sh", args, { encoding: "utf8" });
  expect(status).toBe(1);
  expect(stderr).toMatch(/The history cannot be written[^]*(EFBIG|bytes could be written)/);
  const before = readHistory(path);
  expect(before).toMatchObject({ unreadable: 1, rounds: [roundAt(0), ...before.rounds.slice(1)] });
  historyOf().append(roundAt(99));
  expect(hours(readHistory(path).rounds)).toEqual([...hours(before.rounds), 99]);
});

it("two processes that write one file, and rotate it, lose nothing and mix nothing", async () => {
  const children = ["a", "b", "c"].map((name) => writer("2000", name));
  await Promise.all(children.map((child) => once(child, "exit")));
  const { rounds, unreadable } = readHistory(path);
  expect(unreadable).toBe(0);
  expect(rounds.length).toBeGreaterThan(200);
  expect(rounds.length).toBeLessThanOrEqual(310);
  for (const name of ["a", "b", "c"]) {
    // Of each the newest without a gap, however many of them.
    const kept = hours(rounds.filter(({ stack }) => stack === name));
    expect(kept).toEqual(kept.map((_, index) => 2_000 - kept.length + index));
  }
}, 60_000);

describe("a round is not lost", () => {
  afterEach(() => jest.restoreAllMocks());

  it("when another process puts a new file in place of the one that is open", () => {
    const history = historyOf();
    history.append(roundAt(0));
    const { writeSync } = fs;
    jest.spyOn(fs, "writeSync").mockImplementationOnce(((descriptor: number, bytes: Buffer) => {
      writeFileSync(`${path}.new`, readFileSync(path));
      renameSync(`${path}.new`, path);
      return writeSync(descriptor, bytes);
    }) as typeof writeSync);
    history.append(roundAt(1));
    expect(hours(readHistory(path).rounds)).toEqual([0, 1]);
  });

  it("when another process appends it to the file that is just being replaced", () => {
    const history = historyOf(10);
    for (let hour = 0; hour < 10; hour += 1) history.append(roundAt(hour));
    const { renameSync: rename } = fs;
    jest.spyOn(fs, "renameSync").mockImplementationOnce((from, to) => {
      appendFileSync(path, encodeRound(roundAt(99)));
      rename(from, to);
    });
    history.append(roundAt(10));
    expect(hours(readHistory(path).rounds)).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 99]);
  });
});

describe("the file is bounded:", () => {
  it("by rounds, the newest of which stay", () => {
    const history = historyOf(10);
    for (let hour = 0; hour < 1_000; hour += 1) {
      history.append(roundAt(hour));
      const kept = hours(readHistory(path).rounds);
      expect(kept.length).toBeLessThanOrEqual(10);
      expect(kept).toEqual(kept.map((_, index) => hour - kept.length + 1 + index));
    }
    expect(readdirSync(join(folder, "kept"))).toEqual(["history.jsonl"]);
    expect(modeOf(path)).toBe(0o600);
  });

  it("by bytes, of which the newest round has as many as it needs", () => {
    const history = historyOf(1_000, 2_000);
    for (let hour = 0; hour < 50; hour += 1) history.append(roundAt(hour));
    expect(statSync(path).size).toBeLessThanOrEqual(2_000);
    history.append(roundAt(50, { summary: "x".repeat(5_000) }));
    expect(hours(readHistory(path).rounds)).toEqual([50]);
  });

  it("also where others have written most of it", () => {
    historyOf(10).append(roundAt(0));
    const history = historyOf(10);
    history.append(roundAt(1));
    appendFileSync(path, `${"not a round\n".repeat(500)}`);
    history.append(roundAt(2));
    expect(readFileSync(path, "utf8").split("\n")).toHaveLength(9);
    expect(hours(readHistory(path).rounds)).toEqual([2]);
  });

  it("not by two at a time: who finds it locked leaves it, until the lock is one of somebody who was killed", () => {
    const history = historyOf(10);
    for (let hour = 0; hour < 10; hour += 1) history.append(roundAt(hour));
    const lock = `${path}.lock`;
    writeFileSync(lock, "");
    // What somebody had half made.
    writeFileSync(`${path}.new`, "half");
    history.append(roundAt(10));
    expect(readHistory(path).rounds).toHaveLength(11);
    const longAgo = new Date(Date.now() - 3_600_000);
    utimesSync(lock, longAgo, longAgo);
    history.append(roundAt(11));
    expect(existsSync(lock)).toBe(false);
    history.append(roundAt(12));
    expect(hours(readHistory(path).rounds)).toEqual([5, 6, 7, 8, 9, 10, 11, 12]);
    expect(existsSync(`${path}.new`)).toBe(false);
  });
});

it("a file that is moved away or removed is begun anew", () => {
  const history = historyOf();
  history.append(roundAt(0));
  renameSync(path, `${path}.1`);
  history.append(roundAt(1));
  expect(hours(readHistory(path).rounds)).toEqual([1]);
  rmSync(join(folder, "kept"), { recursive: true });
  history.append(roundAt(2));
  expect(hours(readHistory(path).rounds)).toEqual([2]);
});
