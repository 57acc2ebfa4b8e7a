import { reasonOf } from "../../core/clock";
import { ProblemError } from "../../core/problem";
import type { Context, CreateRequest } from "../../terraform-plugin/resource";
import type { StateOf } from "../../terraform-plugin/schema";
import { outcomeRows } from "../diagnosis/report";
import { reportToSandbox } from "../diagnosis/report-to-sandbox";
import { runTest } from "../diagnosis/run-test";
import type { FoundMail, TestOutcome } from "../diagnosis/outcome";
import type { MailRuntime } from "../diagnosis/runtime";
import type { WireLogin } from "../wire/secrets";
import { mailboxesOf, senderAlignmentOf, targetOf } from "./declared";
import { outcomeProblems } from "./outcome-problems";
import type { testEmailSchema } from "./test-email.schema";

type State = StateOf<typeof testEmailSchema>;

/**
 * Sends the test that a resource declares. The result is saved before the test fails.
 *
 * @throws ProblemError with one problem for each failed stage, unless `on_failure` is "warn"
 */
export async function sendTest(
  { planned, config, save }: CreateRequest<typeof testEmailSchema>,
  context: Context<MailRuntime>,
): Promise<State> {
  const target = targetOf(planned, config.password_wo);
  const mailboxes = mailboxesOf(planned, {
    imap: config.imap?.password_wo ?? null,
    more: config.more_mailboxes?.map((one) => one.password_wo),
  });
  const alignment = senderAlignmentOf(planned);
  const outcome = await runTest(
    {
      target,
      mailboxes,
      ...(alignment && { alignment }),
      fromName: planned.from_name ?? undefined,
      subject: planned.subject,
      via: planned.via ?? [],
    },
    context.client,
    watch(context, target.login, ...mailboxes),
  );
  const state: State = { ...planned, ...computed(outcome) };
  // Saved before failing: Terraform marks a saved object as tainted, keeps the stages where they can be read, and tests
  // again with the next apply.
  // can be read, and tests again with the next apply.
  save(state);
  await reportToSandbox("test-email", target, outcome, context.client);
  if (context.signal.aborted) throw reasonOf(context.signal);
  const problems = outcomeProblems("The test mail", outcome);
  const failed = problems.filter(({ severity }) => severity === "error");
  for (const problem of problems) {
    if (problem.severity === "warning") context.report(problem);
    else if (planned.on_failure === "warn") context.report({ ...problem, severity: "warning" });
  }
  if (failed.length > 0 && planned.on_failure !== "warn") throw new ProblemError(...failed);
  return state;
}

function computed(outcome: TestOutcome) {
  return {
    id: outcome.id,
    ...outcomeRows(outcome),
    arrival: arrivalRow(outcome),
    arrivals: arrivalRows(outcome),
    message_id: outcome.messageId ?? null,
    tested_at: outcome.testedAt,
  };
}

function arrivalRow({ arrival }: TestOutcome): State["arrival"] {
  return arrival ? { folder: arrival.folder, junk: arrival.junk, latency_ms: arrival.latencyMs } : null;
}

function arrivalRows({ arrivals }: TestOutcome): State["arrivals"] {
  const row = ({ receiver, folder, junk, latencyMs }: FoundMail) => ({ receiver, folder, junk, latency_ms: latencyMs });
  return arrivals?.map(row) ?? null;
}

function watch(context: Context<MailRuntime>, ...logins: readonly (WireLogin | undefined)[]) {
  for (const login of logins) if (login?.password) context.redactor.addCredentials(login.username, login.password);
  return { signal: context.signal, redact: (text: string) => context.redactor.redact(text) };
}
