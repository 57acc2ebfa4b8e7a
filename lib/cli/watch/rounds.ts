import { problemSummary, ProblemError } from "../../core/problem";
import { Redactor } from "../../core/redaction";
import { styled, toned } from "../../core/styled";
import type { Detection } from "../../reconcile/detection";
import type { HistoryFile } from "../../reconcile/history/history-file";
import { failedRound, roundOf, type Round, type RoundBegun } from "../../reconcile/history/round";
import type { RoundOutcome, Watched } from "../../reconcile/watch/watch";
import { detectionToConsole, HEAD, HEAD_TONE } from "../../reconcile/writers";
import { announced } from "../announced";
import { problemsIn } from "../errors";
import { ExitCode } from "../exit-code";
import { exitCodeOf, type PreparedDetection } from "../run-detection";
import type { Surroundings } from "../surroundings";

/** The rounds of one `outbound watch`: makes each, prints it, and records it in the history. */
export class Rounds implements Watched {
  lastExitCode: ExitCode = ExitCode.ok;
  readonly stack: string;

  /** The last content that was printed in full. */
  private lastPrinted: string | undefined;
  /** Why the last round could not be recorded. */
  private notKept: string | undefined;
  private redactor = new Redactor();

  constructor(
    private readonly prepared: PreparedDetection,
    private readonly surroundings: Surroundings,
    private readonly history: HistoryFile | undefined,
  ) {
    this.stack = prepared.stack;
  }

  detect(signal: AbortSignal): Promise<Detection> {
    // A redactor for each round, because each round learns new tokens: one for all of them would grow, and slow down.
    this.redactor = new Redactor();
    const { prepared, surroundings, redactor } = this;
    return prepared.detect({ ...surroundings, redactor, watched: false, interrupted: signal });
  }

  done(outcome: RoundOutcome, begun: RoundBegun, ms: number): void {
    const round = this.roundOf(outcome, begun, ms);
    this.lastExitCode = round.exitCode as ExitCode;
    this.report(round, "detection" in outcome ? outcome.detection : undefined);
    this.keep(round);
  }

  private roundOf(outcome: RoundOutcome, begun: RoundBegun, ms: number): Round {
    if ("detection" in outcome) return roundOf(outcome.detection, exitCodeOf(outcome.detection), begun, ms);
    return failedRound(reasonOf(outcome.error, this.redactor), this.redactor, ExitCode.failed, begun, ms);
  }

  private report(round: Round, detection: Detection | undefined): void {
    const { at, stack, verdict, summary } = round;
    const { print } = this.surroundings;
    print(styled`${toned("faint", at)}  ${stack}  ${toned(HEAD_TONE[verdict], HEAD[verdict])}  ${summary}`);
    const isNew = this.lastPrinted !== undefined ? this.lastPrinted !== contentOf(round) : verdict !== "in-sync";
    this.lastPrinted = contentOf(round);
    if (isNew && detection !== undefined) print(detectionToConsole(detection));
  }

  /** Records a round. A history that cannot be written is reported once for each reason; watching continues. */
  private keep(round: Round): void {
    try {
      this.history?.append(round);
      this.notKept = undefined;
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      const text = error.message;
      if (text !== this.notKept) for (const problem of error.problems) this.surroundings.err(announced(problem));
      this.notKept = text;
    }
  }
}

/** The content that is printed in full when it changes. */
const contentOf = ({ verdict, summary, chains }: Round): string =>
  JSON.stringify([verdict, summary, chains.map(({ address, state, failedStage }) => [address, state, failedStage])]);

function reasonOf(error: unknown, redactor: Redactor): string {
  const [problem] = problemsIn(error);
  const { got, fix } = problem!;
  const summary = problemSummary(problem!, (text) => redactor.redact(text));
  if (!(error instanceof ProblemError)) return summary;
  return got === undefined ? `${summary}. ${fix}` : `${summary}: ${got}. ${fix}`;
}
