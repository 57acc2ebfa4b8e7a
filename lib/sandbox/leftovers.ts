import { lstatSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

const PREFIX = "outbound-sandbox-";

/** What {@link sandboxDirectory} makes: the number of the process, and what mkdtemp adds. */
const OURS = /^outbound-sandbox-(\d{1,10})-[A-Za-z0-9]{6}$/;

/** A folder of its own for a sandbox of this process; its name says whose it is. */
export const sandboxDirectory = (temporary: string, pid: number): string =>
  mkdtempSync(join(temporary, `${PREFIX}${pid}-`));

/**
 * Removes what killed sandboxes of this user left in the temporary folder. Folders of running processes stay, and so does
 * everything else, links above all: whoever can write there chooses where they lead.
 *
 * @param isGone whether there is no process of that number
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
      // Another sandbox was faster, or it cannot be removed: no reason not to start.
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
