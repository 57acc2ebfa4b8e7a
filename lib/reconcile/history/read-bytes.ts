import { fstatSync, readSync } from "node:fs";

/** The bytes of an open file from `offset` to its current end. */
export function bytesFrom(descriptor: number, offset: number): Buffer {
  const { size } = fstatSync(descriptor);
  const bytes = Buffer.alloc(Math.max(0, size - offset));
  let length = 0;
  while (length < bytes.length) {
    const read = readSync(descriptor, bytes, length, bytes.length - length, offset + length);
    // The file was shortened meanwhile.
    if (read === 0) break;
    length += read;
  }
  return bytes.subarray(0, length);
}

export const LINE_BREAK = "\n".charCodeAt(0);

/** The number of line breaks. */
export function lineBreaks(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(LINE_BREAK); at >= 0; at = bytes.indexOf(LINE_BREAK, at + 1)) count += 1;
  return count;
}
