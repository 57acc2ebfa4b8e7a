import { written } from "../../core/problem";
import { prose, setting } from "../../core/prose";
import { wholeId } from "../../terraform-plugin/import-identity";
import {
  bool,
  defineSchema,
  mapOf,
  string,
  wholeNumber,
  type SchemaCheck,
  type StateOf,
} from "../../terraform-plugin/schema";
import { timeouts } from "../../terraform-plugin/timeouts";
import { integer } from "../../validators/integer";
import { nonEmpty } from "../../validators/non-empty";
import { eachValue } from "../../validators/each";
import { singleLine, singleLineSecret } from "../../validators/single-line";
import { sameThumbprint, thumbprint } from "./thumbprint";

const pluginAttributes = {
  id: string("computed", {
    description: "The plugin's id (`pluginId`), given by vROps; also the import id.",
    keep: true,
  }),
  plugin_type_id: string("required", {
    description:
      "The type, such as `WebhookPlugin`, `SNMP Trap` or `Log File`. For `StandardEmailPlugin` use `outbound_vrops_email_plugin`.",
    validators: [nonEmpty, singleLine],
    replace: true,
  }),
  name: string("required", {
    description:
      "The name under *Outbound Settings*. One plugin of a type per name: it is how an existing one is found.",
    validators: [nonEmpty, singleLine],
  }),
  description: string("optional", { description: "What the plugin is for. Unset: none.", validators: [singleLine] }),
  config_values: mapOf("string", "optional", {
    description:
      "The settings by the type's own keys, booleans and numbers as text. Checked against the type's description in vROps when planning. Keys not named here stay as they are.",
    validators: [eachValue(singleLine)],
  }),
  sensitive_config_values_wo: mapOf("string", "optional", {
    description:
      "Secret settings (type `PASSWORD` in vROps). Write-only: they reach vROps and are kept nowhere else. Every apply that changes anything sends them again.",
    sensitive: true,
    writeOnly: true,
    validators: [eachValue(singleLineSecret)],
  }),
  sensitive_config_values_wo_version: wholeNumber("optional", {
    description:
      "Raise it when a secret changes: Terraform cannot see a write-only value change, so only this tells it to send the new ones.",
    validators: [integer({ min: 0 })],
    default: 1,
  }),
  enabled: bool("optional", { description: "Whether vROps sends through this plugin.", default: true }),
  trusted_certificate_thumbprint: string("optional", {
    description:
      "The SHA-256 or SHA-1 thumbprint of the receiving server's certificate, for a server whose certificate vROps does not trust by itself. Only this very certificate is accepted. What vROps itself calls the certificate, a GUID in some releases, serves as well. Unset: an untrusted certificate is an error that shows its thumbprint. vROps does not tell what it has accepted, so the first plan after an import shows this as a change.",
    validators: [thumbprint],
    equal: sameThumbprint,
  }),
  adopt_existing: bool("optional", {
    description:
      "Take over a plugin of the same type and name although its settings differ, and change them to these. Unset: that is an error naming the import command. An equal plugin is always taken over.",
    default: false,
  }),
  timeouts: timeouts({ create: "5m", update: "5m", delete: "5m" }),
};

const oneValuePerKey: SchemaCheck<typeof pluginAttributes> = {
  describes: "a key stands in `config_values` or in `sensitive_config_values_wo`, not in both",
  check: ({ config_values: values, sensitive_config_values_wo: secrets }) =>
    Object.keys(values ?? {})
      .filter((key) => Object.hasOwn(secrets ?? {}, key))
      .map((key) =>
        written({
          code: "vrops/key-given-twice",
          severity: "error",
          summary: `The setting "${key}" is given twice`,
          path: ["config_values", key],
          expected: prose`each key in ${setting("config_values")} or in ${setting("sensitive_config_values_wo")}`,
          fix: prose`Keep it in ${setting("sensitive_config_values_wo")} when it is a secret, else in ${setting("config_values")}.`,
        }),
      ),
};

/** An outbound plugin of any type but e-mail. */
export const pluginSchema = defineSchema({
  type: "outbound_vrops_plugin",
  description:
    "An outbound plugin of VMware Aria Operations (vROps, VCF Operations) of any type: webhook, SNMP trap, log file, … For mail use `outbound_vrops_email_plugin`, which knows its settings by name.",
  // vROps documents no rule for names; a plugin is found by its name, so two of one name could not be distinguished.
  identity: { attributes: ["plugin_type_id", "name"], twins: false },
  importIdentity: wholeId,
  attributes: pluginAttributes,
  checks: [oneValuePerKey],
});

export type PluginSchema = typeof pluginSchema;
export type PluginState = StateOf<PluginSchema>;
