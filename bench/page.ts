import { readFileSync } from "node:fs";
import { join } from "node:path";
import { worseThan } from "./comparison";
import type { Outcomes, Part } from "./parts";
import type { Run } from "./run-of";
import { stackSize } from "./stack-size";
import { readTables, table, tableRow, type TableRow } from "./table";

export interface PageOptions {
  readonly parts: readonly Part[];
  readonly run: Run;
  readonly outcomes: Outcomes;
  /** The page as it is: what this run has not measured stays. */
  readonly page: string;
  /** The page as it was committed: what rows are compared with. */
  readonly committed: string;
  /** The releases of Node.js that could not be had, and why. */
  readonly missing: readonly string[];
}

const INTRODUCTION = `# Benchmarks

Made by \`npm run bench\`: ratios to a baseline that was measured in the same run, in turns with ours, on the machine named here. They are
not tests. The everyday run takes less than ten minutes; \`npm run bench -- --full\` adds the stacks of 4,000 and 10,000 flows and the fleet.
A limit is one of the ratio, or of the value where there is no ratio. A row that is more than a tenth worse than in the last
committed table says so, with the old figure. A row that a run has not measured stays, and its last column says which run it is of.

The \`terraform_data\` hold what the flows hold, by the same expressions: terraform copies and evaluates that many times. States of plans are
written by the benchmark, and the simulated systems begin with the objects that are in them. The provider's processor time and memory are its
processes' own account. The mail probe goes from the settings to the first receiver over STARTTLS and with a login, against a healthy server
in another process; its times are lowest / median / highest, and its limit is milliseconds for each stage beyond what a client takes that
makes the same round trips and nothing else. Of a synthesis, a sample of V8's profiler belongs to the innermost of the two libraries on the stack;
loading our library is what its import and a first synthesis load of it.

Where a machine has NODE_EXTRA_CA_CERTS set, as many in companies have, each start of Node.js 20 reads all authorities first, \`node -e 0\` too:
15 to 35 ms, which later releases spend only when they need them.`;

/** The whole page: what was measured now, what is kept of earlier runs, and what is told beside. */
export function page(options: PageOptions): string {
  const { parts, run, outcomes, missing } = options;
  const kept = readTables(options.page);
  const committed = readTables(options.committed);
  const runs = new Map([...readRuns(options.committed), ...readRuns(options.page)]);
  const sections = parts.map(({ name, title }) => {
    const outcome = outcomes.get(name);
    const earlier = kept.get(title) ?? [];
    if (outcome === undefined || "why" in outcome) {
      const why = outcome === undefined ? [] : [`Not measured in the run of ${run.id}: ${outcome.why.split("\n")[0]}.`];
      return { title, rows: earlier, notes: why };
    }
    const before = new Map((committed.get(title) ?? []).map((row) => [keyOf(row), row]));
    const rows = outcome.rows.map((row) => {
      const last = before.get(keyOf(row));
      const sameMachine = last !== undefined && runs.get(last.run)?.machine === run.machine;
      return tableRow(row, run.id, worseThan(row, last, sameMachine));
    });
    // A release that could not be had this time keeps its rows.
    const measured = new Set(outcome.rows.map(({ node }) => node));
    return { title, rows: [...rows, ...earlier.filter(({ node }) => node !== "" && !measured.has(node))], notes: [] };
  });
  runs.set(run.id, run);
  const all = sections.flatMap(({ rows }) => rows);
  const named = [...runs.values()].filter(({ id }) => all.some((row) => row.run === id));
  const shown = sections.filter(({ rows, notes }) => rows.length + notes.length > 0);
  return `${[
    INTRODUCTION,
    [runsTable(named), ...missing.map((why) => `Not measured in the run of ${run.id}: ${why}.`)].join("\n\n"),
    ...shown.map(({ title, rows, notes }) =>
      [`## ${title}`, ...(rows.length > 0 ? [table(rows)] : []), ...notes].join("\n\n"),
    ),
    stackSize(all),
    note("go-providers.md"),
    note("what-did-not-help.md"),
  ].join("\n\n")}\n`;
}

/** The rows that say they are worse. */
export const worseRows = (text: string): readonly TableRow[] =>
  [...readTables(text).values()].flat().filter(({ verdict }) => verdict.includes("**worse**"));

const keyOf = ({ what, node }: Pick<TableRow, "what" | "node">): string => `${what}|${node}`;

const RUNS_HEADER = "| run (UTC) | commit | machine | Node.js |";

const runsTable = (runs: readonly Run[]): string =>
  [
    RUNS_HEADER,
    "|---|---|---|---|",
    ...runs.map(({ id, commit, machine, nodes }) => `| ${id} | ${commit} | ${machine} | ${nodes} |`),
  ].join("\n");

function readRuns(text: string): ReadonlyMap<string, Run> {
  const [, after = ""] = text.split(`${RUNS_HEADER}\n`);
  const runs = new Map<string, Run>();
  for (const line of after.split("\n\n")[0]!.split("\n").slice(1)) {
    const [, id = "", commit = "", machine = "", nodes = ""] = line.split("|").map((cell) => cell.trim());
    if (id !== "") runs.set(id, { id, commit, machine, nodes });
  }
  return runs;
}

/** What people have written down, in a file of its own. */
const note = (file: string): string => readFileSync(join(__dirname, "notes", file), "utf8").trim();
