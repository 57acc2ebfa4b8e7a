import { readdirSync } from "node:fs";
import type { Clock } from "../../core/clock";
import { textOf } from "./text-of";

export interface LeftProcess {
  readonly pid: number;
  readonly command: string;
}

/** A variable that every process of the demo inherits, so that none can be missed, however it was started. */
export const MARKER = "OUTBOUND_DEMO_RUN";

/**
 * The processes of this run that are still alive; undefined where that cannot be seen. Process groups are not enough:
 * cdktf starts Terraform in a session of its own, and a provider outlives a killed Terraform.
 */
export function leftProcesses(run: string, procDirectory = "/proc"): LeftProcess[] | undefined {
  let entries: string[];
  try {
    entries = readdirSync(procDirectory);
  } catch {
    return undefined;
  }
  return entries
    .filter((entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid)
    .filter((entry) => textOf(`${procDirectory}/${entry}/environ`).split("\0").includes(`${MARKER}=${run}`))
    .map((entry) => ({
      pid: Number(entry),
      command: textOf(`${procDirectory}/${entry}/cmdline`).replaceAll("\0", " ").trim(),
    }));
}

/** Ends the processes of a run that are left, gently first; resolves to those that did not end. */
export async function endLeftProcesses(run: string, clock: Clock): Promise<LeftProcess[]> {
  for (const name of ["SIGTERM", "SIGKILL"] as const) {
    const left = leftProcesses(run) ?? [];
    if (left.length === 0) return [];
    for (const { pid } of left) {
      try {
        process.kill(pid, name);
      } catch {
        // It has ended meanwhile.
      }
    }
    for (let waited = 0; waited < 3_000 && (leftProcesses(run) ?? []).length > 0; waited += 50) await clock.sleep(50);
  }
  return leftProcesses(run) ?? [];
}
