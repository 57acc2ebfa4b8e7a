import { spawnSync } from "node:child_process";
import type { Row } from "./report";

/** Some of the rows, measured by themselves. */
export interface Part {
  readonly name: string;
  readonly measure: () => Promise<readonly Row[]>;
}

/** What is not in a report, and why. */
export interface LeftOut {
  readonly name: string;
  readonly why: string;
}

/** Measures part by part; one that fails is left out, and the others are measured all the same. */
export async function measureParts(
  parts: readonly Part[],
  tell: (text: string) => void,
): Promise<{ readonly rows: readonly Row[]; readonly leftOut: readonly LeftOut[] }> {
  const rows: Row[] = [];
  const leftOut: LeftOut[] = [];
  for (const { name, measure } of parts) {
    tell(`measuring ${name}`);
    try {
      const measured = await measure();
      rows.push(...measured);
      // Shown at once, so that not even the end of this process takes it away.
      for (const { what, ours, baseline } of measured) tell(`  ${what}: ${ours}${baseline && ` (${baseline})`}`);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      leftOut.push({ name, why });
      tell(`  left out: ${why}`);
    }
  }
  return { rows, leftOut };
}

/** Whether a program can be run here. */
export const isInstalled = (program: string): boolean =>
  spawnSync(program, ["--version"], { stdio: "ignore", timeout: 10_000 }).error === undefined;
