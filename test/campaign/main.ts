// `npm run campaign -- --seed S --trials N`: plays random trials and exits with 1 when one is violated; docs/campaign.md.
import { resolve } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { generate } from "./generate";
import { Player, type Played } from "./play";
import { keepRecord, trialIn } from "./record";
import { shrink } from "./shrink";
import { summary } from "./summary";
import { playSystematically } from "./systematic";
import type { Trial } from "./trial";

interface Options {
  readonly seed: number;
  readonly trials: number;
  readonly first: number;
  readonly workers: number;
  readonly records: string;
  readonly replay?: string;
  readonly shrink?: true;
  readonly systematic?: true;
}

const number = (text: string) => {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("expected is a whole number");
  return Number(text);
};

const program = new Command("campaign")
  .description("Plays random faults against real configurations and says what did not hold afterwards.")
  .option("--seed <number>", "from which the trials are made", number, 1)
  .option("--trials <number>", "how many", number, 30)
  .option("--first <number>", "the number of the first", number, 1)
  .option("--workers <number>", "how many at the same time", number, 2)
  .option("--records <folder>", "where violated trials are kept", "campaign-records")
  .option("--replay <file>", "plays the trial of a record again")
  .option("--shrink", "with --replay: leaves out what the violation does not need")
  .option("--systematic", "every write route with every fault, in one process, instead of random trials");

async function main(options: Options): Promise<boolean> {
  if (options.systematic) return playSystematically((line) => console.log(line));
  if (options.replay !== undefined) return replay(trialIn(options.replay), options);
  const trials = Array.from({ length: options.trials }, (_, at) => generate(options.seed, options.first + at));
  const results: Played[] = [];
  const work = async () => {
    const player = await Player.start();
    try {
      for (let trial = trials.shift(); trial !== undefined; trial = trials.shift()) {
        const played = await player.play(trial);
        results.push(played);
        tell(played, options);
      }
    } finally {
      await player.close();
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: options.workers }, work));
  console.log(summary(results, performance.now() - started));
  return results.every(({ violations }) => violations.length === 0);
}

async function replay(trial: Trial, options: Options): Promise<boolean> {
  const player = await Player.start();
  try {
    const played = await player.play(trial);
    tell(played, options);
    if (options.shrink && played.violations.length > 0) {
      const rules = new Set(played.violations.map(({ rule }) => rule));
      const smallest = await shrink(trial, async (smaller) =>
        (await player.play(smaller)).violations.some(({ rule }) => rules.has(rule)),
      );
      console.log(`the smallest that is violated likewise:\n${JSON.stringify(smallest, null, 2)}`);
      tell(await player.play(smallest), { ...options, records: resolve(options.records, "shrunk") });
    }
    return played.violations.length === 0;
  } finally {
    await player.close();
  }
}

function tell(played: Played, { records }: Options): void {
  const { trial, violations, hits, disrupted, code, milliseconds } = played;
  const disruption = disrupted ? `, ${trial.disruption.kind}` : "";
  console.log(
    `trial ${trial.seed}/${trial.number}: ${trial.wanted.length} objects, ${hits.length} faults hit${disruption}, ` +
      `ended with ${code}, ${(milliseconds / 1_000).toFixed(1)} s: ${violations.length === 0 ? "holds" : "VIOLATED"}`,
  );
  if (violations.length === 0) return;
  for (const { rule, what } of violations) console.log(`  ${rule}: ${what.replaceAll("\n", "\n    ")}`);
  console.log(`  kept in ${keepRecord(records, played)}`);
}

main(program.parse().opts<Options>()).then(
  (holds) => {
    process.exitCode = holds ? 0 : 1;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 2;
  },
);
