import { readFileSync } from "node:fs";

/** The text of a file; empty where it cannot be read, or has just been deleted. */
export function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
