import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { printableLine } from "../../core/printable";
import type { Redactor } from "../../core/redaction";
import { commandRuntime } from "../../inventory/runtime";
import { runProbe, runTest, type MailRuntime, type TestRequest } from "../../mail";
import { reportToSandbox } from "../../mail/diagnosis/report-to-sandbox";
import { ConversationLog } from "../../mail/wire/transcript";
import type { Connections } from "../../provider/connections";
import { readerOf } from "../../provider/reader";
import type { Runtime } from "../../systems/kit/system";
import type { ExitCode } from "../exit-code";
import type { Surroundings } from "../surroundings";
import { asSettings } from "./errors";
import { outcomesToJson, settingsToJson } from "./json";
import type { MailTest } from "./mail-test";
import { lastStageOf, type MailOptions } from "./options";
import { asOption } from "./option-names";
import { exitCodeOfAll, outcomeOf, type Outcome } from "./outcome";
import { OutputFiles } from "./output-files";
import { readPasswords } from "./passwords";
import { requestOf } from "./request";
import { heading, outcomeToText, settingsToText, wireToText } from "./text";

/** Runs the tests one after the other and shows what came of them. */
export async function runMailTests(
  tests: readonly MailTest[],
  options: MailOptions,
  redactor: Redactor,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const { out, tell, err, interrupted, workingDirectory } = surroundings;
  const lastStage = lastStageOf(options);
  const several = options.fromPlan !== undefined || options.fromStack !== undefined;
  if (options.dryRun) return showSettings(tests, options, several, surroundings);
  const files = new OutputFiles(options, workingDirectory);
  const passwords = await asSettings(() => readPasswords(tests, surroundings.environment));

  const outcomes: Outcome[] = [];
  for (const test of tests) {
    if (interrupted.aborted) break;
    const request = requestOf(test, passwords.get(test) ?? {});
    const outcome = await run(
      test,
      lastStage === undefined ? request : { ...request, target: { ...request.target, lastStage } },
      redactor,
      surroundings,
    );
    outcomes.push(outcome);
    const silent = options.json || (options.quiet && outcome.exitCode === 0);
    if (silent) continue;
    if (several) tell(`${outcomes.length === 1 || options.quiet ? "" : "\n"}${heading(test)}`);
    for (const remark of test.remarks ?? []) tell(printableLine(`Note: ${remark}`));
    tell(outcomeToText(outcome));
    if (options.transcript === true) tell(`\n${wireToText(outcome)}`);
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

async function run(
  test: MailTest,
  request: TestRequest,
  redactor: Redactor,
  surroundings: Surroundings,
): Promise<Outcome> {
  const { interrupted } = surroundings;
  const { target, mailbox } = request;
  if (target.login) redactor.addCredentials(target.login.username, target.login.password);
  if (mailbox) redactor.addCredentials(mailbox.username, mailbox.password);
  const runtime = runtimeOf(test, redactor, surroundings);
  const wire = new ConversationLog(runtime.clock, (text) => redactor.redact(text));
  // Servers repeat what they are told: what they say is looked at for logins in every encoding.
  wire.protect(target.login);
  wire.protect(mailbox);
  const watch = { signal: interrupted, redact: (text: string) => wire.clean(text) };
  try {
    const result =
      test.kind === "send"
        ? await runTest(request, { ...runtime, wire }, watch)
        : await runProbe(target, { ...runtime, wire }, watch, request.alignment);
    if (!interrupted.aborted) await reportToSandbox(test.kind, target, result, runtime);
    return outcomeOf(test, result, wire.lines, interrupted.aborted);
  } catch (error) {
    if (!interrupted.aborted) throw error;
    // It waited for its turn: nothing was seen yet.
    const nothing = { ok: false, verdict: "interrupted before the test began", stages: [], receivers: [] };
    return outcomeOf(test, nothing, wire.lines, true);
  }
}

function runtimeOf(test: MailTest, redactor: Redactor, surroundings: Surroundings): MailRuntime {
  const { environment, homeDirectory, workingDirectory } = surroundings;
  const runtime = commandRuntime({ environment, homeDirectory, workingDirectory }, redactor);
  return {
    clock: runtime.clock,
    environment,
    nameOfSetting: test.declared ? readerOf(test.directory) : asOption,
    random: runtime.random,
    readFile: (path) => {
      const full = resolve(test.directory, path);
      return existsSync(full) ? readFileSync(full, "utf8") : undefined;
    },
    platformTest: async (system, id, request) =>
      (await connections(test, system, runtime)).platformTest(system, { ...request, id }),
  };
}

/** The system as the provider would be told of it: by the stack, else by the environment. Loaded by a test through a system alone. */
async function connections(test: MailTest, system: string, runtime: Runtime): Promise<Connections> {
  const [{ systems }, { Connections }] = await Promise.all([
    import("../../systems"),
    import("../../provider/connections"),
  ]);
  return new Connections(systems, { [system]: test.settings?.(system) ?? null }, runtime);
}

function showSettings(
  tests: readonly MailTest[],
  options: MailOptions,
  several: boolean,
  { out, tell }: Surroundings,
): ExitCode {
  if (options.json) {
    out(settingsToJson(tests));
    return 0;
  }
  tests.forEach((test, index) => {
    if (several) tell(`${index === 0 ? "" : "\n"}${heading(test)}`);
    for (const remark of test.remarks ?? []) tell(printableLine(`Note: ${remark}`));
    tell(settingsToText(test));
  });
  return 0;
}
