import { ProblemError, type Problem } from "../../core/problem";
import type { Action } from "../action";
import { problemsOf } from "../diagnostics";
import { Progress } from "../progress";
import type { DynamicValue, Rpcs } from "../protocol";
import { decodeObject, Scope, type Engine, type Registered } from "../registry";
import type { Planned } from "../resource";
import type { Schema, StateOf } from "../schema";
import type { Call } from "../service";
import { withDefaults } from "../settle";
import { inReadTime, limited } from "../timeouts";
import { validateConfig } from "../validate";
import { isWhollyKnown } from "../values";
import { connectionsOf, preflight } from "./preflight";

type Event = Rpcs["InvokeAction"]["response"];

/**
 * Handles PlanAction: validates values that were unknown before, such as variables; what is still unknown is not validated.
 * It does and sends nothing.
 */
export async function planAction(
  engine: Engine,
  entry: Registered<Action>,
  { config, client_capabilities }: Rpcs["PlanAction"]["request"],
  call: Call,
): Promise<Rpcs["PlanAction"]["response"]> {
  const { schema, handler } = entry;
  const scope = new Scope(engine, schema.attributes);
  const doing = `plan ${schema.type}`;
  const inTime = inReadTime(call);
  try {
    const declared = decodeObject(engine, entry, config) ?? {};
    const problems = validateConfig(schema, declared);
    refuseErrors(problems);
    scope.problems.push(...problems);
    const others = handler.asks?.(withDefaults(schema.attributes, declared) as Planned<Schema>) ?? [];
    const pending = connectionsOf(entry, others).flatMap((one) => one.pending(engine.provider) ?? []);
    if (pending.length > 0 && client_capabilities?.deferral_allowed === true) {
      return { diagnostics: scope.diagnostics(), deferred: { reason: "PROVIDER_CONFIG_UNKNOWN" } };
    }
    scope.problems.push(...pending.map(unplanned));
    scope.problems.push(...(await preflight(engine, entry, { others, logsIn: true, doing }, inTime)));
  } catch (error) {
    scope.problems.push(...problemsOf(error, doing, inTime));
  }
  return { diagnostics: scope.diagnostics() };
}

/** Handles InvokeAction: yields the handler's messages as they come, then the result. */
export async function* invokeAction(
  engine: Engine,
  entry: Registered<Action>,
  config: DynamicValue | null,
  call: Call,
): AsyncGenerator<Event> {
  const { schema, handler } = entry;
  const scope = new Scope(engine, schema.attributes);
  const progress = new Progress(engine.redactor);
  const doing = `invoke ${schema.type}`;
  let inTime = call;
  const invoked = (async () => {
    try {
      const declared = decodeObject(engine, entry, config) ?? {};
      if (!isWhollyKnown(declared)) throw new ProblemError(unknownAtInvocation(schema));
      // Values that the apply has made known have not been validated yet.
      refuseErrors(validateConfig(schema, declared));
      const complete = withDefaults(schema.attributes, declared);
      inTime = limited(call, schema.attributes, complete, "create");
      const context = scope.context(await entry.client(engine.provider), inTime);
      await handler.invoke(complete as StateOf<Schema>, {
        ...context,
        // Terraform stops listening at the first message after Ctrl-C: the result would not be shown.
        progress: (message) => context.signal.aborted || progress.report(message),
      });
      scope.problems.push(...entry.answered(engine.provider));
    } catch (error) {
      scope.problems.push(...(wasStopped(error, call) ? [stopped(schema, error)] : problemsOf(error, doing, inTime)));
    } finally {
      progress.end();
    }
  })();
  try {
    for await (const message of progress.messages()) yield { progress: { message } };
  } finally {
    await invoked;
  }
  yield { completed: { diagnostics: scope.diagnostics() } };
}

/** Whether it failed because it was aborted; problems that it found before that are reported unchanged. */
const wasStopped = (error: unknown, { signal }: Call): boolean =>
  signal.aborted && (error === signal.reason || !(error instanceof ProblemError));

const stopped = ({ type }: Schema, error: unknown): Problem => ({
  code: "terraform/action-stopped",
  severity: "error",
  summary: `${type} was told to stop before its end`,
  fix: `Invoke it again, by the name of its block: \`terraform apply -invoke=action.${type}.NAME\`. An apply alone does not repeat what a trigger began once its object exists.`,
  ...(error instanceof ProblemError ? { evidence: error.problems[0]!.summary } : {}),
});

/** @throws ProblemError with all problems, when one is an error */
function refuseErrors(problems: readonly Problem[]): void {
  const [first, ...rest] = problems;
  if (first !== undefined && problems.some(({ severity }) => severity === "error")) {
    throw new ProblemError(first, ...rest);
  }
}

/** Adapts the warning about a read that has to wait to an action. */
const unplanned = ({ got: _, ...pending }: Problem): Problem => ({
  ...pending,
  fix: "Nothing, if the setting becomes known in this run before the action is invoked. Else take it from a variable or the environment.",
});

const unknownAtInvocation = ({ type }: Schema): Problem => ({
  code: "terraform/action-unknown",
  severity: "error",
  summary: `${type} was invoked before all of its configuration was known`,
  expected: "values that exist when the action runs",
  fix: "Invoke it after the objects that its configuration refers to: by a trigger on `after_create`, or by -invoke once they are applied.",
});
