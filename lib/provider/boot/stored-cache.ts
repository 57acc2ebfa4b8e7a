import { createHash } from "node:crypto";
import { closeSync, fstatSync, mkdirSync, openSync, readdirSync, readSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { replaceFile } from "../../core/replace-file";

/** What V8 has made of a part of the program. */
export interface StoredPart {
  /** Of the part's text. */
  readonly digest: string;
  readonly data: Buffer;
}

/** What an earlier process has left, by the names of the parts; each is read when it is asked for. */
export interface Stored {
  readonly names: readonly string[];
  /** Undefined when there is none, or when it is not what was written. */
  part(name: string): StoredPart | undefined;
}

const NOTHING: Stored = { names: [], part: () => undefined };

/** One that nobody has written for so long belongs to a version that is no longer used; if not, it is made again. */
const UNUSED_AFTER_MS = 30 * 24 * 3_600_000;
const EXTENSION = ".outbound-cache";
/** The first line, which says what follows, is shorter. */
const LONGEST_HEADER = 65_536;

/**
 * What is kept; nothing where it is not known to be ours: V8 runs what it is given, so a file that another user could have
 * written is not read, and a part that was cut or changed is not believed. The file stays open: another process may replace it.
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

/** Never fails: where nothing can be kept, the next start compiles again. */
export function writeStored(file: string, stored: ReadonlyMap<string, StoredPart>): void {
  const parts = [...stored].map(([name, { digest, data }]): Entry => {
    return { name, digest, length: data.length, sha256: digestOf(data) };
  });
  const header = Buffer.from(`${JSON.stringify({ parts } satisfies Header)}\n`, "latin1");
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    if (header.length > LONGEST_HEADER || !isOwn(statSync(dirname(file)))) return;
    sweep(dirname(file));
    // Several processes may end at once.
    const temporary = `${file}.${process.pid}${EXTENSION}`;
    const content = Buffer.concat([header, ...[...stored.values()].map(({ data }) => data)]);
    replaceFile(file, content, { temporary, mode: 0o600 });
  } catch {
    // Said nowhere: it would be said at every start, and nothing is worse for it than a little time.
  }
}

/** The file of one program under one Node.js. */
export function storedIn(folder: string, program: string): string {
  return join(folder, `${program}-${process.version}-${process.arch}${EXTENSION}`);
}

interface Header {
  /** In the order in which their data follows. */
  readonly parts: readonly Entry[];
}

interface Entry {
  readonly name: string;
  readonly digest: string;
  readonly length: number;
  /** Of the data. */
  readonly sha256: string;
}

const digestOf = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

function openOwn(file: string): number {
  const descriptor = openSync(file, "r");
  if (isOwn(fstatSync(descriptor)) && isOwn(statSync(dirname(file)))) return descriptor;
  closeSync(descriptor);
  throw new Error("another user may write it");
}

/** Shorter at the end of the file. */
function readAt(descriptor: number, position: number, length: number): Buffer {
  const buffer = Buffer.allocUnsafeSlow(length);
  return buffer.subarray(0, readSync(descriptor, buffer, 0, length, position));
}

const isOwn = ({ uid, mode }: { readonly uid: number; readonly mode: number }) =>
  uid === process.getuid?.() && (mode & 0o022) === 0;

function sweep(folder: string): void {
  const before = Date.now() - UNUSED_AFTER_MS;
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (name.endsWith(EXTENSION) && statSync(path).mtimeMs < before) rmSync(path, { force: true });
  }
}
