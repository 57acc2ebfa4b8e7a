import type { Command } from "commander";
import { systemClock } from "../../core/clock";
import { HistoryFile } from "../../reconcile/history/history-file";
import { watch, type Rhythm } from "../../reconcile/watch/watch";
import { detectionOptions, type DetectionOptions } from "../detection-options";
import { badOption } from "../errors";
import { ExitCode } from "../exit-code";
import { historyOption, historyPath } from "../history-option";
import { integer } from "../numbers";
import { notifyHelp } from "../notify-options";
import { preparedDetection } from "../run-detection";
import type { Runner } from "../runner";
import { span } from "../spans";
import { stackOptions, type StackOptions } from "../stack-options";
import type { Surroundings } from "../surroundings";
import { Rounds } from "../watch/rounds";

interface Options extends DetectionOptions, StackOptions {
  readonly every: string;
  readonly jitter: string;
  readonly rounds?: string;
  readonly roundTimeout: string;
  readonly history: string | false;
  readonly historySize: string;
}

const [SECOND, HOUR] = [1_000, 3_600_000];

/** The space in the file for each stack of a round that is kept. */
const BYTES_A_ROUND = 1_024;

const help = `
Each round is one \`outbound reconcile detect --prove\`, and is told in one line: when, which stacks, verdict, summary. What was
found is told in full when it is something else than before. A round that fails, or takes too long, is unknown, and the next one
comes when it is due; the stacks are read anew each time. \`outbound history\` shows all of them, each stack by itself.

Ctrl-C or SIGTERM between two rounds ends it with 0, as services are expected to; within a round with 130, and what the round
had started is cleaned up. With --rounds it ends as \`reconcile detect\` would after the last one.

As a service or a CronJob of Kubernetes: examples/watch of the package, and docs/watching.md.`;

/** `outbound watch`: repeats detection and proof where no pipeline has a schedule. */
export function watchCommand(command: Command, runner: Runner): void {
  const watching = stackOptions(command).description(
    "Compares synthesised stacks with what exists, and walks every declared way of the mail, again and again. Only reads.",
  );
  historyOption(
    detectionOptions(watching)
      .option("--every <time>", "from one round to the next: 10s to 7d", "1h")
      .option("--jitter <percent>", "how much earlier or later a round may begin: 0% to 50% of that", "10%")
      .option("--rounds <number>", "end after so many (default: go on)")
      .option("--round-timeout <time>", "how long one round may take", "15m"),
    "keep every round in this file, one line of JSON each",
  )
    .option("--no-history", "keep none")
    .option(
      "--history-size <rounds>",
      "how many rounds the file keeps at most, in as many kB; of several stacks, each has its own",
      "5000",
    )
    .addHelpText("after", `${help}\n${notifyHelp}`)
    .action((stacks: readonly string[], options: Options) =>
      runner.run((surroundings) => runWatch(stacks, { ...options, prove: options.prove ?? "probe" }, surroundings)),
    );
}

async function runWatch(names: readonly string[], options: Options, surroundings: Surroundings): Promise<ExitCode> {
  const rhythm = rhythmOf(options);
  const history = historyOf(options, surroundings);
  const prepared = preparedDetection(names, options, surroundings);
  history?.check();
  const { clock = systemClock, interrupted: signal } = surroundings;
  const rounds = new Rounds(prepared, surroundings, history);
  await watch(rounds, rhythm, { clock, random: Math.random, signal });
  // A stop between two rounds is the normal end.
  return signal.aborted ? ExitCode.ok : rounds.lastExitCode;
}

function rhythmOf({ every, jitter, rounds, roundTimeout }: Options): Rhythm {
  const percent = Number(/^(\d{1,2})%$/.exec(jitter)?.[1] ?? NaN);
  if (!(percent <= 50)) throw badOption("--jitter", jitter, "a whole percentage from 0% to 50%");
  const most = integer("--rounds", rounds, 1, 1_000_000);
  return {
    everyMs: span("--every", every, 10 * SECOND, 7 * 24 * HOUR),
    jitter: percent / 100,
    ...(most === undefined ? {} : { rounds: most }),
    timeoutMs: span("--round-timeout", roundTimeout, SECOND, 24 * HOUR),
  };
}

function historyOf({ history, historySize }: Options, surroundings: Surroundings): HistoryFile | undefined {
  const rounds = integer("--history-size", historySize, 10, 1_000_000)!;
  if (history === false) return undefined;
  return new HistoryFile(historyPath(history, surroundings), { rounds, bytes: rounds * BYTES_A_ROUND });
}
