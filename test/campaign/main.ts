// `npm run campaign -- --seed S --trials N`: plays random trials and exits with 1 when one is violated; docs/campaign.md.
import { resolve } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { generate } from "./generate";
import { Player, type Played } from "./play";
import { keepRecord, trialIn } from "./record";
import { shrunk, type Play } from "./replay";
import { summary } from "./summary";
import { playSystematically } from "./systematic";
import type { Trial } from "./trial";

interface Options {
  readonly seed: number;
  readonly trials: number;
  readonly first: number;
  readonly workers: number;
  readonly records: string;
  readonly within?: number;
  readonly replay?: string;
  readonly shrink?: string;
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
  .option("--shrink <file>", "plays it again and again without what the violation does not need")
  .option("--within <seconds>", "begins no trial later than that; too few trials are a failure", number)
  .option("--systematic", "every write route with every fault, in one process, instead of random trials");

async function main(options: Options): Promise<boolean> {
  if (options.systematic) return playSystematically((line) => console.log(line));
  const { replay, shrink, within = Infinity } = options;
  if (replay !== undefined) return withPlayer(async (play) => told(await play(trialIn(replay)), options));
  if (shrink !== undefined) return shrunkFrom(shrink, options);
  const trials = Array.from({ length: options.trials }, (_, at) => generate(options.seed, options.first + at));
  const results: Played[] = [];
  const started = performance.now();
  const isInTime = () => performance.now() - started < within * 1_000;
  const work = (play: Play) =>
    takeTurns(trials, isInTime, async (trial) => {
      const played = await play(trial);
      results.push(played);
      told(played, options);
    });
  await Promise.all(Array.from({ length: options.workers }, () => withPlayer(work)));
  console.log(summary(results, performance.now() - started));
  if (results.length < options.trials) {
    console.log(`only ${results.length} of ${options.trials} trials were played within ${within} s`);
    return false;
  }
  return results.every(({ violations }) => violations.length === 0);
}

/** Takes what is left, one after the other, as long as there is time. */
async function takeTurns(left: Trial[], isInTime: () => boolean, play: (trial: Trial) => Promise<void>): Promise<void> {
  while (isInTime()) {
    const trial = left.shift();
    if (trial === undefined) return;
    await play(trial);
  }
}

async function withPlayer<T>(use: (play: Play) => Promise<T>): Promise<T> {
  const player = await Player.start();
  try {
    return await use((trial) => player.play(trial));
  } finally {
    await player.close();
  }
}

async function shrunkFrom(file: string, options: Options): Promise<boolean> {
  const into = { ...options, records: resolve(options.records, "shrunk") };
  const smallest = await withPlayer((play) => shrunk(trialIn(file), play, (played) => told(played, into)));
  if (smallest !== undefined)
    console.log(`the smallest that is violated likewise:\n${JSON.stringify(smallest, null, 2)}`);
  return smallest === undefined;
}

/** Prints and keeps it; returns whether all of it holds. */
function told(played: Played, { records }: Options): boolean {
  const { trial, violations, hits, disrupted, code, milliseconds } = played;
  const hit = hits.filter(({ times }) => times > 0).length;
  const disruption = disrupted ? `, ${trial.disruption.kind}` : "";
  console.log(
    `trial ${trial.seed}/${trial.number}: ${trial.wanted.length} objects, ${hit} of ${hits.length} faults hit${disruption}, ` +
      `ended with ${code}, ${(milliseconds / 1_000).toFixed(1)} s: ${violations.length === 0 ? "holds" : "VIOLATED"}`,
  );
  if (violations.length === 0) return true;
  for (const { rule, what } of violations) console.log(`  ${rule}: ${what.replaceAll("\n", "\n    ")}`);
  console.log(`  kept in ${keepRecord(records, played)}`);
  return false;
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
