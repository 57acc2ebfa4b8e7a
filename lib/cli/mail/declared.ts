import type { Problem } from "../../core/problem";
import { smtpProbeSchema, testEmailSchema } from "../../mail";
import { localName } from "../../plan/addresses";
import { validateConfig } from "../../terraform-plugin/validate";
import type { Schema } from "../../terraform-plugin/schema";
import { isObject, UNKNOWN, type Value, type ValueList, type ValueObject } from "../../terraform-plugin/values";
import { completeConfig } from "../../terraform-plugin/complete-config";
import { unknownAttribute, unusable } from "./errors";
import type { MailboxPasswords, MailTest, MailTestKind, SecretSource } from "./mail-test";
import { mailboxesIn } from "./mailboxes";

/** A test of mail in a plan, state or stack: a resource, a data source or an action. */
export interface Declaration {
  /**
   * `outbound_test_email.test`, `data.outbound_smtp_probe.relay`, `action.outbound_probe.relay`; with modules and keys where
   * there are any.
   */
  readonly address: string;
  readonly kind: MailTestKind;
  /** The known values; secrets are left out. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Terraform's working directory: relative paths start there. */
  readonly directory: string;
  /** Values that are not known. */
  readonly unknown: readonly UnknownAttribute[];
  readonly password?: SecretSource;
  /** For those mailboxes whose password's source is known. */
  readonly mailboxPasswords?: MailboxPasswords;
  readonly settings?: MailTest["settings"];
}

export interface UnknownAttribute {
  /** As `a.b[0]`. */
  readonly path: string;
  /** The environment variable that would make it known. @default only the apply does */
  readonly variable?: string;
}

/** Whether what is declared there sends nothing, however it is run. */
export const declaresProbe = (address: string): boolean =>
  /^(data\.outbound_smtp_probe|action\.outbound_probe)\./.test(localName(address));

/** Attributes that do not decide whether mail gets through, or only limit the test. */
const BESIDES =
  /^(triggers|password_wo_version|on_failure|imap\.password_wo_version|more_mailboxes\[\d+\]\.password_wo_version)\b/;

const VIA_UNKNOWN = "a platform's own test is left out: the id of its setting (via) is known after the apply only";
const FLOWS_UNKNOWN = "declared_flows is known after the apply only: what is missing among them is not told";

/**
 * Makes the tests to run.
 *
 * @throws CodedError `cli/value-not-known`, and the schemas' problems: those of all tests together
 */
export function declaredTests(declarations: readonly Declaration[]): MailTest[] {
  const problems: Problem[] = [];
  const tests = declarations.map((declaration) => declaredTest(declaration, problems));
  if (problems.length > 0) throw unusable(...problems);
  return tests;
}

function declaredTest(declaration: Declaration, problems: Problem[]): MailTest {
  const { address, unknown } = declaration;
  const schema = (declaresProbe(address) ? smtpProbeSchema : testEmailSchema) as Schema;
  const remarks = new Set<string>();
  const values: Record<string, unknown> = { ...declaration.values };
  for (const { path, variable } of unknown) {
    const attribute = /^\w+/.exec(path)?.[0] ?? path;
    if (schema.attributes[attribute]?.presence === "computed" || BESIDES.test(path)) continue;
    if (attribute === "via" || attribute === "declared_flows") {
      if (attribute === "declared_flows") remarks.add(FLOWS_UNKNOWN);
      else if (declaration.kind === "send") remarks.add(VIA_UNKNOWN);
      values[attribute] = withoutUnknown(values[attribute]);
    } else {
      problems.push(unknownAttribute(address, path, variable));
      // Nothing is known to be wrong with it.
      values[attribute] = UNKNOWN;
    }
  }
  const complete = completeConfig(schema.attributes, values as ValueObject);
  const checked = { ...complete, ...placeholders(complete) };
  const invalid = validateConfig(schema, checked).filter(({ severity }) => severity === "error");
  problems.push(...invalid.map((problem) => ({ ...problem, summary: `${address}: ${problem.summary}` })));
  const variable = complete["password_environment"];
  return {
    title: address,
    kind: declaration.kind,
    declared: true,
    values: complete,
    directory: declaration.directory,
    ...passwordOf(declaration, complete["username"] !== null, typeof variable === "string" ? variable : undefined),
    ...mailboxPasswordsOf(declaration, complete),
    ...(declaration.settings === undefined ? {} : { settings: declaration.settings }),
    ...(remarks.size === 0 ? {} : { remarks: [...remarks] }),
  };
}

function passwordOf({ password }: Declaration, hasUser: boolean, variable: string | undefined): Partial<MailTest> {
  if (!hasUser) return {};
  return { password: variable === undefined ? (password ?? { declared: undefined }) : { variable } };
}

function mailboxPasswordsOf({ mailboxPasswords = {} }: Declaration, values: ValueObject): Partial<MailTest> {
  const settings = mailboxesIn(values).map(({ setting }) => setting);
  if (settings.length === 0) return {};
  const sources = settings.map((setting) => [setting, mailboxPasswords[setting] ?? { declared: undefined }] as const);
  return { mailboxPasswords: Object.fromEntries(sources) };
}

/** Write-only values are in no plan: for the checks it is enough that they are declared. */
function placeholders({ username, imap, more_mailboxes: more }: ValueObject): ValueObject {
  const withPassword = (one: Value): Value => (isObject(one) ? { ...one, password_wo: "(not here)" } : one);
  return {
    ...(username === null ? {} : { password_wo: "(not here)" }),
    ...(imap === undefined ? {} : { imap: withPassword(imap) }),
    ...(Array.isArray(more) ? { more_mailboxes: (more as ValueList).map(withPassword) } : {}),
  };
}

/** Drops elements that are not known, or whose id is not. */
function withoutUnknown(value: unknown): unknown {
  if (!Array.isArray(value)) return null;
  const known = value.filter(
    (one: unknown) => typeof one === "string" || typeof (one as ValueObject | null)?.["id"] === "string",
  );
  return known.length === 0 ? null : known;
}
