import { elapsed, type Clock } from "../../core/clock";
import { ProblemError, problemInTerms, type Problem } from "../../core/problem";
import { asAttribute, type NameOfSetting, type SettingReference } from "../../core/prose";
import { printable } from "../../core/printable";
import { nameOf, type Stage, type StageRef, type StageStatus } from "./stage";

/** Of what a stage shows, in characters. */
const LONGEST_TEXT = 2_000;

/** What a stage that did not fail has to say. */
export interface StageResult<T> {
  readonly value: T;
  readonly detail: string;
  /** @default passed */
  readonly status?: Exclude<StageStatus, "failed">;
  /** Makes the stage a warning. */
  readonly warning?: Problem;
}

/** A stage failed; those after it have no ground to stand on. The stage itself is in the log. */
export class StageFailed extends Error {
  constructor(readonly stage: Stage) {
    super(`${stage.name}: ${stage.detail}`);
    this.name = "StageFailed";
  }
}

/** The last stage that was asked for has passed. */
export class LastStagePassed extends Error {
  constructor(readonly stage: string) {
    super(`ends after ${stage}`);
    this.name = "LastStagePassed";
  }
}

/** Runs stages and writes down what came of each, redacted and made fit for a terminal where it is written. */
export class StageLog {
  private readonly written: Stage[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly redact: (text: string) => string,
    /** Nothing runs after this one. @default there is none */
    private readonly last?: string,
    /** What the reader calls the settings. */
    private readonly nameOfSetting: NameOfSetting = asAttribute,
    /** Hears of each stage as it is written down. */
    private readonly onStage: (stage: Stage) => void = () => undefined,
  ) {}

  get stages(): readonly Stage[] {
    return this.written;
  }

  /**
   * A log of its own for what runs beside other stages, until {@link join} puts it where it belongs; `rename` says what the
   * settings that its texts refer to are called there.
   */
  beside(rename: (reference: SettingReference) => SettingReference): StageLog {
    const name: NameOfSetting = (reference) => this.nameOfSetting(rename(reference));
    return new StageLog(this.clock, this.redact, undefined, name, this.onStage);
  }

  /** Appends what ran beside; whoever hears of stages has heard of these. */
  join({ written }: StageLog): void {
    this.written.push(...written);
  }

  /**
   * Resolves with what the stage found; rejects with {@link StageFailed}, or {@link LastStagePassed} when nothing more is
   * wanted. `explain` makes a problem of any error; `afterwards` may warn of the time that a stage took.
   */
  async run<T>(
    stage: StageRef,
    body: () => Promise<StageResult<T>>,
    explain: (error: unknown) => Problem,
    afterwards: (durationMs: number) => Problem | undefined = () => undefined,
  ): Promise<T> {
    const began = elapsed(this.clock);
    let seen: StageResult<T>;
    try {
      seen = await body();
    } catch (error) {
      const problem = error instanceof ProblemError ? error.problems[0]! : explain(error);
      throw new StageFailed(this.fail(stage, elapsed(this.clock) - began, problem));
    }
    const durationMs = elapsed(this.clock) - began;
    const late = seen.warning ? undefined : afterwards(durationMs);
    if (seen.warning) this.warn(stage, durationMs, seen.detail, seen.warning);
    else if (late) this.warn(stage, durationMs, `${seen.detail}; ${late.summary}`, late);
    else this.add({ stage, status: seen.status ?? "passed", durationMs, detail: seen.detail });
    if (stage === this.last) throw new LastStagePassed(this.last);
    return seen.value;
  }

  /** The problem in the words of whoever reads this log. */
  inTerms(problem: Problem): Problem {
    return problemInTerms(problem, this.nameOfSetting);
  }

  fail(stage: StageRef, durationMs: number, found: Problem): Stage {
    const problem = this.inTerms(found);
    const detail = problem.evidence === undefined ? problem.summary : `${problem.summary}: ${problem.evidence}`;
    return this.add({ stage, status: "failed", durationMs, detail, remedy: problem.fix, problem });
  }

  /** It passed, and there is something to be said about it. */
  warn(stage: StageRef, durationMs: number, detail: string, found: Problem): Stage {
    const warning = this.inTerms(found);
    return this.add({ stage, status: "warning", durationMs, detail, remedy: warning.fix, problem: warning });
  }

  skip(stage: StageRef, detail: string): void {
    this.add({ stage, status: "skipped", durationMs: 0, detail });
  }

  add({ stage, ...seen }: Omit<Stage, "name" | "subject"> & { readonly stage: StageRef }): Stage {
    const redacted: Stage = {
      name: nameOf(stage),
      ...(typeof stage === "string" ? {} : { subject: stage }),
      ...seen,
      durationMs: Math.max(0, Math.round(seen.durationMs)),
      detail: this.shown(seen.detail),
      remedy: seen.remedy === undefined ? undefined : this.shown(seen.remedy),
      problem: seen.problem && this.shownProblem(seen.problem),
    };
    this.written.push(redacted);
    this.onStage(redacted);
    return redacted;
  }

  /** Much of it is a stranger's: the server's words, the names in its certificate. */
  private shown(text: string): string {
    return printable(this.redact(text), LONGEST_TEXT);
  }

  private shownProblem(problem: Problem): Problem {
    const entries = Object.entries(problem).map(([key, value]) => [
      key,
      typeof value === "string" ? (key === "attachment" ? this.redact(value) : this.shown(value)) : value,
    ]);
    // The same keys as before, which `fromEntries` does not tell.
    return Object.fromEntries(entries) as unknown as Problem;
  }
}
