import { elapsed, type Clock } from "../../core/clock";
import { ProblemError, problemInTerms, type Problem } from "../../core/problem";
import { asAttribute, type NameOfSetting, type SettingReference } from "../../core/prose";
import { printable } from "../../core/printable";
import { nameOf, type Stage, type StageRef, type StageStatus } from "./stage";

/** The longest text of a stage, in characters. */
const LONGEST_TEXT = 2_000;

/** The result of a stage that did not fail. */
export interface StageResult<T> {
  readonly value: T;
  readonly detail: string;
  /** @default passed */
  readonly status?: Exclude<StageStatus, "failed">;
  /** Makes the stage a warning. */
  readonly warning?: Problem;
}

/** A stage failed; later ones cannot run. The stage itself is in the log. */
export class StageFailed extends Error {
  constructor(readonly stage: Stage) {
    super(`${stage.name}: ${stage.detail}`);
    this.name = "StageFailed";
  }
}

/** The last requested stage has passed. */
export class LastStagePassed extends Error {
  constructor(readonly stage: string) {
    super(`ends after ${stage}`);
    this.name = "LastStagePassed";
  }
}

/** Runs stages and records their results, redacted and cleaned for terminals. */
export class StageLog {
  private readonly written: Stage[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly redact: (text: string) => string,
    /** The stage after which nothing runs. @default none */
    private readonly last?: string,
    /** How settings are named. */
    private readonly nameOfSetting: NameOfSetting = asAttribute,
    /** Called with each recorded stage. */
    private readonly onStage: (stage: Stage) => void = () => undefined,
  ) {}

  get stages(): readonly Stage[] {
    return this.written;
  }

  /**
   * A separate log for stages that run at the same time, until {@link join} adds it; `rename` translates the settings
   * that its texts refer to.
   */
  beside(rename: (reference: SettingReference) => SettingReference): StageLog {
    const name: NameOfSetting = (reference) => this.nameOfSetting(rename(reference));
    return new StageLog(this.clock, this.redact, undefined, name, this.onStage);
  }

  /** Appends the stages of a separate log; {@link onStage} was called with them already. */
  join({ written }: StageLog): void {
    this.written.push(...written);
  }

  /**
   * Runs a stage. Resolves with its result; rejects with {@link StageFailed}, or {@link LastStagePassed} when no
   * further stage is wanted. `explain` makes a problem of any error; `afterwards` may warn about the duration.
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

  /** The problem with the settings' names of this log. */
  inTerms(problem: Problem): Problem {
    return problemInTerms(problem, this.nameOfSetting);
  }

  fail(stage: StageRef, durationMs: number, found: Problem): Stage {
    const problem = this.inTerms(found);
    const detail = problem.evidence === undefined ? problem.summary : `${problem.summary}: ${problem.evidence}`;
    return this.add({ stage, status: "failed", durationMs, detail, remedy: problem.fix, problem });
  }

  /** Records a stage that passed with a warning. */
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

  /** Much of it is foreign text: the server's words, the names in its certificate. */
  private shown(text: string): string {
    return printable(this.redact(text), LONGEST_TEXT);
  }

  private shownProblem(problem: Problem): Problem {
    const entries = Object.entries(problem).map(([key, value]) => [
      key,
      typeof value === "string" ? (key === "attachment" ? this.redact(value) : this.shown(value)) : value,
    ]);
    // The keys stay the same, which the type of `fromEntries` does not express: hence the cast.
    return Object.fromEntries(entries) as unknown as Problem;
  }
}
