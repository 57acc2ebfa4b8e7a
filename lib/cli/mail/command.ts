import { resolve } from "node:path";
import type { Redactor } from "../../core/redaction";
import type { ExitCode } from "../exit-code";
import { warnOfTlsSwitch } from "../tls-warning";
import type { Surroundings } from "../surroundings";
import { asSettings, noSuchTest, noTestsDeclared, notTogether, nothingToTest, passwordOnCommandLine } from "./errors";
import { declaredTests, type Declaration } from "./declared";
import { testFromOptions } from "./from-options";
import { targetOptionGiven } from "./target-options";
import type { MailTest, MailTestKind } from "./mail-test";
import { withMailboxVariables } from "./mailbox-variables";
import { NO_LISTS, type MailOptions } from "./options";
import { runMailTests } from "./run";

/** Runs `outbound probe` and `outbound send`. */
export async function mailCommand(
  kind: MailTestKind,
  host: string | undefined,
  given: MailOptions,
  surroundings: Surroundings,
): Promise<ExitCode> {
  warnOfTlsSwitch(surroundings);
  const options = { ...NO_LISTS, ...given };
  if (options.password !== undefined) throw passwordOnCommandLine("--password");
  if (options.imapPassword !== undefined) throw passwordOnCommandLine("--imap-password");
  const { redactor } = surroundings;
  const tests = await testsOf(kind, host, options, redactor, surroundings);
  return runMailTests(tests, options, redactor, surroundings);
}

async function testsOf(
  kind: MailTestKind,
  host: string | undefined,
  options: MailOptions,
  redactor: Redactor,
  surroundings: Surroundings,
): Promise<readonly MailTest[]> {
  const { fromPlan, fromStack } = options;
  const source = fromPlan !== undefined ? "--from-plan" : fromStack !== undefined ? "--from-stack" : undefined;
  if (source === undefined) {
    if (host === undefined) throw nothingToTest(options.transcript);
    if (options.only.length > 0)
      throw notTogether("--only", "<host>", "--only chooses among what a plan or stack declares.");
    return [testFromOptions(kind, host, options, surroundings)];
  }
  if (fromPlan !== undefined && fromStack !== undefined) {
    throw notTogether("--from-plan", "--from-stack", "Give one of them: each says by itself what to test.");
  }
  const given = host === undefined ? targetOptionGiven(options) : "<host>";
  if (given !== undefined) {
    throw notTogether(source, given, `${source} tests exactly what is declared; leave ${given} out, or ${source}.`);
  }
  // Readers of plans and stacks are loaded where there is one.
  const declared = await asSettings(async () => {
    if (fromPlan !== undefined) {
      const { declaredInPlan } = await import("./from-plan");
      return declaredInPlan(kind, fromPlan, redactor, surroundings);
    }
    const [{ declaredInStack }, { findStack }] = await Promise.all([import("./from-stack"), import("../../plan")]);
    const output = resolve(surroundings.workingDirectory, options.output);
    const stack = findStack(output, typeof fromStack === "string" ? fromStack : undefined);
    return declaredInStack(kind, stack, surroundings);
  });
  if (declared.length === 0)
    throw noTestsDeclared(fromPlan === undefined ? "The stack" : fromPlan === "-" ? "Standard input" : fromPlan);
  // For tests that were not asked for, unknown values do not matter.
  return withVariables(declaredTests(chosen(declared, options)), options);
}

function chosen(declared: readonly Declaration[], { only }: MailOptions): readonly Declaration[] {
  const addresses = declared.map(({ address }) => address);
  const missing = only.find((one) => !addresses.includes(one));
  if (missing !== undefined) throw noSuchTest(missing, addresses);
  return only.length === 0 ? declared : declared.filter(({ address }) => only.includes(address));
}

/** Passwords named on the command line take precedence. */
function withVariables(tests: readonly MailTest[], options: MailOptions): readonly MailTest[] {
  const { passwordEnvironment: variable, imapPasswordEnvironment } = options;
  const named = tests.map((test) =>
    test.password && variable !== undefined ? { ...test, password: { variable } } : test,
  );
  return withMailboxVariables(named, imapPasswordEnvironment);
}
