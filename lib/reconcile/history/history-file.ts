import { closeSync, fstatSync, readSync, writeSync } from "node:fs";
import { ProblemError } from "../../core/problem";
import { notWritable } from "./errors";
import { encodeRound } from "./lines";
import { messageOf } from "../../core/thrown";
import { openForAppending } from "./open-file";
import { bytesFrom, LINE_BREAK, lineBreaks } from "./read-bytes";
import { isStillAt, rotate, type HistoryLimits } from "./rotate";
import type { Round } from "./round";

/** How often the file may be replaced by others while one line is appended. */
const ATTEMPTS = 5;

/** A history, as a round is added to it. Several processes may add to one file. */
export class HistoryFile {
  /** As far as its lines have been counted. */
  private counted = { inode: -1, bytes: 0, lines: 0 };

  constructor(
    readonly path: string,
    private readonly bound: HistoryLimits,
  ) {}

  /**
   * Makes sure that it can be written, before there is anything to write.
   *
   * @throws ProblemError `history/not-a-file`, `history/not-writable`
   */
  check(): void {
    closeSync(openForAppending(this.path));
  }

  /**
   * Adds a round in one write, so that lines of several processes do not mix, and keeps the file within its bound.
   *
   * @throws ProblemError `history/not-a-file`, `history/not-writable`
   */
  append(round: Round): void {
    const line = encodeRound(round);
    try {
      for (let attempt = 0; attempt < ATTEMPTS && !this.isAppended(line); attempt += 1);
    } catch (error) {
      throw error instanceof ProblemError ? error : notWritable(this.path, messageOf(error));
    }
  }

  /** Whether it is in the file that the path leads to. */
  private isAppended(line: Buffer): boolean {
    const descriptor = openForAppending(this.path);
    try {
      write(descriptor, line);
      if (!isStillAt(this.path, descriptor)) return false;
      if (this.isTooLarge(descriptor)) rotate(this.path, descriptor, this.bound);
      return true;
    } finally {
      closeSync(descriptor);
    }
  }

  private isTooLarge(descriptor: number): boolean {
    const { ino, size } = fstatSync(descriptor);
    const isTheSame = ino === this.counted.inode && size >= this.counted.bytes;
    const { bytes, lines } = isTheSame ? this.counted : { bytes: 0, lines: 0 };
    const added = bytesFrom(descriptor, bytes);
    this.counted = { inode: ino, bytes: bytes + added.length, lines: lines + lineBreaks(added) };
    return this.counted.lines > this.bound.rounds || this.counted.bytes > this.bound.bytes;
  }
}

/** Ends the line that somebody was killed in, so that this one is whole. */
function write(descriptor: number, line: Buffer): void {
  const { size } = fstatSync(descriptor);
  const last = Buffer.alloc(1);
  const isTorn = size > 0 && readSync(descriptor, last, 0, 1, size - 1) === 1 && last[0] !== LINE_BREAK;
  const bytes = isTorn ? Buffer.concat([Buffer.of(LINE_BREAK), line]) : line;
  const length = writeSync(descriptor, bytes);
  if (length < bytes.length) throw new Error(`${length} of ${bytes.length} bytes could be written`);
}
