import { printableJson } from "../../core/printable";
import { kindOf, type Stage } from "../../mail";
import { isObject, type Value, type ValueObject } from "../../terraform-plugin/values";
import type { MailTest } from "./mail-test";
import { exitCodeOfAll, type Outcome } from "./outcome";

/**
 * The outcome for scripts. Fields are added in later releases, never renamed or removed. Of one server it is an object;
 * of a plan or stack, `{ok, exitCode, targets: [...]}` with one such object each, however many there are.
 */
export function outcomesToJson(outcomes: readonly Outcome[], several: boolean, transcript: boolean): string {
  const all = outcomes.map((outcome) => asJson(outcome, transcript));
  const exitCode = exitCodeOfAll(outcomes);
  return printableJson(several ? { ok: exitCode === 0, exitCode, targets: all } : all[0], 2);
}

function asJson({ test, result, exitCode, wire }: Outcome, transcript: boolean) {
  const { verdict, stages, receivers, certificateValidFrom, certificateExpiresAt, arrival, id, messageId, testedAt } =
    result;
  return {
    ok: exitCode === 0,
    verdict,
    exitCode,
    kind: test.kind,
    title: test.title,
    target: targetAsJson(test),
    stages: stages.map(stageAsJson),
    receivers,
    certificateValidFrom: certificateValidFrom ?? null,
    certificateExpiresAt: certificateExpiresAt ?? null,
    arrival: arrival ?? null,
    ...(test.kind === "send" ? { id: id ?? null, messageId: messageId ?? null, testedAt: testedAt ?? null } : {}),
    ...(transcript ? { transcript: wire } : {}),
  };
}

function stageAsJson(stage: Stage) {
  const { name, status, durationMs, detail, remedy, problem } = stage;
  return { name, kind: kindOf(stage), status, durationMs, detail, remedy: remedy ?? null, code: problem?.code ?? null };
}

/** They make no difference to the test itself. */
const OF_THE_RESOURCE: readonly string[] = ["triggers", "on_failure", "password_wo_version"];

/** The settings as they were tested, in the resource's own names; where passwords come from, and never what they are. */
export function targetAsJson({ values, password, imapPassword }: MailTest): ValueObject {
  const variable = (source: MailTest["password"]): Value =>
    source !== undefined && "variable" in source ? source.variable : null;
  const { imap, ...rest } = values;
  return {
    ...Object.fromEntries(Object.entries(rest).filter(([name]) => !OF_THE_RESOURCE.includes(name))),
    password_environment: variable(password),
    ...(imap === undefined
      ? {}
      : { imap: isObject(imap) ? { ...imap, password_environment: variable(imapPassword) } : null }),
  };
}
