import { commandRuntime } from "../inventory/runtime";
import { runNotice } from "../mail/diagnosis/run-notice";
import type { Stack } from "../plan";
import type { MailNotice } from "../notify";
import type { ChainProof } from "../proof/proof";
import { fallbackIsBroken, fallbackRefuses, noFallback } from "./errors";
import { declaredTests } from "./mail/declared";
import { declaredInStack } from "./mail/from-stack";
import type { MailTest } from "./mail/mail-test";
import { testSurroundings } from "./mail/test-surroundings";
import { readPasswords } from "./mail/passwords";
import { requestOf } from "./mail/request";
import { ProblemError } from "../core/problem";
import type { Surroundings } from "./surroundings";

/**
 * The second relays of stacks: tests with `fallback = true`, without duplicates.
 *
 * @throws UsageError where there is none, and for the problems of a declaration
 */
export function fallbacksOf(stacks: readonly Stack[], surroundings: Surroundings): readonly MailTest[] {
  const declared = stacks
    .flatMap((stack) => declaredInStack("send", stack, surroundings))
    .filter(({ values }) => values["fallback"] === true);
  if (declared.length === 0) throw noFallback(stacks.map(({ name }) => name).join(", "));
  const distinct = new Map(declared.map((one) => [JSON.stringify(one.values), one]));
  return declaredTests([...distinct.values()]);
}

/**
 * Sends by the first relay that accepts the mail, and never by one whose server was found broken.
 *
 * @throws ProblemError with the reasons why none accepted it
 */
export async function sendByFallback(
  notice: MailNotice,
  fallbacks: readonly MailTest[],
  chains: readonly ChainProof[],
  signal: AbortSignal,
  surroundings: Surroundings,
): Promise<void> {
  const broken = new Set(chains.filter(({ state }) => state === "broken").map(({ server }) => server));
  const problems = [];
  for (const test of fallbacks) {
    const { target } = requestOf(test, readPasswords([test], surroundings.environment).get(test)!);
    const server = `${target.host}:${target.port}`;
    if (broken.has(server)) {
      problems.push(fallbackIsBroken(test.title, server));
      continue;
    }
    const { redactor } = surroundings;
    if (target.login) redactor.addCredentials(target.login.username, target.login.password);
    const runtime = { ...commandRuntime(surroundings, redactor), ...testSurroundings(test) };
    const watch = { signal, redact: (text: string) => redactor.redact(text) };
    const { ok, verdict } = await runNotice(notice, target, runtime, watch);
    if (ok) return;
    problems.push(fallbackRefuses(test.title, server, verdict));
  }
  throw new ProblemError(...problems);
}
