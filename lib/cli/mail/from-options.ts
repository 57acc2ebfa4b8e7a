import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Problem } from "../../core/problem";
import { environmentName } from "../../mail/resource/validators";
import { smtpProbeSchema, testEmailSchema } from "../../mail";
import { validateConfig } from "../../terraform-plugin/validate";
import type { Schema } from "../../terraform-plugin/schema";
import type { Value, ValueObject } from "../../terraform-plugin/values";
import { announced } from "../announced";
import { badOption, UsageError } from "../errors";
import { integer } from "../numbers";
import type { Surroundings } from "../surroundings";
import { completeConfig } from "../../terraform-plugin/complete-config";
import { optionMissing } from "./errors";
import type { MailTest, MailTestKind } from "./mail-test";
import { mailboxVariables } from "./mailbox-variables";
import { inOptions } from "./option-names";
import type { MailOptions } from "./options";

/** Replaces the password, which is read from the environment later. */
const ELSEWHERE = "(in the environment)";

/**
 * The test that the options describe, validated by the schema of the corresponding resource.
 *
 * @throws UsageError in the words of the command line
 */
export function testFromOptions(
  kind: MailTestKind,
  host: string,
  options: MailOptions,
  { err, workingDirectory }: Surroundings,
): MailTest {
  const from = options.from;
  if (from === undefined) throw optionMissing("--from", "the sender's address, as the alerts will have it");
  if (kind === "send" && options.to.length === 0) throw optionMissing("--to", "who gets the test mail");
  checkVariable(options.passwordEnvironment);
  const [mailbox, another] = mailboxVariables(options.imapPasswordEnvironment);
  // The options describe one mailbox; --imap-receiver names its owner.
  if (another ?? mailbox?.receiver) {
    const given = options.imapPasswordEnvironment!.join(", ");
    throw badOption("--imap-password-environment", given, "the name of one variable");
  }
  const security = options.security ?? "starttls";
  const usual = { tls: 465, none: 25 }[security] ?? 587;
  const password = options.passwordEnvironment;
  const values: ValueObject = {
    smtp_host: host,
    smtp_port: integer("--port", options.port, 1, 65_535) ?? usual,
    security,
    username: options.username ?? null,
    auth_mechanism: options.authMechanism ?? null,
    ca_certificate: options.ca ?? null,
    declared_flows: list(options.flow),
    dns_servers: list(options.dnsServer),
    from_address: from,
    to: list(options.to),
    timeout_seconds: integer("--timeout", options.timeout, 1, 3_600) ?? 60,
    alignment: alignmentOf(options),
    ...(kind === "send"
      ? {
          subject: options.subject ?? null,
          from_name: options.fromName ?? null,
          via: viaOf(options),
          imap: imapOf(options),
        }
      : {}),
  };
  const secret: ValueObject =
    kind === "send"
      ? { password_wo: password === undefined ? null : ELSEWHERE }
      : { password_environment: password ?? null };
  const schema = (kind === "send" ? testEmailSchema : smtpProbeSchema) as Schema;
  const settings = completeConfig(schema.attributes, values);
  const imap = values["imap"] ?? null;
  const problems = validateConfig(schema, { ...settings, ...secret, ...(imap === null ? {} : { imap }) });
  const errors = problems.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new UsageError(...errors.map(inOptions));
  for (const [option, path] of [
    ["--ca", options.ca],
    ["--imap-ca", options.imapCa],
  ] as const) {
    if (path !== undefined && !existsSync(resolve(workingDirectory, path)))
      throw badOption(option, path, "an existing PEM file");
  }
  for (const problem of problems) err(announced(inOptions(problem)));
  return {
    title: `${host.includes(":") ? `[${host}]` : host}:${String(values["smtp_port"])}`,
    kind,
    values: settings,
    directory: workingDirectory,
    ...(password === undefined ? {} : { password: { variable: password } }),
    ...(mailbox === undefined ? {} : { mailboxPasswords: { imap: { variable: mailbox.variable } } }),
  };
}

function checkVariable(name: string | undefined): void {
  const problem: Problem | undefined = name === undefined ? undefined : environmentName.check(name);
  if (problem !== undefined) throw new UsageError({ ...problem, path: ["--password-environment"] });
}

function alignmentOf({ alignment, sourceIp, blockLists, dkimSelector, require }: MailOptions): ValueObject | null {
  if (!alignment && !blockLists && sourceIp.length + dkimSelector.length + require.length === 0) return null;
  return {
    source_ips: list(sourceIp),
    block_lists: blockLists ?? null,
    dkim_selectors: list(dkimSelector),
    require: list(require),
  };
}

function viaOf({ via = [] }: MailOptions): Value {
  if (via.length === 0) return null;
  return via.map((one) => {
    const [, system, id] = /^([^:]+):(.+)$/.exec(one) ?? [];
    if (system === undefined) throw badOption("--via", one, "the system and the id of its setting, as in vrops:41f3…");
    return { system, id: id! };
  });
}

function imapOf(options: MailOptions): ValueObject | null {
  const { imapHost: host } = options;
  const given = (Object.keys(options) as (keyof MailOptions)[]).find(
    (name) => name.startsWith("imap") && name !== "imapHost" && name !== "imapPassword" && options[name] !== undefined,
  );
  if (host === undefined) {
    if (given !== undefined)
      throw optionMissing("--imap-host", "the IMAP server that the other --imap options are about");
    return null;
  }
  if (options.imapPasswordEnvironment === undefined) {
    throw optionMissing("--imap-password-environment", "the name of the variable with the mailbox's password");
  }
  return {
    host,
    port: integer("--imap-port", options.imapPort, 1, 65_535) ?? null,
    security: options.imapSecurity ?? "tls",
    username: options.imapUsername ?? options.imapReceiver ?? options.to[0]!,
    password_wo: ELSEWHERE,
    access_token: options.imapAccessToken ?? false,
    ca_certificate: options.imapCa ?? null,
    folder: options.imapFolder ?? "INBOX",
    receiver: options.imapReceiver ?? null,
    wait_seconds: integer("--imap-wait", options.imapWait, 1, 3_600) ?? 30,
    remove: options.imapRemove ?? false,
  };
}

const list = (values: readonly string[]): Value => (values.length === 0 ? null : [...values]);
