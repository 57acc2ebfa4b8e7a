// `npm run bench`: measures and writes docs/benchmarks.md. Exits with 1 when a limit is missed or a part could not be measured.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArguments, usage, type BenchArguments } from "./arguments";
import { page, worseRows } from "./page";
import { PARTS } from "./part-list";
import { PartialFile, resumed } from "./partial";
import { measureParts, type Outcomes } from "./parts";
import { isMissed } from "./row";
import { fingerprint, git, runOf } from "./run-of";
import { HERE, RELEASES, subjects } from "./subject";

const PAGE = join(HERE, "docs/benchmarks.md");
const partialFile = new PartialFile(join(HERE, ".cache/bench/partial.json"));
const NAMES = PARTS.map(({ name }) => name);

const tell = (text: string): void => void process.stderr.write(`${text}\n`);

async function main(args: BenchArguments): Promise<number> {
  const { full, only } = args;
  const found = await subjects(args.releases.length > 0 ? args.releases : RELEASES, args.before);
  for (const why of found.missing) tell(`left out: ${why}`);
  if (found.subjects.length === 0) throw new Error("there is no Node.js to measure with");
  const parts = PARTS.filter((part) => (only.length > 0 ? only.includes(part.name) : full || part.full !== true));

  const build = fingerprint();
  const started = args.resume ? resumed(partialFile.read(), build, full) : undefined;
  const run = started?.run ?? runOf(found.subjects, new Date());
  // Asked for now: an interrupted run has no time for it.
  const committed = git("show", "HEAD:docs/benchmarks.md") ?? "";
  const report = (outcomes: Outcomes): string =>
    page({
      parts: PARTS,
      run,
      outcomes,
      page: existsSync(PAGE) ? readFileSync(PAGE, "utf8") : "",
      committed,
      missing: found.missing,
    });

  let outcomes: Outcomes = started?.outcomes ?? new Map();
  process.once("SIGINT", () => {
    tell(`\ninterrupted; what was measured is kept: go on with \`npm run bench -- --resume${full ? " --full" : ""}\``);
    console.log(report(outcomes));
    process.exit(130);
  });
  outcomes = await measureParts(parts, found.subjects, outcomes, tell, (now) => {
    outcomes = now;
    partialFile.write({ run, fingerprint: build, full, outcomes });
  });

  const text = report(outcomes);
  console.log(text);
  if (!args.dryRun) writeFileSync(PAGE, text);
  partialFile.remove();
  const missed = [...outcomes.values()].flatMap((one) => ("rows" in one ? one.rows.filter(isMissed) : []));
  for (const { what, node } of missed) tell(`missed: ${what} ${node}`);
  for (const { what, node, verdict } of worseRows(text)) tell(`${verdict}: ${what} ${node}`);
  const failed = [...outcomes].filter(([, outcome]) => "why" in outcome && outcome.failed);
  for (const [name] of failed) tell(`failed: ${name}`);
  return missed.length + failed.length > 0 ? 1 : 0;
}

async function start(): Promise<number> {
  const args = parseArguments(process.argv.slice(2), NAMES, RELEASES);
  if (!args.help) return main(args);
  console.log(usage(NAMES));
  return 0;
}

start().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    tell(error instanceof Error ? error.message : String(error));
    process.exitCode = 2;
  },
);
