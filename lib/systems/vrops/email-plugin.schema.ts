import { wholeId } from "../../terraform-plugin/import-identity";
import { bool, defineSchema, number, string, wholeNumber, type StateOf } from "../../terraform-plugin/schema";
import { timeouts } from "../../terraform-plugin/timeouts";
import { emailAddress } from "../../validators/email-address";
import { hostName } from "../../validators/host-name";
import { integer } from "../../validators/integer";
import { nonEmpty } from "../../validators/non-empty";
import { oneOf } from "../../validators/one-of";
import { port } from "../../validators/port";
import { emailPluginChecks, emailPluginCreationChecks } from "./email-plugin.checks";
import { singleLine, singleLineSecret } from "../../validators/single-line";
import { pluginSchema } from "./plugin.schema";
import { sameThumbprint, thumbprint } from "./thumbprint";

/** The protection of the connection from vROps to the SMTP server. */
export const SECURITY = ["none", "starttls", "tls"] as const;
export type PluginSecurity = (typeof SECURITY)[number];

/** The plugin type of e-mail. */
export const EMAIL_PLUGIN_TYPE = "StandardEmailPlugin";

export const emailPluginAttributes = {
  id: string("computed", {
    description: "The plugin's id (`pluginId`), given by vROps; also the import id.",
    keep: true,
  }),
  name: string("required", {
    description:
      "The name under *Outbound Settings*. One plugin of this type per name: it is how an existing one is found.",
    validators: [nonEmpty, singleLine],
  }),
  description: string("optional", {
    description: "What the plugin is for. Unset: none.",
    validators: [singleLine],
  }),
  smtp_host: string("required", {
    description: "The SMTP server, by name or address, as vROps reaches it.",
    validators: [hostName],
  }),
  smtp_port: number("required", {
    description: "The SMTP server's TCP port. Hosted vROps at OVHcloud can be let out to 25, 465, 587 and 2525 only.",
    validators: [port],
  }),
  security: string("optional", {
    description:
      "`starttls`: upgraded to TLS before anything is sent (usual on 587). `tls`: TLS from the first byte (usual on 465). `none`: plaintext.",
    validators: [oneOf(SECURITY)],
    default: "starttls",
  }),
  username: string("optional", {
    description:
      "The user vROps authenticates as at the SMTP server. Unset: no authentication, or the credential that somebody has chosen in vROps. Releases that keep logins as credentials (from 8.14 on, perhaps) do not take it: that is an error which says what to do.",
    validators: [nonEmpty, singleLine],
  }),
  password_wo: string("optional", {
    description:
      "The user's password. Write-only: it reaches vROps and is kept nowhere else. Every apply that changes anything sends it again.",
    sensitive: true,
    writeOnly: true,
    validators: [singleLineSecret],
  }),
  password_wo_version: wholeNumber("optional", {
    description:
      "Raise it when `password_wo` changes: Terraform cannot see a write-only value change, so only this tells it to send the new password. Left as it is, a new password is sent with the next other change.",
    validators: [integer({ min: 0 })],
    default: 1,
  }),
  sender_address: string("required", {
    description: "The address alert mails come from.",
    validators: [emailAddress],
  }),
  sender_name: string("optional", {
    description: "The name shown beside the sender's address. Unset: none.",
    validators: [singleLine],
  }),
  enabled: bool("optional", {
    description: "Whether vROps sends through this plugin.",
    default: true,
  }),
  trusted_certificate_thumbprint: string("optional", {
    description:
      "The SHA-256 or SHA-1 thumbprint of the SMTP server's certificate, for a server whose certificate vROps does not trust by itself. Only this very certificate is accepted. What vROps itself calls the certificate, a GUID in some releases, serves as well. Unset: an untrusted certificate is an error that shows its thumbprint. vROps does not tell what it has accepted, so the first plan after an import shows this as a change.",
    validators: [thumbprint],
    equal: sameThumbprint,
  }),
  adopt_existing: bool("optional", {
    description:
      "Take over a plugin of the same name although its settings differ, and change them to these. Unset: that is an error naming the import command. An equal plugin is always taken over.",
    default: false,
  }),
  timeouts: timeouts({ create: "5m", update: "5m", delete: "5m" }),
};

/** An e-mail plugin ("Standard Email Plugin") of vROps. */
export const emailPluginSchema = defineSchema({
  type: "outbound_vrops_email_plugin",
  description:
    "The SMTP settings with which VMware Aria Operations (vROps, VCF Operations) sends alert mails: an instance of its *Standard Email Plugin*. Who receives which alert is said by `outbound_vrops_notification_rule`.",
  // vROps documents no rule for names; a plugin is found by its name, so two of one name could not be distinguished.
  identity: {
    attributes: ["name"],
    twins: false,
    // outbound_vrops_plugin manages plugins of any type, also of this one.
    sharedWith: { type: pluginSchema.type, having: [EMAIL_PLUGIN_TYPE] },
  },
  importIdentity: wholeId,
  attributes: emailPluginAttributes,
  checks: emailPluginChecks,
  creationChecks: emailPluginCreationChecks,
});

export type EmailPluginSchema = typeof emailPluginSchema;
export type EmailPluginState = StateOf<EmailPluginSchema>;
