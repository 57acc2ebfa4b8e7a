import { closeSync, fstatSync, openSync, rmSync, statSync, writeSync } from "node:fs";
import { replaceFile } from "../../core/replace-file";
import { openForAppending } from "./open-file";
import { bytesFrom, LINE_BREAK } from "./read-bytes";

/** What a history may hold. */
export interface HistoryLimits {
  readonly rounds: number;
  readonly bytes: number;
}

/** It takes milliseconds: whoever holds it that long was killed. */
const STALE_MS = 60_000;

/** So much of the bound stays, so that not every append rotates. */
const KEPT = 0.8;

/**
 * Puts a new file with the newest rounds in the place of the one that is open. Nothing is lost that others append meanwhile:
 * what reaches the old file is carried over, and who finds that its file has lost its name appends again.
 */
export function rotate(path: string, descriptor: number, bound: HistoryLimits): void {
  const lock = `${path}.lock`;
  if (!tookLock(lock, fstatSync(descriptor).mtimeMs)) return;
  try {
    const bytes = bytesFrom(descriptor, 0);
    if (!isStillAt(path, descriptor)) return;
    const temporary = `${path}.new`;
    // Of one who was killed; with the lock nobody else uses it.
    rmSync(temporary, { force: true });
    replaceFile(path, newest(bytes, bound), { temporary, mode: 0o600 });
    carryOver(path, bytesFrom(descriptor, bytes.length));
  } finally {
    rmSync(lock, { force: true });
  }
}

/** Whether the path still leads to the file that is open. */
export function isStillAt(path: string, descriptor: number): boolean {
  const [there, open] = [statSync(path, { throwIfNoEntry: false }), fstatSync(descriptor)];
  return there?.ino === open.ino && there.dev === open.dev;
}

/** @param now by the clock of the file system */
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

/** Whole lines from its end, one at least. */
function newest(bytes: Buffer, bound: HistoryLimits): Buffer {
  const [mostLines, mostBytes] = [Math.floor(bound.rounds * KEPT), Math.floor(bound.bytes * KEPT)];
  let from = bytes.length;
  for (let lines = 0; from > 0 && lines < Math.max(1, mostLines); lines += 1) {
    // The break before the line in front of `from`, whose own break is the last byte.
    const begin = from < 2 ? 0 : bytes.lastIndexOf(LINE_BREAK, from - 2) + 1;
    if (lines > 0 && bytes.length - begin > mostBytes) break;
    from = begin;
  }
  return bytes.subarray(from);
}
