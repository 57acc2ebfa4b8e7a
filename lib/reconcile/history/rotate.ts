import { closeSync, fstatSync, openSync, rmSync, statSync, writeSync } from "node:fs";
import { replaceFile } from "../../core/replace-file";
import { openForAppending } from "./open-file";
import { bytesFrom, LINE_BREAK } from "./read-bytes";

/** The limits of a history. */
export interface HistoryLimits {
  readonly rounds: number;
  readonly bytes: number;
}

/** A rotation takes milliseconds: a lock that is older belongs to a killed process. */
const STALE_MS = 60_000;

/** The share of the limit that is kept, so that not every append rotates. */
const KEPT = 0.8;

/**
 * Replaces the open file with a new one that has the newest rounds. Lines that other processes append meanwhile are not
 * lost: those in the old file are copied, and a process that finds its file replaced appends again.
 */
export function rotate(path: string, descriptor: number, bound: HistoryLimits): void {
  const lock = `${path}.lock`;
  if (!tookLock(lock, fstatSync(descriptor).mtimeMs)) return;
  try {
    const bytes = bytesFrom(descriptor, 0);
    if (!isStillAt(path, descriptor)) return;
    const temporary = `${path}.new`;
    // Left by a killed process; under the lock nobody else uses it.
    rmSync(temporary, { force: true });
    replaceFile(path, newest(bytes, bound), { temporary, mode: 0o600 });
    carryOver(path, bytesFrom(descriptor, bytes.length));
  } finally {
    rmSync(lock, { force: true });
  }
}

/** Whether the path still leads to the open file. */
export function isStillAt(path: string, descriptor: number): boolean {
  const [there, open] = [statSync(path, { throwIfNoEntry: false }), fstatSync(descriptor)];
  return there?.ino === open.ino && there.dev === open.dev;
}

/**
 * Takes the lock, unless another process holds it.
 *
 * @param now by the clock of the file system
 */
function tookLock(lock: string, now: number): boolean {
  try {
    closeSync(openSync(lock, "wx", 0o600));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    const stats = statSync(lock, { throwIfNoEntry: false });
    // The next append takes it then.
    if (stats !== undefined && now - stats.mtimeMs > STALE_MS) rmSync(lock, { force: true });
    return false;
  }
}

function carryOver(path: string, late: Buffer): void {
  if (late.length === 0) return;
  const descriptor = openForAppending(path);
  try {
    writeSync(descriptor, late);
  } finally {
    closeSync(descriptor);
  }
}

/** Whole lines from the end, at least one. */
function newest(bytes: Buffer, bound: HistoryLimits): Buffer {
  const [mostLines, mostBytes] = [Math.floor(bound.rounds * KEPT), Math.floor(bound.bytes * KEPT)];
  let from = bytes.length;
  for (let lines = 0; from > 0 && lines < Math.max(1, mostLines); lines += 1) {
    // Finds the line break before `from`, whose own line break is the last byte.
    const begin = from < 2 ? 0 : bytes.lastIndexOf(LINE_BREAK, from - 2) + 1;
    if (lines > 0 && bytes.length - begin > mostBytes) break;
    from = begin;
  }
  return bytes.subarray(from);
}
