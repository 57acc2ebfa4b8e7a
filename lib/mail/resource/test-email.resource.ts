import { reasonOf } from "../../core/clock";
import { ProblemError, type Problem } from "../../core/problem";
import type { Context, Resource } from "../../terraform-plugin/resource";
import type { StateOf } from "../../terraform-plugin/schema";
import { isUnknown } from "../../terraform-plugin/values";
import { receiverRows, renderStages, stageRows } from "../diagnosis/report";
import { reportToSandbox } from "../diagnosis/report-to-sandbox";
import { runTest } from "../diagnosis/run-test";
import type { TestOutcome } from "../diagnosis/outcome";
import type { MailRuntime } from "../diagnosis/runtime";
import { failedStages } from "../stage/stage";
import { mailboxOf, senderAlignmentOf, targetOf } from "./declared";
import { cannotImport } from "./errors";
import { testEmailSchema } from "./test-email.schema";

type State = StateOf<typeof testEmailSchema>;

/** A test that was sent. Creating it sends; there is nothing outside to read, change or delete. */
export const testEmailResource: Resource<typeof testEmailSchema, MailRuntime> = {
  schema: testEmailSchema,

  plan(request) {
    const { prior, planned } = request;
    // Under "warn" a failed test stays in the state; where failing counts from now on, it is no proof.
    if (prior && planned && prior.ok === false && prior.on_failure === "warn" && planned.on_failure === "fail") {
      if (!isUnknown(planned.on_failure)) request.replace.add("on_failure");
    }
  },

  asks({ via }) {
    if (via === null || isUnknown(via)) return [];
    const known = via.filter((one) => !isUnknown(one));
    return known.map(({ system }) => system).filter((system) => !isUnknown(system));
  },

  async create({ planned, config, save }, context) {
    const passwords = { login: config.password_wo, mailbox: config.imap?.password_wo ?? null };
    const target = targetOf(planned, passwords.login);
    const mailbox = mailboxOf(planned, passwords.mailbox);
    const alignment = senderAlignmentOf(planned);
    const outcome = await runTest(
      {
        target,
        ...(mailbox && { mailbox }),
        ...(alignment && { alignment }),
        fromName: planned.from_name ?? undefined,
        subject: planned.subject,
        via: planned.via ?? [],
      },
      context.client,
      watch(context, planned, passwords),
    );
    const state: State = { ...planned, ...computed(outcome) };
    // Saved before failing: Terraform marks what was saved as tainted, keeps the stages where they
    // can be read, and tests again with the next apply.
    save(state);
    await reportToSandbox("test-email", target, outcome, context.client);
    if (context.signal.aborted) throw reasonOf(context.signal);
    const problems = problemsOf(outcome);
    const failed = problems.filter(({ severity }) => severity === "error");
    for (const problem of problems) {
      if (problem.severity === "warning") context.report(problem);
      else if (planned.on_failure === "warn") context.report({ ...problem, severity: "warning" });
    }
    if (failed.length > 0 && planned.on_failure !== "warn") throw new ProblemError(...failed);
    return state;
  },

  read: async ({ prior }) => prior,

  // Only patience and on_failure get here; neither is worth another mail.
  update: async ({ planned, prior }) => {
    const { id, ok, verdict, stages, receivers, arrival, message_id, tested_at } = prior;
    const { certificate_valid_from, certificate_expires_at } = prior;
    const found = { id, ok, verdict, stages, receivers, certificate_valid_from, certificate_expires_at };
    return { ...planned, ...found, arrival, message_id, tested_at };
  },

  // A mail that was sent cannot be taken back.
  delete: async () => undefined,

  import(id) {
    throw new ProblemError(cannotImport(id));
  },
};

function computed(outcome: TestOutcome) {
  return {
    id: outcome.id,
    ok: outcome.ok,
    verdict: outcome.verdict,
    stages: stageRows(outcome.stages),
    receivers: receiverRows(outcome.receivers),
    certificate_valid_from: outcome.certificateValidFrom ?? null,
    certificate_expires_at: outcome.certificateExpiresAt ?? null,
    arrival: arrivalRow(outcome),
    message_id: outcome.messageId ?? null,
    tested_at: outcome.testedAt,
  };
}

function arrivalRow({ arrival }: TestOutcome): State["arrival"] {
  return arrival ? { folder: arrival.folder, junk: arrival.junk, latency_ms: arrival.latencyMs } : null;
}

interface Passwords {
  readonly login: string | null;
  readonly mailbox: string | null;
}

function watch(context: Context<MailRuntime>, planned: State, { login, mailbox }: Passwords) {
  if (login !== null) context.redactor.addCredentials(planned.username ?? "", login);
  if (mailbox !== null) context.redactor.addCredentials(planned.imap?.username ?? "", mailbox);
  return { signal: context.signal, redact: (text: string) => context.redactor.redact(text) };
}

/** One problem for each stage that failed or warns; the first failure shows the whole table. */
function problemsOf(outcome: TestOutcome): Problem[] {
  // Terraform folds lines, but not those that begin with a space; folded, a table is none.
  const table = renderStages(outcome.stages).replace(/^/gm, "  ");
  const first = failedStages(outcome.stages)[0];
  return outcome.stages.flatMap((stage) => {
    const { problem } = stage;
    if (!problem) return [];
    const summary =
      stage.status === "failed"
        ? `The test mail failed at ${stage.name}: ${problem.summary}`
        : `The test mail passed ${stage.name}, but ${problem.summary}`;
    const attachment = stage === first ? `${outcome.verdict}\n\n${table}` : undefined;
    // The path of a problem found by a platform is one of that platform, not of this resource.
    const path = problem.code.startsWith("mail/") ? problem.path : undefined;
    return [{ ...problem, summary, path, attachment }];
  });
}
