import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Creates a folder, with its parents where they are missing; does nothing where it exists.
 *
 * Not by Node's own `recursive`: before Node.js 26 that never returns where a file system says ENOENT of a folder whose parent
 * exists, as /proc does.
 *
 * @param mode of each folder that it creates @default what the process's mask leaves of 0777
 * @throws the error of the system
 */
export function makeFolder(path: string, mode = 0o777): void {
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (isFolder(path)) return;
    if (code !== "ENOENT" || dirname(path) === path || isFolder(dirname(path))) throw error;
    makeFolder(dirname(path), mode);
    makeFolder(path, mode);
  }
}

/** Also where another process has just created it. */
function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
