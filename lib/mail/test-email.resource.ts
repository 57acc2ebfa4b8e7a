import { reasonOf } from "../core/clock";
import { ProblemError, type Problem } from "../core/problem";
import type { Context, Resource } from "../terraform-plugin/resource";
import type { StateOf } from "../terraform-plugin/schema";
import { isUnknown } from "../terraform-plugin/values";
import { cannotImport } from "./errors";
import { renderStages, stageRows } from "./report";
import { reportToSandbox } from "./report-to-sandbox";
import { runTest, type TestOutcome } from "./run-test";
import type { MailRuntime } from "./runtime";
import type { Security } from "./security";
import { failedStages } from "./stage";
import type { Target } from "./target";
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

  async create({ planned, config, save }, context) {
    const target = targetOf(planned, config.password_wo);
    const outcome = await runTest(
      {
        target,
        fromName: planned.from_name ?? undefined,
        subject: planned.subject,
        via: planned.via ?? [],
      },
      context.client,
      watch(context, planned, config.password_wo),
    );
    const state: State = { ...planned, password_wo: null, ...computed(outcome) };
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

  // Only timeout and on_failure get here; neither is worth another mail.
  update: async ({ planned, prior }) => ({
    ...planned,
    password_wo: null,
    id: prior.id,
    ok: prior.ok,
    verdict: prior.verdict,
    stages: prior.stages,
    message_id: prior.message_id,
    tested_at: prior.tested_at,
  }),

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
    message_id: outcome.messageId ?? null,
    tested_at: outcome.testedAt,
  };
}

function targetOf(planned: State, password: string | null): Target {
  return {
    host: planned.smtp_host,
    port: planned.smtp_port,
    security: planned.security as Security,
    ...(planned.username === null ? {} : { login: { username: planned.username, password: password ?? "" } }),
    ...(planned.ca_certificate === null ? {} : { ca: planned.ca_certificate }),
    ...(planned.declared_flows === null ? {} : { declaredFlows: planned.declared_flows }),
    from: planned.from_address,
    to: planned.to,
    timeoutMs: planned.timeout_seconds * 1000,
  };
}

function watch(context: Context<MailRuntime>, planned: State, password: string | null) {
  if (password !== null) context.redactor.addCredentials(planned.username ?? "", password);
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
