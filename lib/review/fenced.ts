import { printableLine } from "../core/printable";

/** A fenced block that its content cannot close; each entry stays on one line. */
export function fenced(lines: readonly string[], language = "diff"): string {
  const text = lines.map(printableLine).join("\n");
  const longest = Math.max(2, ...[...text.matchAll(/`{3,}/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

export interface Extract {
  readonly shown: readonly string[];
  /** The number of lines that are left out. */
  readonly left: number;
}

/**
 * Cuts lines to a number of bytes, two thirds of them from the beginning; where something is left out, a line says so.
 */
export function headAndTail(lines: readonly string[], room: number): Extract {
  const whole = lines.reduce((sum, line) => sum + bytes(line) + 1, 0);
  if (whole <= room) return { shown: lines, left: 0 };
  const head = fitting(lines, (room * 2) / 3);
  const tail = fitting(lines.slice(head.length).reverse(), room / 3).reverse();
  // It begins with a space: it is neither added nor removed.
  return { shown: [...head, "  …", ...tail], left: lines.length - head.length - tail.length };
}

function fitting(lines: readonly string[], room: number): string[] {
  let used = 0;
  const end = lines.findIndex((line) => (used += bytes(line) + 1) > room);
  return lines.slice(0, end === -1 ? lines.length : end);
}

export function bytes(text: string): number {
  return Buffer.byteLength(text);
}
