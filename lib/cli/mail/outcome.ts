import type { ProbeOutcome, TestOutcome } from "../../mail";
import { exitCodeOf, type MailExitCode } from "../../mail/diagnosis/exit-codes";
import type { WireLine } from "../../mail/wire/transcript";
import type { MailTest } from "./mail-test";

/** The result of one test, fit to be shown: every text in it is redacted. */
export interface MailTestOutcome {
  readonly test: MailTest;
  readonly exitCode: MailExitCode;
  readonly result: ProbeOutcome & Partial<TestOutcome>;
  readonly wire: readonly WireLine[];
}

export function outcomeOf(
  test: MailTest,
  result: MailTestOutcome["result"],
  wire: readonly WireLine[],
  interrupted: boolean,
): MailTestOutcome {
  const exitCode = interrupted ? 130 : exitCodeOf(result);
  return { test, result, wire, exitCode };
}

/** The exit code of several tests: that of the first that did not pass. */
export function exitCodeOfAll(outcomes: readonly MailTestOutcome[]): MailExitCode {
  return outcomes.find(({ exitCode }) => exitCode !== 0)?.exitCode ?? 0;
}
