import { lstatSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

const PREFIX = "outbound-sandbox-";

/** The names that {@link sandboxDirectory} makes: with the id of the process, and what mkdtemp appends. */
const OURS = /^outbound-sandbox-(\d{1,10})-[A-Za-z0-9]{6}$/;

/** The prefix of a directory for a sandbox of this process; the name identifies its owner. */
export const sandboxDirectory = (temporary: string, pid: number): string =>
  mkdtempSync(join(temporary, `${PREFIX}${pid}-`));

/**
 * Removes directories that killed sandboxes of this user left in the temporary directory. Those of running processes
 * stay, and so does everything else, links above all: whoever can write there chooses where they lead.
 *
 * @param isGone whether no process has that id
 */
export function removeLeftovers(temporary: string, isGone: (pid: number) => boolean): void {
  for (const name of namesIn(temporary)) {
    const owner = OURS.exec(name)?.[1];
    if (owner === undefined || !isGone(Number(owner))) continue;
    const path = join(temporary, name);
    try {
      const found = lstatSync(path);
      if (!found.isDirectory() || found.uid !== (process.getuid?.() ?? found.uid)) continue;
      // Removes links that lie inside, and does not follow them.
      rmSync(path, { recursive: true, force: true });
    } catch {
      // Another sandbox was faster, or it cannot be removed: neither is a reason not to start.
    }
  }
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
