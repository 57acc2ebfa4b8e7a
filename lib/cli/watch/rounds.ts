import { printable } from "../../core/printable";
import { problemSummary, ProblemError } from "../../core/problem";
import { Redactor } from "../../core/redaction";
import { styled, toned } from "../../core/styled";
import { detectedTo, detectionsOf, type Detected } from "../../reconcile/fleet/detected";
import type { HistoryFile } from "../../reconcile/history/history-file";
import { failedRound, roundOf, type Round } from "../../reconcile/history/round";
import type { RoundOutcome, Watched } from "../../reconcile/watch/watch";
import { HEAD, HEAD_TONE } from "../../reconcile/writers";
import { announced } from "../announced";
import { problemsIn } from "../errors";
import { ExitCode } from "../exit-code";
import { exitCodeOf, type PreparedDetection } from "../run-detection";
import type { Surroundings } from "../surroundings";

/** The rounds of one `outbound watch`: makes each, prints it, and records it in the history. */
export class Rounds implements Watched {
  lastExitCode: ExitCode = ExitCode.ok;

  /** The last content that was printed in full. */
  private lastPrinted: string | undefined;
  /** Why the last round could not be recorded. */
  private notKept: string | undefined;
  private redactor = new Redactor();

  constructor(
    private readonly prepared: PreparedDetection,
    private readonly surroundings: Surroundings,
    private readonly history: HistoryFile | undefined,
  ) {}

  detect(signal: AbortSignal): Promise<Detected> {
    // A redactor for each round, because each round learns new tokens: one for all of them would grow, and slow down.
    this.redactor = new Redactor();
    const { prepared, surroundings, redactor } = this;
    return prepared.detect({ ...surroundings, redactor, watched: false, interrupted: signal });
  }

  done(outcome: RoundOutcome, at: string, ms: number): void {
    const rounds = this.roundsOf(outcome, at, ms);
    const detected = "detected" in outcome ? outcome.detected : undefined;
    const result = detected ?? rounds[0]!;
    this.lastExitCode = exitCodeOf(result);
    this.report(at, result, contentOf(rounds), detected);
    this.keep(rounds);
  }

  /** One for each stack; also when no detection could be made. */
  private roundsOf(outcome: RoundOutcome, at: string, ms: number): readonly Round[] {
    if ("detected" in outcome) {
      return detectionsOf(outcome.detected).map((detection) => {
        return roundOf(detection, exitCodeOf(detection), { at, stack: detection.stack }, ms);
      });
    }
    const why = reasonOf(outcome.error, this.redactor);
    return this.prepared.stacks.map((stack) => failedRound(why, this.redactor, ExitCode.failed, { at, stack }, ms));
  }

  private report(at: string, { verdict, summary }: Result, content: string, detected: Detected | undefined): void {
    const { print } = this.surroundings;
    const head = toned(HEAD_TONE[verdict], HEAD[verdict]);
    print(styled`${toned("faint", at)}  ${this.prepared.name}  ${head}  ${printable(summary)}`);
    const isNew = this.lastPrinted !== undefined ? this.lastPrinted !== content : verdict !== "in-sync";
    this.lastPrinted = content;
    if (isNew && detected !== undefined) print(detectedTo.console(detected));
  }

  /** Records a round. A history that cannot be written is reported once for each reason; watching continues. */
  private keep(rounds: readonly Round[]): void {
    try {
      for (const round of rounds) this.history?.append(round);
      this.notKept = undefined;
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      const text = error.message;
      if (text !== this.notKept) for (const problem of error.problems) this.surroundings.err(announced(problem));
      this.notKept = text;
    }
  }
}

type Result = Pick<Round, "verdict" | "summary">;

/** The content that is printed in full when it changes. */
const contentOf = (rounds: readonly Round[]): string =>
  JSON.stringify(
    rounds.map(({ stack, verdict, summary, chains }) => {
      return [stack, verdict, summary, chains.map(({ address, state, failedStage }) => [address, state, failedStage])];
    }),
  );

function reasonOf(error: unknown, redactor: Redactor): string {
  const [problem] = problemsIn(error);
  const { got, fix } = problem!;
  const summary = problemSummary(problem!, (text) => redactor.redact(text));
  if (!(error instanceof ProblemError)) return summary;
  return got === undefined ? `${summary}. ${fix}` : `${summary}: ${got}. ${fix}`;
}
