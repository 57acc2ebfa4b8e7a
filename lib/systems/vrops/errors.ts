import { someOf } from "../../core/some-of";
import { prose, setting } from "../../core/prose";
import type { Path } from "../../core/problem";
import { quoted, sentence, systemError, systemWarning, theObject, type Facts, type ObjectWords } from "../kit/words";
import type { PluginRef } from "./plugins";
import type { TestRemedy } from "../kit/test-remedy";
import { vropsWords } from "./words";

/** The errors that are specific to vROps; the others are in `kit/problems`. */

const error = (code: string, facts: Facts) => systemError(vropsWords, code, facts);
const warning = (code: string, facts: Facts) => systemWarning(vropsWords, code, facts);

// Logging in

/** The password was accepted in this run, so it is not the cause. */
export const tokenRefused = (doing: string, evidence: string) =>
  error("token-refused", {
    summary: `vROps does not accept our token; could not ${doing}`,
    fix: "Somebody may have ended the session or changed the account while this ran. Run it again; if it stays so, check the account in vROps.",
    evidence,
  });

// Plugins

export const portNotANumber = (name: string, got: string) =>
  warning("port-not-a-number", {
    summary: `The port of the plugin ${quoted(name)} is no number in vROps`,
    path: ["smtp_port"],
    got: quoted(got),
    expected: "a number from 1 to 65535",
    fix: "Somebody has changed it outside Terraform. The plan shows it as 0; the next apply writes the declared port.",
  });

export const wrongPluginType = (name: string, got: string, expected: string) =>
  error("wrong-plugin-type", {
    summary: `The plugin ${quoted(name)} is not an e-mail plugin`,
    path: ["id"],
    got,
    expected,
    fix: "Import it as outbound_vrops_plugin, or use the id of an e-mail plugin.",
  });

export const hasDependents = (words: ObjectWords, ref: PluginRef, dependents: readonly string[], evidence?: string) =>
  error("has-dependents", {
    summary: sentence(`${theObject(words, ref)} is still in use, so it is not deleted`),
    got:
      dependents.length > 0
        ? `notification rules ${someOf(dependents.map(quoted))}`
        : "not by notification rules: by report schedules or tenant e-mail, see the answer",
    fix: "vROps would delete the rules with it, or leave reports without a sender. Point them to another plugin, or delete them first, then run it again.",
    ...(evidence === undefined ? {} : { evidence }),
  });

export const reportsNotAsked = (name: string, release: string) =>
  warning("reports-not-asked", {
    summary: `The plugin ${quoted(name)} is deleted; whether reports were mailed through it, this vROps did not say`,
    got: release,
    fix: "Look at the schedules of reports that are mailed (Reports, Schedules): one that used it has no sender now. From 9.0 on vROps refuses the deletion instead.",
  });

export const staleVersion = (name: string, evidence: string) =>
  error("changed-meanwhile", {
    summary: `The plugin ${quoted(name)} was changed by somebody else while we were changing it`,
    fix: "Run it again; if it happens again, somebody or something else manages this plugin.",
    evidence,
  });

export const leftDisabled = (name: string, evidence: string) =>
  error("left-disabled", {
    summary: `The plugin ${quoted(name)} had been disabled for the change and could not be enabled again: it sends NO alerts now`,
    fix: "Enable it in vROps under Outbound Settings, or run it again.",
    evidence,
  });

export const enabledAgain = (name: string) =>
  warning("enabled-again", {
    summary: `The change of the plugin ${quoted(name)} failed half-way; it had been disabled for it and is enabled again`,
    fix: "See the error beside this. Which settings hold now, the next plan shows.",
  });

export const putBackDone = (name: string) =>
  warning("previous-settings-kept", {
    summary: `The plugin ${quoted(name)} has its previous settings again`,
    fix: "See the error beside this, then run it again.",
  });

export const putBackFailed = (name: string, evidence: string) =>
  error("previous-settings-lost", {
    summary: `The previous settings of the plugin ${quoted(name)} could not be written back, and with the new ones it sends NO alerts`,
    fix: "Mend what the error beside this says, and run it again.",
    evidence,
  });

// Secrets

export const secretNotResent = (name: string, keys: readonly string[], shown: "absent" | "masked") =>
  warning("secret-not-resent", {
    summary: `The plugin ${quoted(name)} was updated without its secret ${keys.join(", ")}`,
    got:
      shown === "masked"
        ? "the configuration does not give it, and vROps shows only a mask, which is never written back"
        : "the configuration does not give it, and vROps does not show it",
    fix: "Whether vROps keeps an unsent secret is not documented. Give it (write-only) and raise its version, or send a test mail to see that the login still works.",
  });

// Rules

export const unknownAlertDefinition = (ids: readonly string[], evidence: string) =>
  error("unknown-alert-definition", {
    summary: "vROps does not know an alert definition of this rule",
    path: ["alert_definition_ids"],
    got: someOf(ids),
    fix: "Copy the id from vROps (Alerts, Alert Definitions, or GET /api/alertdefinitions); the management pack that brings it must be installed.",
    evidence,
  });

export const ruleSwitchUnknown = (release: string) =>
  warning("rule-switch-unknown", {
    summary: "This vROps does not know disabled rules: the rule stays in force",
    path: ["enabled"],
    got: release,
    fix: "Remove the rule instead, or upgrade vROps.",
  });

export const noRuleProperty = (attribute: string, title: string, known: readonly string[]) =>
  error("no-rule-property", {
    summary: `This vROps does not name a rule property for ${title}`,
    path: [attribute],
    got: known.length > 0 ? `rule properties of e-mail: ${someOf(known)}` : "no description of rule properties",
    expected: "one property whose name or description says so",
    fix: prose`Leave ${setting(attribute)} out and enter it in vROps by hand: later applies leave it as it is, and receivers entered there show in ${setting("other_receivers")}. If one of these properties is meant, please report it with the answer to GET /suite-api/api/alertplugins/types/StandardEmailPlugin.`,
  });

export const hiddenReceiversHere = (name: string, addresses: readonly string[]) =>
  warning("hidden-receivers", {
    summary: `The rule ${quoted(name)} that was taken over sends to more than the declared receivers`,
    path: ["receivers"],
    got: someOf(addresses.map(quoted)),
    fix: prose`They were entered in vROps (Cc, Bcc), and stay. Declare them, or remove them with an empty ${setting("cc_receivers")} or ${setting("bcc_receivers")}.`,
  });

// Plugin types

export const unknownPluginType = (got: string, known: readonly string[], nearest: string | undefined) =>
  error("unknown-plugin-type", {
    summary: `vROps has no plugin type ${quoted(got)}`,
    path: ["plugin_type_id"],
    got: quoted(got),
    expected: known.length > 0 ? `one of ${someOf(known)}` : undefined,
    fix: nearest ? `Did you mean ${quoted(nearest)}?` : "Use one that this vROps has.",
  });

export const unknownKey = (
  path: Path,
  key: string,
  type: string,
  nearest: string | undefined,
  known: readonly string[],
) =>
  error("unknown-key", {
    summary: `${type} has no setting ${quoted(key)}`,
    path,
    got: quoted(key),
    expected: `one of ${someOf(known)}`,
    fix: nearest ? `Did you mean ${quoted(nearest)}?` : "Remove it, or use one of these.",
  });

export const missingKey = (key: string, type: string, secret: boolean) =>
  error("missing-key", {
    summary: `${type} needs the setting ${quoted(key)}`,
    path: [secret ? "sensitive_config_values_wo" : "config_values"],
    fix: prose`Add ${quoted(key)} to ${setting(secret ? "sensitive_config_values_wo" : "config_values")}.`,
  });

export const wrongKind = (path: Path, key: string, got: string, expected: string) =>
  error("wrong-kind", {
    summary: `The setting ${quoted(key)} has a value of the wrong kind`,
    path,
    got: quoted(got),
    expected,
    fix: `Give ${expected}.`,
  });

export const secretInTheOpen = (key: string) =>
  error("secret-in-the-open", {
    summary: `The setting ${quoted(key)} is a secret and would be kept in plan and state`,
    path: ["config_values", key],
    expected: prose`secrets in ${setting("sensitive_config_values_wo")}`,
    fix: prose`Move ${quoted(key)} to ${setting("sensitive_config_values_wo")}.`,
  });

export const deprecatedKey = (path: Path, key: string, type: string) =>
  warning("deprecated-key", {
    summary: `The setting ${quoted(key)} of ${type} is deprecated in this vROps`,
    path,
    fix: "It may be ignored. Look up under Outbound Settings what took its place.",
  });

// The platform's own test

export const testFailed = ({ kind, summary, fix }: TestRemedy, evidence: string) =>
  error(`test-${kind}`, { summary, fix, evidence });

export const testPluginGone = (id: string) =>
  error("test-plugin-gone", {
    summary: "The plugin to be tested is not in vROps",
    got: `id ${id}`,
    fix: "Run it again: the new plan will create the plugin first.",
  });
