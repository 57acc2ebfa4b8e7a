import { spawnSync } from "node:child_process";
import type { Row } from "./row";
import type { Subject } from "./subject";

/** Some of the rows, measured by themselves. */
export interface Part {
  /** By which `--only` names it. */
  readonly name: string;
  /** The heading on the page. */
  readonly title: string;
  /** Measured with `--full` alone. */
  readonly full?: boolean;
  readonly measure: (subjects: readonly Subject[]) => Promise<readonly Row[]>;
}

/** What became of a part: its rows, or why there are none, and whether something has failed. */
export type Outcome = { readonly rows: readonly Row[] } | { readonly why: string; readonly failed: boolean };

/** This machine lacks what a part needs beside Node.js and terraform: it is left out, and nothing has failed. */
export class NotHere extends Error {}

/** By the part's name. */
export type Outcomes = ReadonlyMap<string, Outcome>;

/**
 * Measures part by part; one that fails is left out, and the others are measured all the same.
 *
 * @param done what an interrupted run has measured already
 * @param keep is given all that is there after each part
 */
export async function measureParts(
  parts: readonly Part[],
  subjects: readonly Subject[],
  done: Outcomes,
  tell: (text: string) => void,
  keep: (outcomes: Outcomes) => void,
): Promise<Outcomes> {
  const outcomes = new Map(done);
  for (const part of parts) {
    const { name, title } = part;
    const earlier = done.get(name);
    if (earlier !== undefined && "rows" in earlier) {
      tell(`${title}: measured before the interruption`);
      continue;
    }
    tell(`${title} (${name})`);
    const started = process.hrtime.bigint();
    const outcome = await outcomeOf(part, subjects);
    outcomes.set(name, outcome);
    keep(outcomes);
    // Shown at once, so that not even the end of this process takes it away.
    if ("why" in outcome) tell(`  left out: ${outcome.why}`);
    else for (const row of outcome.rows) tell(`  ${inOneLine(row)}`);
    tell(`  took ${(Number(process.hrtime.bigint() - started) / 1e9).toFixed(0)} s`);
  }
  return outcomes;
}

async function outcomeOf({ measure }: Part, subjects: readonly Subject[]): Promise<Outcome> {
  try {
    return { rows: await measure(subjects) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { why, failed: !(error instanceof NotHere) };
  }
}

function inOneLine({ what, node, ours, baseline, ratio }: Row): string {
  const where = node === "" ? "" : ` [Node ${node}]`;
  return `${what}${where}: ${ours}${baseline && ` (${baseline})`}${ratio === undefined ? "" : ` = ${ratio.toFixed(2)}`}`;
}

/** Whether a program can be run here. */
export const isInstalled = (program: string): boolean =>
  spawnSync(program, ["--version"], { stdio: "ignore", timeout: 10_000 }).error === undefined;
