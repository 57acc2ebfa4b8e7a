import { problemInTerms, type Problem } from "../../core/problem";
import type { NameOfSetting } from "../../core/prose";

/** The options for the resources' attributes. */
export const OPTION_OF: Readonly<Record<string, string>> = {
  smtp_host: "<host>",
  smtp_port: "--port",
  security: "--security",
  username: "--username",
  password_wo: "--password-environment",
  password_environment: "--password-environment",
  auth_mechanism: "--auth-mechanism",
  ca_certificate: "--ca",
  declared_flows: "--flow",
  dns_servers: "--dns-server",
  from_address: "--from",
  from_name: "--from-name",
  to: "--to",
  subject: "--subject",
  via: "--via",
  timeout_seconds: "--timeout",
  imap: "--imap-host",
  alignment: "--alignment",
  source_ips: "--source-ip",
  block_lists: "--block-lists",
  dkim_selectors: "--dkim-selector",
  require: "--require",
  "imap.host": "--imap-host",
  "imap.port": "--imap-port",
  "imap.security": "--imap-security",
  "imap.username": "--imap-username",
  "imap.password_wo": "--imap-password-environment",
  "imap.password_environment": "--imap-password-environment",
  "imap.ca_certificate": "--imap-ca",
  "imap.folder": "--imap-folder",
  "imap.receiver": "--imap-receiver",
  "imap.wait_seconds": "--imap-wait",
  "imap.remove": "--imap-remove",
  "imap.access_token": "--imap-access-token",
  "alignment.source_ips": "--source-ip",
  "alignment.block_lists": "--block-lists",
  "alignment.dkim_selectors": "--dkim-selector",
  "alignment.require": "--require",
};

/** A setting as it is typed: `--port`, or `--security starttls`. */
export const asOption: NameOfSetting = ({ setting, value }) => {
  const option = OPTION_OF[setting];
  return option === undefined || value === undefined ? option : `${option} ${value}`;
};

/** Names settings as options in a problem: a user who typed `--port` does not know `smtp_port`. */
export function inOptions(problem: Problem): Problem {
  const { path, ...rest } = problemInTerms(problem, asOption);
  const attribute = path?.filter((step) => typeof step === "string") ?? [];
  const option = OPTION_OF[attribute.join(".")] ?? OPTION_OF[attribute[0] ?? ""];
  return { ...rest, ...(option === undefined ? (path === undefined ? {} : { path }) : { path: [option] }) };
}
