import type { ProbeOutcome, Stage, TestOutcome } from "../../mail";
import { exitCodeOf, type MailExitCode } from "../../mail/diagnosis/exit-codes";
import type { WireLine } from "../../mail/wire/transcript";
import type { MailTest } from "./mail-test";
import { problemInTerms } from "../../core/problem";
import { asOption, renamed } from "./option-names";

/** What came of one test, fit to be shown: every text in it is redacted. */
export interface Outcome {
  readonly test: MailTest;
  readonly exitCode: MailExitCode;
  readonly result: ProbeOutcome & Partial<TestOutcome>;
  readonly wire: readonly WireLine[];
}

export function outcomeOf(
  test: MailTest,
  result: Outcome["result"],
  wire: readonly WireLine[],
  interrupted: boolean,
): Outcome {
  const exitCode = interrupted ? 130 : exitCodeOf(result);
  return { test, result: test.declared ? result : inOptions(result), wire, exitCode };
}

function inOptions(result: Outcome["result"]): Outcome["result"] {
  return {
    ...result,
    verdict: renamed(result.verdict),
    stages: result.stages.map((stage) => ({
      ...stage,
      detail: renamed(stage.detail),
      ...(stage.remedy === undefined ? {} : { remedy: remedyInOptions(stage.remedy, [stage]) }),
    })),
    receivers: result.receivers.map((one) =>
      one.remedy === undefined ? one : { ...one, remedy: remedyInOptions(one.remedy, result.stages) },
    ),
  };
}

/** By the references of the problem that says it; else its texts name attributes, which are replaced. */
function remedyInOptions(remedy: string, stages: readonly Stage[]): string {
  const problem = stages.map((stage) => stage.problem).find((one) => one?.prose !== undefined && one.fix === remedy);
  return problem === undefined ? renamed(remedy) : problemInTerms(problem, asOption).fix;
}

/** The exit code of several: that of the first that did not pass. */
export function exitCodeOfAll(outcomes: readonly Outcome[]): MailExitCode {
  return outcomes.find(({ exitCode }) => exitCode !== 0)?.exitCode ?? 0;
}
