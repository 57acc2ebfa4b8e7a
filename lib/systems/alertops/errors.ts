import { someOf } from "../../core/some-of";
import { either, prose, setting } from "../../core/prose";
import type { Problem } from "../../core/problem";
import type { ValueProblem } from "../../terraform-plugin/schema";
import { quoted, systemError, systemWarning, type Facts } from "../kit/words";
import { alertOpsWords } from "./words";

/** The errors that are specific to AlertOps; the others are in `kit/problems`. */

const error = (code: string, facts: Facts) => systemError(alertOpsWords, code, facts);
const warning = (code: string, facts: Facts) => systemWarning(alertOpsWords, code, facts);

const TYPE = "outbound_alertops_inbound_integration";

// Settings and values

export const notAUrl = (): ValueProblem => ({
  code: "alertops/bad-api-url",
  severity: "error",
  summary: "The URL of the inbound integration cannot be used",
  got: "something else (not shown, it is a secret)",
  expected: "https://…, as AlertOps shows it",
  fix: "Copy it again from AlertOps: Integrations, Inbound Integrations, the integration, API URL.",
});

export const noRecipients = (name: string) =>
  warning("nobody-told", {
    summary: "Nobody is told of the alerts of this integration",
    path: ["recipient_groups"],
    got: name === "" ? "no policy, group or user" : `${quoted(name)} without policy, group or user`,
    expected: prose`${setting("escalation_policy")}, ${setting("recipient_groups")} or ${setting("recipient_users")}`,
    fix: "Name at least one. AlertOps' own screen asks for an escalation policy.",
  });

// What opens an alert

export const nothingOpensAlerts = (name: string) =>
  warning("nothing-opens-alerts", {
    summary: `Nothing says which messages open an alert${name === "" ? "" : ` of ${quoted(name)}`}: AlertOps may take them all and tell nobody`,
    path: ["template_id"],
    got: "neither a template nor a mapping",
    expected: prose`${setting("template_from")}, ${setting("template_id")} or ${setting("url_mapping")}`,
    fix: prose`For Uptrends, make one integration by hand (Inbound Integrations, API, Add, the predefined Uptrends one) and name it in ${setting("template_from")}; for other senders say by ${setting("url_mapping")} which field opens an alert.`,
  });

export const mappingNotShown = (name: string) =>
  warning("mapping-not-shown", {
    summary: `AlertOps took the mapping of ${quoted(name)}, but does not show it: whether it keeps it is not known`,
    path: ["url_mapping"],
    fix: prose`Look at it once in AlertOps (the integration, Advanced Settings, Rules for Opening and Closing an Alert), or let the test mail send a test alert (${setting("alertops.test_alerts")}).`,
  });

export const twoTemplates = (): Problem =>
  error("two-templates", {
    summary: "The template is said twice",
    path: ["template_from"],
    got: prose`${setting("template_id")} and ${setting("template_from")}`,
    expected: "one of the two",
    fix: prose`Leave ${setting("template_from")} out: the number is more exact.`,
  });

export const noSuchModel = (name: string, names: readonly string[], nearest: string | undefined) =>
  error("no-such-model", {
    summary: `AlertOps has no inbound integration named exactly ${quoted(name)}`,
    path: ["template_from"],
    got: quoted(name),
    expected: names.length === 0 ? "the name of an inbound integration" : `one of ${someOf(names.map(quoted))}`,
    fix: prose`${nearest === undefined ? "Make it by hand: Integrations, Inbound Integrations, API, Add, the predefined integration (such as Uptrends); its name goes here." : `Did you mean ${quoted(nearest)}?`} Where this configuration makes it, refer to its ${setting("template_id")} instead.`,
  });

export const noTemplate = (name: string) =>
  error("no-template", {
    summary: `AlertOps tells no template of the inbound integration ${quoted(name)}`,
    path: ["template_from"],
    got: `${quoted(name)} without inbound_template_id`,
    expected: "an integration made from a predefined one",
    fix: prose`Name one that was made from a predefined integration, or say the number by ${setting("template_id")}.`,
  });

export const ambiguousTemplate = (name: string, count: number) =>
  error("ambiguous-template", {
    summary: `AlertOps has ${count} inbound integrations named ${quoted(name)}, of different templates`,
    path: ["template_from"],
    got: quoted(name),
    expected: "one",
    fix: prose`Rename all but one in AlertOps, or say the number by ${setting("template_id")}.`,
  });

// Names

export interface Reference {
  /** "group" */
  readonly what: string;
  readonly path: readonly (string | number)[];
  readonly name: string;
}

export const unknownName = (
  { what, path, name }: Reference,
  candidates: readonly string[],
  nearest: string | undefined,
): Problem =>
  error("unknown-name", {
    summary: `AlertOps has no ${what} named exactly ${quoted(name)}`,
    path,
    got: quoted(name),
    expected: candidates.length === 0 ? `the name of a ${what}` : `one of ${someOf(candidates.map(quoted))}`,
    fix: `${nearest === undefined ? `Correct the name, or make the ${what} first.` : `Did you mean ${quoted(nearest)}?`} AlertOps refers to its ${what}s by name, so upper and lower case and spaces count.`,
  });

/** The warning in place of the error at plan: something else in this configuration may be about to create it. */
export const unknownNameYet = (problem: Problem): Problem => ({
  ...problem,
  severity: "warning",
  summary: `${problem.summary} (yet)`,
});

export const ambiguousName = ({ what, path, name }: Reference, count: number): Problem =>
  error("ambiguous-name", {
    summary: `AlertOps has ${count} ${what}s named ${quoted(name)}`,
    path,
    got: quoted(name),
    expected: "one",
    fix: "Rename all but one in AlertOps: it could tell the wrong people.",
  });

// Objects

export const wrongType = (name: string, got: string) =>
  error("wrong-type", {
    summary: `${quoted(name)} is not an API integration`,
    path: ["id"],
    got,
    expected: "API",
    fix: "Import an integration of type API; other types are not managed here.",
  });

// URL

export const urlDerived = (name: string) =>
  warning("url-derived", {
    summary: prose`AlertOps does not tell the URL of ${quoted(name)}: it was worked out from ${setting("alertops.notify_url")}, the API key and the name`,
    path: ["api_url_source"],
    fix: prose`Compare it once with the URL that AlertOps shows on the integration's page, or send a test alert. If they differ, hand the shown one to the ephemeral resource as ${setting("api_url")}.`,
  });

export const urlUnknown = (id: string, name: string) =>
  error("url-unknown", {
    summary: `AlertOps does not tell the URL of its inbound integration ${quoted(name)} (${id})`,
    path: ["api_url"],
    expected: prose`${setting("api_url")}, from a variable or the environment`,
    fix: prose`1. Open ${quoted(name)} in AlertOps (Integrations, Inbound Integrations). 2. Copy its API URL. 3. Put it into a secret of your pipeline and hand it over as ${setting("api_url")}${either(", such as ephemeral.outbound_environment.NAME.value", "")}. If the URL has the form <notify URL>/POSTAlert/<api key>/<name>, setting ${setting("alertops.notify_url")} (ALERTOPS_NOTIFY_URL) is enough.`,
  });

export const noIntegration = (id: string) =>
  error("no-such-integration", {
    summary: "AlertOps has no such inbound integration",
    path: ["id"],
    got: id,
    expected: `the id of an ${TYPE}`,
    fix: "Refer to the resource (…this.id), so that Terraform makes it first.",
  });

// Test alert

export const testNotTaken = (evidence: string) =>
  error("test-not-taken", {
    summary: "The integration's URL did not take the test alert",
    fix: prose`Check that the integration is enabled. When the URL was worked out (${setting("api_url_source", "derived")}), compare it with the one AlertOps shows.`,
    evidence,
  });

export const testNotFound = (sourceId: string) =>
  error("test-not-found", {
    summary: "The URL took the test alert, but AlertOps does not have it",
    got: `no alert with source_id ${sourceId}`,
    fix: prose`Look at the integration's inbound log in AlertOps: what it was sent, and which of its rules (Open Alert When) did not match. Without a template or a ${setting("url_mapping")} nothing opens an alert.`,
  });

export const testNotClosed = (sourceId: string) =>
  error("test-not-closed", {
    summary: "The test alert was opened and found, but does not close",
    got: `the alert with source_id ${sourceId} is still open`,
    fix: "Close it by hand. Then look at the integration's rules (Close Alert When): the message that the inbound log shows should close an alert.",
  });
