import { camel } from "./camel";
import { HCL, type NameOfSetting } from "./prose";

/** The names of attributes in a CDKTF program, where its nouns do not simply have them as props. */
const PROPS: Readonly<Record<string, string>> = {
  smtp_host: "the host of `SmtpServer`",
  username: "`login.user` of `SmtpServer`",
  password_wo: "`login.password` of `SmtpServer`",
  password_environment: "`login.password` of `SmtpServer`",
  password_wo_version: '`version` of the `Secret`, as in Secret.environment("SMTP_PASSWORD", { version: 2 }),',
  secret_wo_version: '`version` of the `Secret`, as in Secret.environment("WEBHOOK_SECRET", { version: 2 }),',
  to: "`receivers`",
  via: "`plugins`",
  imap: "`arrival`",
  "imap.username": "`user` of the `Mailbox`",
  "imap.password_wo": "`password` of the `Mailbox`",
  "imap.host": "the host of the `Mailbox`",
};

/** Props of a noun that are named together with it. */
const OF: Readonly<Record<string, readonly [prop: string, of: string]>> = {
  smtp_port: ["port", "SmtpServer"],
  auth_mechanism: ["login.mechanism", "SmtpServer"],
  ca_certificate: ["caCertificate", "SmtpServer"],
  trusted_certificate_thumbprint: ["certificateThumbprint", "SmtpServer"],
  from_address: ["sender.address", "SmtpServer"],
  from_name: ["sender.name", "SmtpServer"],
  sender_address: ["sender.address", "SmtpServer"],
  sender_name: ["sender.name", "SmtpServer"],
  source_ips: ["sourceIps", "alignment"],
  block_lists: ["blockLists", "alignment"],
  dkim_selectors: ["dkimSelectors", "alignment"],
  require: ["require", "alignment"],
  "alignment.source_ips": ["sourceIps", "alignment"],
  "alignment.block_lists": ["blockLists", "alignment"],
  "alignment.dkim_selectors": ["dkimSelectors", "alignment"],
  "alignment.require": ["require", "alignment"],
  "imap.port": ["port", "Mailbox"],
  "imap.ca_certificate": ["caCertificate", "Mailbox"],
  "imap.folder": ["folder", "Mailbox"],
  "imap.receiver": ["receiver", "Mailbox"],
  "imap.wait_seconds": ["waitSeconds", "Mailbox"],
  "imap.remove": ["remove", "Mailbox"],
};

/** Settings that a program chooses by calling a factory. */
const FACTORIES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  security: { starttls: "`SmtpServer.startTls(...)`", tls: "`SmtpServer.tls(...)`", none: "`SmtpServer.plain(...)`" },
  enable_ssl: { true: "`SmtpServer.startTls(...)`", false: "`SmtpServer.plain(...)`" },
  "imap.security": { starttls: "`Mailbox.startTls(...)`", tls: "`Mailbox.imap(...)`" },
  "imap.access_token": { true: "`accessToken` of the `Mailbox`", false: "`password` of the `Mailbox`" },
};

/** Names a setting as a CDKTF program does: `` `port: 587` of `SmtpServer` ``, `` `timeoutSeconds` ``. */
export const asProp: NameOfSetting = ({ setting: declared, value }) => {
  // Each further mailbox is one of `arrival`, with the same settings as the first.
  const setting = declared.replace(/^more_mailboxes(\[\d+\])?/, "imap");
  if (setting === HCL) return undefined;
  const factories = FACTORIES[setting];
  if (factories !== undefined) return (value && factories[value]) ?? Object.values(factories).join(" or ");
  if (setting in PROPS) return PROPS[setting];
  const [prop = setting.split(".").map(camel).join("."), of] = OF[setting] ?? [];
  const written =
    value === undefined ? prop : `${prop}: ${/^\d+$|^(true|false)$/.test(value) ? value : JSON.stringify(value)}`;
  return `\`${written}\`${of === undefined ? "" : ` of \`${of}\``}`;
};
