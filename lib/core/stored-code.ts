import { createHash } from "node:crypto";
import { closeSync, fstatSync, openSync, readdirSync, readSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { isOwn } from "./cache-folder";
import { replaceFile } from "./replace-file";
import { makeFolder } from "./make-folder";

/** The compiled code of a part of the program. */
export interface StoredPart {
  /** The SHA-256 digest of the part's text. */
  readonly digest: string;
  readonly data: Buffer;
}

/** The cache of an earlier process, by the names of the parts; each part is read when it is needed. */
export interface Stored {
  readonly names: readonly string[];
  /** Reads a part; undefined when it is missing or damaged. */
  part(name: string): StoredPart | undefined;
}

const NOTHING: Stored = { names: [], part: () => undefined };

/** A cache that was not written for so long belongs to an unused version; if not, it is made again. */
const UNUSED_AFTER_MS = 30 * 24 * 3_600_000;
const EXTENSION = ".outbound-cache";
/** The greatest length of the first line, which describes what follows. */
const LONGEST_HEADER = 65_536;

/**
 * Opens a cache. V8 runs whatever it contains, so a file that another user could have written counts as empty, and a damaged
 * part as missing. The file stays open: another process may replace it.
 */
export function readStored(file: string): Stored {
  try {
    const descriptor = openOwn(file);
    const first = readAt(descriptor, 0, LONGEST_HEADER);
    const head = first.indexOf(10);
    const { parts } = JSON.parse(first.toString("latin1", 0, head)) as Header;
    const entries = new Map<string, Entry & { readonly at: number }>();
    let at = head + 1;
    for (const entry of parts) {
      entries.set(entry.name, { ...entry, at });
      at += entry.length;
    }
    return {
      names: [...entries.keys()],
      part(name) {
        const entry = entries.get(name);
        if (entry === undefined) return undefined;
        const data = readAt(descriptor, entry.at, entry.length);
        return digestOf(data) === entry.sha256 ? { digest: entry.digest, data } : undefined;
      },
    };
  } catch {
    return NOTHING;
  }
}

/** Writes a cache. Never fails: without one, the next start compiles again. */
export function writeStored(file: string, stored: ReadonlyMap<string, StoredPart>): void {
  const parts = [...stored].map(([name, { digest, data }]): Entry => {
    return { name, digest, length: data.length, sha256: digestOf(data) };
  });
  const header = Buffer.from(`${JSON.stringify({ parts } satisfies Header)}\n`, "latin1");
  try {
    makeFolder(dirname(file), 0o700);
    if (header.length > LONGEST_HEADER || !isOwn(statSync(dirname(file)))) return;
    sweep(dirname(file));
    // Several processes may end at once.
    const temporary = `${file}.${process.pid}${EXTENSION}`;
    const content = Buffer.concat([header, ...[...stored.values()].map(({ data }) => data)]);
    replaceFile(file, content, { temporary, mode: 0o600 });
  } catch {
    // Not reported: every start would report it, and it only costs a little time.
  }
}

/** The path of the cache of one program under one Node.js release. */
export function storedIn(folder: string, program: string): string {
  return join(folder, `${program}-${process.version}-${process.arch}${EXTENSION}`);
}

interface Header {
  /** The entries in the order of their data. */
  readonly parts: readonly Entry[];
}

interface Entry {
  readonly name: string;
  readonly digest: string;
  readonly length: number;
  /** The digest of the data. */
  readonly sha256: string;
}

const digestOf = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

function openOwn(file: string): number {
  const descriptor = openSync(file, "r");
  if (isOwn(fstatSync(descriptor)) && isOwn(statSync(dirname(file)))) return descriptor;
  closeSync(descriptor);
  throw new Error("another user may write it");
}

/** Reads at most `length` bytes; fewer at the end of the file. */
function readAt(descriptor: number, position: number, length: number): Buffer {
  const buffer = Buffer.allocUnsafeSlow(length);
  return buffer.subarray(0, readSync(descriptor, buffer, 0, length, position));
}

function sweep(folder: string): void {
  const before = Date.now() - UNUSED_AFTER_MS;
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (name.endsWith(EXTENSION) && statSync(path).mtimeMs < before) rmSync(path, { force: true });
  }
}
