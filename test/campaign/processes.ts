import { readdirSync, readFileSync } from "node:fs";

/** In the environment of everything that a trial starts, so that its processes are found whoever their parent is. */
export const MARK = "OUTBOUND_CAMPAIGN_TRIAL";

/** The processes of a trial that are alive, by id, with their command lines. */
export function processesOf(mark: string): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name) || !read(name, "environ").split("\0").includes(`${MARK}=${mark}`)) continue;
    if (/^State:\s+Z/m.test(read(name, "status"))) continue;
    found.set(Number(name), read(name, "cmdline").replaceAll("\0", " ").trim());
  }
  return found;
}

export function killed(pids: Iterable<number>): void {
  for (const pid of pids) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It has ended by itself.
    }
  }
}

function read(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return ""; // It has ended, or belongs to somebody else.
  }
}
