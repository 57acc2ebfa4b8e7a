import type { AlignmentCheck } from "../../mail/alignment/alignment";
import type { ImapMailbox } from "../../mail/imap/mailbox";
import { receiverAmong } from "../../mail/resource/imap-checks";
import { imapPort, WAIT_SECONDS } from "../../mail/resource/imap.schema";
import type { ConnectionSecurity, Target, TestRequest } from "../../mail";
import { isObject, type ValueObject } from "../../terraform-plugin/values";
import type { MailTest } from "./mail-test";
import { mailboxesIn } from "./mailboxes";
import type { Passwords } from "./passwords";

/** The request for the diagnosis, passwords included: never to be printed. */
export function requestOf({ values }: MailTest, { smtp, mailboxes }: Passwords): TestRequest {
  const target = targetOf(values, smtp);
  const alignment = isObject(values["alignment"]) ? alignmentOf(values["alignment"]) : undefined;
  const fromName = text(values["from_name"]);
  return {
    target,
    subject: text(values["subject"]) ?? "Alert mail test",
    via: objects(values["via"]).map(({ system, id }) => ({ system: String(system), id: String(id) })),
    ...(fromName === undefined ? {} : { fromName }),
    mailboxes: mailboxesIn(values).map(({ setting, values: imap }) => ({
      ...mailboxOf(imap, target, mailboxes[setting] ?? ""),
      setting,
    })),
    ...(alignment === undefined ? {} : { alignment }),
  };
}

function targetOf(values: ValueObject, password: string | undefined): Target {
  const username = text(values["username"]);
  const mechanism = text(values["auth_mechanism"]) as NonNullable<Target["login"]>["mechanism"];
  const ca = text(values["ca_certificate"]);
  const flows = texts(values["declared_flows"]);
  const dnsServers = texts(values["dns_servers"]);
  return {
    host: text(values["smtp_host"]) ?? "",
    port: number(values["smtp_port"]) ?? 587,
    security: (text(values["security"]) ?? "starttls") as ConnectionSecurity,
    ...(username === undefined
      ? {}
      : { login: { username, password: password ?? "", ...(mechanism === undefined ? {} : { mechanism }) } }),
    ...(ca === undefined ? {} : { ca }),
    ...(flows === undefined ? {} : { declaredFlows: flows }),
    ...(dnsServers === undefined ? {} : { dnsServers }),
    from: text(values["from_address"]) ?? "",
    to: texts(values["to"]) ?? [],
    timeoutMs: (number(values["timeout_seconds"]) ?? 60) * 1_000,
  };
}

function mailboxOf(imap: ValueObject, target: Target, password: string): ImapMailbox {
  const security = (text(imap["security"]) ?? "tls") as ConnectionSecurity;
  const ca = text(imap["ca_certificate"]);
  return {
    host: text(imap["host"]) ?? "",
    port: number(imap["port"]) ?? imapPort(security),
    security,
    username: text(imap["username"]) ?? "",
    password,
    accessToken: imap["access_token"] === true,
    ...(ca === undefined ? {} : { ca }),
    folder: text(imap["folder"]) ?? "INBOX",
    receiver: receiverAmong(target.to, text(imap["receiver"]) ?? "") ?? target.to[0] ?? "",
    waitMs: (number(imap["wait_seconds"]) ?? WAIT_SECONDS) * 1_000,
    remove: imap["remove"] === true,
  };
}

function alignmentOf(alignment: ValueObject): NonNullable<TestRequest["alignment"]> {
  const sourceIps = texts(alignment["source_ips"]);
  const selectors = texts(alignment["dkim_selectors"]);
  return {
    ...(sourceIps === undefined ? {} : { sourceIps }),
    blockLists: alignment["block_lists"] === true,
    ...(selectors === undefined ? {} : { selectors }),
    require: (texts(alignment["require"]) ?? []) as AlignmentCheck[],
  };
}

const text = (value: unknown) => (typeof value === "string" ? value : undefined);
const number = (value: unknown) => (typeof value === "number" ? value : undefined);
const texts = (value: unknown) =>
  Array.isArray(value) && value.length > 0 ? value.filter((one): one is string => typeof one === "string") : undefined;
const objects = (value: unknown): ValueObject[] => (Array.isArray(value) ? value.filter(isObject) : []);
