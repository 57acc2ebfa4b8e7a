import { jsonText, type JsonDocument } from "../../core/json-document";
import { kindOf, type Stage, type TestOutcome } from "../../mail";
import type { FoundMail } from "../../mail/diagnosis/outcome";
import type { ReceiverResult } from "../../mail/diagnosis/receiver-result";
import type { StageStatus } from "../../mail/stage/stage";
import type { WireLine } from "../../mail/wire/transcript";
import { isObject, type Value, type ValueList, type ValueObject } from "../../terraform-plugin/values";
import type { MailTest, MailTestKind } from "./mail-test";
import { exitCodeOfAll, type MailTestOutcome } from "./outcome";

/** The result of testing one server. */
export interface MailTestDocument extends JsonDocument<"outbound-mail-test/1">, MailTestResult {}

/** The results of the tests that a plan or stack declares, even if there is only one. */
export interface MailTestsDocument extends JsonDocument<"outbound-mail-tests/1"> {
  /** True when all have passed. */
  readonly ok: boolean;
  /** The code of the first that did not pass. */
  readonly exitCode: number;
  readonly targets: readonly MailTestResult[];
}

/** The settings that would be tested: `--dry-run`. */
export interface MailSettingsDocument extends JsonDocument<"outbound-mail-settings/1"> {
  readonly targets: readonly MailTestSettings[];
}

export interface MailTestSettings {
  readonly kind: MailTestKind;
  /** `smtp.example.com:587`, or the address in the stack. */
  readonly title: string;
  /**
   * The settings by the names of the resource's attributes; `password_environment` is the name of a variable or null.
   * Never a secret.
   */
  readonly target: Readonly<Record<string, unknown>>;
}

export interface MailTestResult extends MailTestSettings {
  /** True when `exitCode` is 0. */
  readonly ok: boolean;
  /** What was proved, and from where, in a sentence or a few. */
  readonly verdict: string;
  /** 0, or the code of the stage that failed. */
  readonly exitCode: number;
  readonly stages: readonly MailTestStage[];
  readonly receivers: readonly ReceiverResult[];
  /** ISO 8601; null when no certificate was seen. */
  readonly certificateValidFrom: string | null;
  /** ISO 8601; null when no certificate was seen. */
  readonly certificateExpiresAt: string | null;
  /** Null when the mail was not looked for or not found; of several mailboxes, the first. */
  readonly arrival: NonNullable<TestOutcome["arrival"]> | null;
  /** The mailboxes in which the mail was found, and the folders; null when it was not looked for. */
  readonly arrivals: readonly FoundMail[] | null;
  /** The id of the test mail; of `send` only, like the two that follow. */
  readonly id?: string | null;
  /** Null when no mail was sent. */
  readonly messageId?: string | null;
  /** ISO 8601. */
  readonly testedAt?: string | null;
  /** The conversation with the server, with `--transcript` only. */
  readonly transcript?: readonly WireLine[];
}

export interface MailTestStage {
  readonly name: string;
  /** `RCPT`, `MX`, `arrival` or `platform test` where the name includes the subject, else the name. */
  readonly kind: string;
  readonly status: StageStatus;
  readonly durationMs: number;
  readonly detail: string;
  /** What to do; null when all is well. */
  readonly remedy: string | null;
  /** Stable: `mail/no-such-mailbox`; null when all is well. */
  readonly code: string | null;
}

/** Writes the results as JSON: one object for one server; for a plan or stack a list, even if there is only one. */
export function outcomesToJson(outcomes: readonly MailTestOutcome[], several: boolean, transcript: boolean): string {
  const [first, ...others] = outcomes.map((outcome) => asJson(outcome, transcript));
  if (first === undefined) throw new RangeError("no test has been run");
  if (!several) {
    const document: MailTestDocument = { format: "outbound-mail-test/1", ...first };
    return jsonText(document).trimEnd();
  }
  const exitCode = exitCodeOfAll(outcomes);
  const document: MailTestsDocument = {
    format: "outbound-mail-tests/1",
    ok: exitCode === 0,
    exitCode,
    targets: [first, ...others],
  };
  return jsonText(document).trimEnd();
}

/** Writes the settings that would be tested as JSON. */
export function settingsToJson(tests: readonly MailTest[]): string {
  const document: MailSettingsDocument = { format: "outbound-mail-settings/1", targets: tests.map(settings) };
  return jsonText(document).trimEnd();
}

const settings = (test: MailTest): MailTestSettings => ({
  kind: test.kind,
  title: test.title,
  target: targetAsJson(test),
});

function asJson({ test, result, exitCode, wire }: MailTestOutcome, transcript: boolean): MailTestResult {
  const { verdict, stages, receivers, certificateValidFrom, certificateExpiresAt, arrival, arrivals } = result;
  const { id, messageId, testedAt } = result;
  return {
    ok: exitCode === 0,
    verdict,
    exitCode,
    ...settings(test),
    stages: stages.map(stageAsJson),
    receivers,
    certificateValidFrom: certificateValidFrom ?? null,
    certificateExpiresAt: certificateExpiresAt ?? null,
    arrival: arrival ?? null,
    arrivals: arrivals ?? null,
    ...(test.kind === "send" ? { id: id ?? null, messageId: messageId ?? null, testedAt: testedAt ?? null } : {}),
    ...(transcript ? { transcript: wire } : {}),
  };
}

function stageAsJson(stage: Stage): MailTestStage {
  const { name, status, durationMs, detail, remedy, problem } = stage;
  return { name, kind: kindOf(stage), status, durationMs, detail, remedy: remedy ?? null, code: problem?.code ?? null };
}

/** Attributes that make no difference to the test itself. */
const OF_THE_RESOURCE: readonly string[] = ["triggers", "on_failure", "password_wo_version"];

/** The tested settings, by the resource's own names; with the sources of passwords, never their values. */
export function targetAsJson({ values, password, mailboxPasswords = {} }: MailTest): ValueObject {
  const variable = (source: MailTest["password"]): Value =>
    source !== undefined && "variable" in source ? source.variable : null;
  const { imap, more_mailboxes: more, ...rest } = values;
  const mailbox = (one: Value, setting: string): Value =>
    isObject(one) ? { ...one, password_environment: variable(mailboxPasswords[setting]) } : null;
  return {
    ...Object.fromEntries(Object.entries(rest).filter(([name]) => !OF_THE_RESOURCE.includes(name))),
    password_environment: variable(password),
    ...(imap === undefined ? {} : { imap: mailbox(imap, "imap") }),
    ...(more === undefined
      ? {}
      : {
          more_mailboxes: Array.isArray(more)
            ? (more as ValueList).map((one, index) => mailbox(one, `more_mailboxes[${index}]`))
            : null,
        }),
  };
}
