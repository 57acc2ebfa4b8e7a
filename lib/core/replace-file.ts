import { renameSync, rmSync, writeFileSync } from "node:fs";

/**
 * Replaces a file atomically: whoever has the old one open keeps it, nobody ever sees half of the new one, and of several
 * concurrent writers the last wins.
 *
 * @param temporary a path on the same file system that nobody else uses; nothing is left there
 */
export function replaceFile(
  file: string,
  content: Buffer,
  { temporary, mode }: { temporary: string; mode: number },
): void {
  try {
    writeFileSync(temporary, content, { mode, flag: "wx" });
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
