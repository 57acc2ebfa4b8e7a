import { fstatSync, readSync } from "node:fs";

/** What an open file has from `offset` on, as far as it goes now. */
export function bytesFrom(descriptor: number, offset: number): Buffer {
  const { size } = fstatSync(descriptor);
  const bytes = Buffer.alloc(Math.max(0, size - offset));
  let length = 0;
  while (length < bytes.length) {
    const read = readSync(descriptor, bytes, length, bytes.length - length, offset + length);
    // It was cut meanwhile.
    if (read === 0) break;
    length += read;
  }
  return bytes.subarray(0, length);
}

export const LINE_BREAK = "\n".charCodeAt(0);

/** How many line breaks it has. */
export function lineBreaks(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(LINE_BREAK); at >= 0; at = bytes.indexOf(LINE_BREAK, at + 1)) count += 1;
  return count;
}
