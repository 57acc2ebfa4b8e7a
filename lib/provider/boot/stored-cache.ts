import { createHash } from "node:crypto";
import { closeSync, fstatSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { isOwn } from "../../core/cache-folder";
import { replaceFile } from "../../core/replace-file";

/** By the name of a part of the program: the digest of its text, and what V8 has made of it. */
export type Stored = Map<string, { readonly digest: string; readonly data: Buffer }>;

/** One that nobody has written for so long belongs to a version that is no longer used; if not, it is made again. */
const UNUSED_AFTER_MS = 30 * 24 * 3_600_000;
const EXTENSION = ".outbound-cache";

/**
 * What is kept; empty where there is nothing, and where it is not known to be ours: V8 runs what it is given, so a file that
 * another user could have written is not read, and one that was cut or changed is not believed.
 */
export function readStored(file: string): Stored {
  try {
    const content = readOwn(file);
    const head = content.indexOf(10);
    const { parts, sha256 } = JSON.parse(content.toString("utf8", 0, head)) as Header;
    const body = content.subarray(head + 1);
    if (digestOf(body) !== sha256) return new Map();
    let offset = 0;
    return new Map(
      parts.map(({ name, digest, length }) => {
        const data = body.subarray(offset, (offset += length));
        return [name, { digest, data }];
      }),
    );
  } catch {
    return new Map();
  }
}

/** Never fails: where nothing can be kept, the next start compiles again. */
export function writeStored(file: string, stored: Stored): void {
  const parts = [...stored].map(([name, { digest, data }]) => ({ name, digest, length: data.length }));
  const body = Buffer.concat([...stored.values()].map(({ data }) => data));
  const header: Header = { parts, sha256: digestOf(body) };
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    if (!isOwn(statSync(dirname(file)))) return;
    sweep(dirname(file));
    // Several processes may end at once.
    const temporary = `${file}.${process.pid}${EXTENSION}`;
    replaceFile(file, Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), body]), { temporary, mode: 0o600 });
  } catch {
    // Said nowhere: it would be said at every start, and nothing is worse for it than a little time.
  }
}

/** The file of one program under one Node.js. */
export function storedIn(folder: string, program: string): string {
  return join(folder, `${program}-${process.version}-${process.arch}${EXTENSION}`);
}

interface Header {
  readonly parts: readonly { readonly name: string; readonly digest: string; readonly length: number }[];
  readonly sha256: string;
}

const digestOf = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

function readOwn(file: string): Buffer {
  const descriptor = openSync(file, "r");
  try {
    if (!isOwn(fstatSync(descriptor)) || !isOwn(statSync(dirname(file)))) throw new Error("another user may write it");
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function sweep(folder: string): void {
  const before = Date.now() - UNUSED_AFTER_MS;
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (name.endsWith(EXTENSION) && statSync(path).mtimeMs < before) rmSync(path, { force: true });
  }
}
