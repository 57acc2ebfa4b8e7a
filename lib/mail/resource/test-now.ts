import { reasonOf } from "../../core/clock";
import { ProblemError, type Problem } from "../../core/problem";
import type { ActionContext } from "../../terraform-plugin/action";
import type { StateOf } from "../../terraform-plugin/schema";
import { passwordMissing } from "../diagnosis/errors";
import type { ProbeOutcome, RunSurroundings } from "../diagnosis/outcome";
import { reportToSandbox } from "../diagnosis/report-to-sandbox";
import { runProbe } from "../diagnosis/run-probe";
import { runTest } from "../diagnosis/run-test";
import type { MailRuntime } from "../diagnosis/runtime";
import { mailboxesOf, senderAlignmentOf, targetOf } from "./declared";
import { mailboxVariableUnset } from "./imap-errors";
import { outcomeProblems } from "./outcome-problems";
import { withVariables } from "./password-variables";
import type { probeActionSchema } from "./probe-action.schema";
import type { sendTestEmailSchema } from "./send-test-email.schema";
import { StageProgress } from "./stage-progress";

type Context = ActionContext<MailRuntime>;

/**
 * Probes what an action declares, and shows each finished stage.
 *
 * @throws ProblemError with one problem for each cause of failed stages
 */
export async function probeNow(config: StateOf<typeof probeActionSchema>, context: Context): Promise<void> {
  const target = targetOf(config, passwordOf(config, context));
  const runtime = withVariables(context.client);
  const outcome = await runProbe(target, runtime, surroundings(context), senderAlignmentOf(config));
  if (!context.signal.aborted) await reportToSandbox("probe", target, outcome, runtime);
  judge("The probe", outcome, context);
}

/**
 * Sends what an action declares, and shows each finished stage.
 *
 * @throws ProblemError with one problem for each cause of failed stages
 */
export async function sendNow(config: StateOf<typeof sendTestEmailSchema>, context: Context): Promise<void> {
  const target = targetOf(config, passwordOf(config, context));
  const mailboxes = mailboxesOf(config, { imap: mailboxPasswordOf(config, context) });
  const alignment = senderAlignmentOf(config);
  const runtime = withVariables(context.client);
  const outcome = await runTest(
    {
      target,
      mailboxes,
      ...(alignment && { alignment }),
      fromName: config.from_name ?? undefined,
      subject: config.subject,
      via: config.via ?? [],
    },
    runtime,
    surroundings(context),
  );
  await reportToSandbox("test-email", target, outcome, runtime);
  judge("The test mail", outcome, context);
}

function judge(what: string, outcome: ProbeOutcome, context: Context): void {
  if (context.signal.aborted) throw reasonOf(context.signal);
  const problems = outcomeProblems(what, outcome).map(inAction);
  const [first, ...rest] = problems.filter(({ severity }) => severity === "error");
  for (const problem of problems) if (problem.severity === "warning") context.report(problem);
  if (first !== undefined) throw new ProblemError(first, ...rest);
  context.progress(outcome.verdict);
}

function surroundings({ signal, redactor, progress }: Context): RunSurroundings {
  const stages = new StageProgress(progress);
  return { signal, redact: (text) => redactor.redact(text), onStage: (stage) => stages.tell(stage) };
}

function passwordOf(
  { username, password_environment: variable }: StateOf<typeof probeActionSchema | typeof sendTestEmailSchema>,
  { client, redactor }: Context,
): string | undefined {
  if (variable === null) return undefined;
  const password = client.environment[variable];
  if (password === undefined || password === "") throw new ProblemError(passwordMissing(variable));
  redactor.addCredentials(username ?? "", password);
  return password;
}

function mailboxPasswordOf(
  { imap }: StateOf<typeof sendTestEmailSchema>,
  { client, redactor }: Context,
): string | null {
  if (imap === null) return null;
  const password = client.environment[imap.password_environment];
  if (password === undefined || password === "") {
    throw new ProblemError(mailboxVariableUnset(imap.password_environment));
  }
  redactor.addCredentials(imap.username, password);
  return password;
}

function inAction({ path, ...problem }: Problem): Problem {
  if (path === undefined) return problem;
  return { ...problem, path: path.map((step) => (step === "password_wo" ? "password_environment" : step)) };
}
