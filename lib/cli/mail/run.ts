import { printableLine } from "../../core/printable";
import type { Redactor } from "../../core/redaction";
import type { ExitCode } from "../exit-code";
import type { Surroundings } from "../surroundings";
import { asSettings } from "./errors";
import { outcomesToJson, settingsToJson } from "./json";
import { badOption } from "../errors";
import type { MailTest } from "./mail-test";
import { LAST_STAGES, type MailOptions } from "./options";
import { exitCodeOfAll, type MailTestOutcome } from "./outcome";
import { OutputFiles } from "./output-files";
import { readPasswords } from "./passwords";
import { requestOf } from "./request";
import { runOne } from "./run-one";
import { heading, outcomeToText, settingsToText, wireToText } from "./text";

/** Runs the tests one after another and shows their results. */
export async function runMailTests(
  tests: readonly MailTest[],
  options: MailOptions,
  redactor: Redactor,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const { out, print, err, interrupted, workingDirectory } = surroundings;
  const lastStage = lastStageOf(options);
  const several = options.fromPlan !== undefined || options.fromStack !== undefined;
  if (options.dryRun) return showSettings(tests, options, several, surroundings);
  const files = new OutputFiles(options, workingDirectory);
  const passwords = await asSettings(() => readPasswords(tests, surroundings.environment));

  const outcomes: MailTestOutcome[] = [];
  for (const test of tests) {
    if (interrupted.aborted) break;
    const request = requestOf(test, passwords.get(test) ?? { mailboxes: {} });
    const outcome = await runOne(
      test,
      lastStage === undefined ? request : { ...request, target: { ...request.target, lastStage } },
      redactor,
      surroundings,
    );
    outcomes.push(outcome);
    const silent = options.json || (options.quiet && outcome.exitCode === 0);
    if (silent) continue;
    if (several) print(`${outcomes.length === 1 || options.quiet ? "" : "\n"}${heading(test)}`);
    for (const remark of test.remarks ?? []) print(printableLine(`Note: ${remark}`));
    print(outcomeToText(outcome));
    if (options.transcript === true) print(`\n${wireToText(outcome)}`);
  }

  if (options.json && outcomes.length > 0) out(outcomesToJson(outcomes, several, options.transcript !== undefined));
  files.write(outcomes);
  if (files.transcript !== undefined && !options.quiet) err(`The conversation is in ${files.transcript}`);
  if (interrupted.aborted) {
    const left = tests.length - outcomes.length;
    err(left > 0 ? `Stopped; ${left} of ${tests.length} tests were not begun.` : "Stopped.");
    return 130;
  }
  return exitCodeOfAll(outcomes);
}

function showSettings(
  tests: readonly MailTest[],
  options: MailOptions,
  several: boolean,
  { out, print }: Surroundings,
): ExitCode {
  if (options.json) {
    out(settingsToJson(tests));
    return 0;
  }
  tests.forEach((test, index) => {
    if (several) print(`${index === 0 ? "" : "\n"}${heading(test)}`);
    for (const remark of test.remarks ?? []) print(printableLine(`Note: ${remark}`));
    print(settingsToText(test));
  });
  return 0;
}

/** The name of the stage after which a probe ends. */
function lastStageOf({ quitAfter }: MailOptions): string | undefined {
  if (quitAfter === undefined) return undefined;
  const stage = LAST_STAGES.find((name) => name.toLowerCase() === quitAfter.toLowerCase());
  if (stage === undefined) throw badOption("--quit-after", quitAfter, LAST_STAGES.join(", "));
  return stage;
}
