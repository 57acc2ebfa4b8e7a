import type { Redactor } from "../../core/redaction";
import { commandRuntime } from "../../inventory/runtime";
import { runProbe, runTest, type MailRuntime, type TestRequest } from "../../mail";
import { reportToSandbox } from "../../mail/diagnosis/report-to-sandbox";
import { ConversationLog } from "../../mail/wire/transcript";
import type { Connections } from "../../provider/connections";
import type { Runtime } from "../../systems/kit/system";
import type { Surroundings } from "../surroundings";
import type { MailTest } from "./mail-test";
import { testSurroundings } from "./test-surroundings";
import { outcomeOf, type MailTestOutcome } from "./outcome";

/** Runs one test; `more` adds to its surroundings. */
export async function runOne(
  test: MailTest,
  request: TestRequest,
  redactor: Redactor,
  surroundings: Surroundings,
  more: Pick<MailRuntime, "onCertificates"> = {},
): Promise<MailTestOutcome> {
  const { interrupted } = surroundings;
  const { target, mailboxes = [] } = request;
  if (target.login) redactor.addCredentials(target.login.username, target.login.password);
  for (const { username, password } of mailboxes) redactor.addCredentials(username, password);
  const runtime = { ...runtimeOf(test, redactor, surroundings), ...more };
  const wire = new ConversationLog(runtime.clock, (text) => redactor.redact(text));
  // Servers repeat what they receive: their words are searched for logins in every encoding.
  wire.protect(target.login);
  for (const mailbox of mailboxes) wire.protect(mailbox);
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
    // It was still waiting for the server: nothing was seen yet.
    const nothing = { ok: false, verdict: "interrupted before the test began", stages: [], receivers: [] };
    return outcomeOf(test, nothing, wire.lines, true);
  }
}

function runtimeOf(test: MailTest, redactor: Redactor, surroundings: Surroundings): MailRuntime {
  const { environment } = surroundings;
  const runtime = commandRuntime(surroundings, redactor);
  return {
    clock: runtime.clock,
    environment,
    random: runtime.random,
    ...testSurroundings(test),
    platformTest: async (system, id, request) =>
      (await connections(test, system, runtime)).platformTest(system, { ...request, id }),
  };
}

/**
 * The connection to a system as the provider would get it: from the stack, else from the environment. Loaded only by a
 * test through a system.
 */
async function connections(test: MailTest, system: string, runtime: Runtime): Promise<Connections> {
  const [{ systems }, { Connections }] = await Promise.all([
    import("../../systems"),
    import("../../provider/connections"),
  ]);
  return new Connections(systems, { [system]: test.settings?.(system) ?? null }, runtime);
}
