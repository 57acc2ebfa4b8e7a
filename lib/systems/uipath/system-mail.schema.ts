import { sameIgnoringCase } from "../../core/ignoring-case";
import { defineSchema, mapOf, number, string, type StateOf, type Validator } from "../../terraform-plugin/schema";
import { timeouts } from "../../terraform-plugin/timeouts";
import { integer } from "../../validators/integer";
import { oneOf } from "../../validators/one-of";
import { isGuid } from "../kit/guid";
import { notAGuid } from "./errors";
import { mailAttributes, senderAddress, smtpHost, smtpPort } from "./mail.attributes";
import { systemMailChecks, systemMailCreationChecks } from "./system-mail.checks";

/** The id of an organization. */
const guid: Validator<string> = {
  describes: "a GUID such as `3fa85f64-5717-4562-b3fc-2c963f66afa6`",
  check: (value) => (isGuid(value) ? undefined : notAGuid(value)),
};

export const SCOPES = ["organization", "host"] as const;
export type SystemScope = (typeof SCOPES)[number];

export const systemMailAttributes = {
  id: string("computed", {
    description: "`host`, or `organization/` and the organization's id. Also the import id.",
    keep: true,
  }),
  scope: string("optional", {
    description:
      "`organization`: for one organization, overriding the host's. `host`: for all organizations without settings of their own; needs the host administrator's login.",
    validators: [oneOf(SCOPES)],
    default: "organization",
    replace: true,
  }),
  organization_id: string("optional-computed", {
    description:
      "The organization's id (a GUID, also called partition id). Unset: the provider's `organization` when that is an id, else the organization that the access token belongs to. Null for `host`. Another one replaces the resource.",
    validators: [guid],
    equal: sameIgnoringCase,
    keep: true,
  }),
  smtp_host: string("required", {
    description: "The SMTP server, by name or address, as UiPath reaches it.",
    ...smtpHost,
  }),
  smtp_port: number("required", { description: "The SMTP server's TCP port: usually 587, or 465.", ...smtpPort }),
  sender_address: string("required", { description: "The address mails come from.", ...senderAddress }),
  ...mailAttributes,
  connection_timeout_ms: number("optional-computed", {
    description:
      "How long UiPath waits for the SMTP server, milliseconds, 1 to 300000. Unset: left as it is (the platform's own is 180000).",
    validators: [integer({ min: 1, max: 300_000 })],
    keep: true,
  }),
  origin: mapOf("string", "computed", {
    description:
      "Where each setting in force comes from, by attribute: `organization` or `host` when it is set there, `inherited` when it comes from above and the account may not see from where, `platform` when nobody has set it.",
  }),
  inherited: mapOf("string", "computed", {
    description:
      "What the host has set, by attribute, as far as the account may see it: overridden here, or in force where `origin` says `host`. Never the password. Empty for the host itself.",
  }),
  timeouts: timeouts({ create: "5m", update: "5m", delete: "5m" }),
};

/** The system mail settings of a UiPath organization or of the host. */
export const systemMailSchema = defineSchema({
  type: "outbound_uipath_system_mail",
  description:
    "The SMTP settings with which UiPath itself sends mail: of one organization (*Admin > Mail settings*) or of the host. An organization's settings override the host's; without any, the host's apply. There is one set for each. From 2022.10 on, and in the cloud, alerts of tenants probably leave by them: see `docs/uipath-mail.md`. On destroy the settings are deleted, so that those above apply again; where the service does not offer that, those found at first are written back. The result says which.",
  identity: { attributes: ["scope", "organization_id"], twins: false },
  importIdentity: {
    forms: [[{ word: "host", attribute: "scope" }], [{ word: "organization", attribute: "scope" }, "organization_id"]],
  },
  attributes: systemMailAttributes,
  checks: systemMailChecks,
  creationChecks: systemMailCreationChecks,
});

export type SystemMailSchema = typeof systemMailSchema;
export type SystemMailState = StateOf<SystemMailSchema>;
