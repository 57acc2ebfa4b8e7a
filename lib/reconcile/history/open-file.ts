import { closeSync, constants, fchmodSync, fstatSync, openSync, type Stats } from "node:fs";
import { dirname } from "node:path";
import { ProblemError } from "../../core/problem";
import { errorCode, messageOf } from "../../core/thrown";
import { makeFolder } from "../../core/make-folder";
import { notAFile, notWritable } from "./errors";

/** Some flags are absent on Windows, which has no FIFOs and needs a privilege for links. */
const { O_RDONLY, O_RDWR, O_APPEND, O_CREAT, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;

/**
 * Opens a history for reading and appending, and creates it if necessary. Links are not followed, and only this user
 * may read the file.
 *
 * @throws ProblemError `history/not-a-file`, `history/not-writable`
 */
export function openForAppending(path: string): number {
  try {
    makeFolder(dirname(path), 0o700);
    const descriptor = opened(path, O_RDWR | O_APPEND | O_CREAT);
    // An existing file would keep its mode.
    if ((fstatSync(descriptor).mode & 0o077) !== 0) closingOnError(descriptor, () => fchmodSync(descriptor, 0o600));
    return descriptor;
  } catch (error) {
    throw error instanceof ProblemError ? error : notWritable(path, messageOf(error));
  }
}

/** Opens a history for reading; undefined where there is no such file. */
export function openForReading(path: string): number | undefined {
  try {
    return opened(path, O_RDONLY);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

function opened(path: string, flags: number): number {
  const descriptor = openedOrRefused(path, flags);
  const stats = fstatSync(descriptor);
  if (stats.isFile()) return descriptor;
  closeSync(descriptor);
  throw notAFile(path, whatIs(stats));
}

function openedOrRefused(path: string, flags: number): number {
  try {
    // Opening a FIFO without a writer would block.
    return openSync(path, flags | O_NOFOLLOW | O_NONBLOCK, 0o600);
  } catch (error) {
    // FreeBSD reports EMLINK where others report ELOOP.
    if (["ELOOP", "EMLINK"].includes(errorCode(error))) throw notAFile(path, "a symbolic link");
    if (errorCode(error) === "EISDIR") throw notAFile(path, "a folder");
    if (errorCode(error) === "ENXIO") throw notAFile(path, "a pipe or a socket");
    throw error;
  }
}

function whatIs(stats: Stats): string {
  if (stats.isDirectory()) return "a folder";
  return stats.isFIFO() ? "a pipe" : "a device";
}

function closingOnError(descriptor: number, work: () => void): void {
  try {
    work();
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}
