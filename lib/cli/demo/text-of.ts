import { readFileSync } from "node:fs";

/** What is in a file; nothing where it cannot be read, or has gone in between. */
export function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
