import { someOf } from "../../core/some-of";
import { prose, setting } from "../../core/prose";
import type { ValueProblem } from "../../terraform-plugin/schema";
import { quoted, systemError, systemWarning, type Facts } from "../kit/words";
import { uptrendsWords } from "./words";

/** The errors that are specific to Uptrends; the others are in `kit/problems`. */

const error = (code: string, facts: Facts) => systemError(uptrendsWords, code, facts);
const warning = (code: string, facts: Facts) => systemWarning(uptrendsWords, code, facts);

// Settings and values

export const notAGuid = (got: string): ValueProblem => ({
  code: "uptrends/not-a-guid",
  severity: "error",
  summary: "Uptrends names its objects by GUID",
  got: quoted(got),
  expected: "a GUID such as e06bcd76-b20f-42de-a2d4-5b2a4daad902",
  fix: "Refer to a resource or data source (…this.id) instead of a name.",
});

export const notExactlyOne = (one: string, other: string, given: "neither" | "both") =>
  error("not-exactly-one", {
    summary: `A member is one thing: \`${one}\` or \`${other}\``,
    path: [one],
    got: given,
    expected: "exactly one of the two",
    fix: given === "both" ? "Declare a second member for the other one." : "Give one of them.",
  });

// Requests

/** 403: Uptrends answers it to wrong values as well as to missing rights. */
export const refusedValueOrRight = (doing: string, evidence: string) =>
  error("refused", {
    summary: `Uptrends refused; could not ${doing}`,
    fix: uptrendsWords.rights,
    evidence,
  });

// Integrations

const STEPS = (name: string) =>
  [
    `1. In Uptrends open Alerting, Integrations, Add integration, and choose AlertOps (or another custom integration).`,
    `2. Name it exactly ${quoted(name)}.`,
    `3. Under predefined variables set the URL variable to "Specify value in escalation level" (tick Customize if it is not offered), and note the variable's name: it is the key in variable_values_wo.`,
    `4. Save. Under Permissions give "Use integration" to the operator of the API account.`,
    `5. Run this again.`,
  ].join("\n");

export const noIntegration = (name: string, candidates: readonly string[], nearest: string | undefined) =>
  error("no-such-integration", {
    summary: `Uptrends shows no integration named exactly ${quoted(name)}`,
    path: ["name"],
    got: quoted(name),
    expected: candidates.length === 0 ? "an integration of this name" : `one of ${someOf(candidates.map(quoted))}`,
    fix: `${nearest === undefined ? "" : `Did you mean ${quoted(nearest)}? `}The API can neither create integrations nor show those that its account may not use: if it is there, give the account the right Use integration; if not, make it by hand, once, with the steps below.`,
    attachment: STEPS(name),
  });

export const ambiguousIntegration = (name: string, ids: readonly string[]) =>
  error("ambiguous-integration", {
    summary: `Uptrends has ${ids.length} integrations named ${quoted(name)}`,
    path: ["name"],
    got: someOf(ids),
    expected: "one",
    fix: "Rename all but one: alerts could leave through the wrong one.",
  });

export const wrongIntegrationType = (name: string, got: string, expected: string) =>
  error("wrong-integration-type", {
    summary: `The integration ${quoted(name)} is not of the type expected`,
    path: ["type"],
    got,
    expected,
    fix: "Choose the other integration or correct `type`. AlertOps, Teams, Opsgenie and all custom integrations show as GenericWebhook.",
  });

export const notForType = (attribute: string, type: string) =>
  error("not-for-type", {
    summary: `\`${attribute}\` is not for integrations of type ${type}`,
    path: [attribute],
    got: type,
    fix:
      attribute === "extra_email_addresses"
        ? "Remove it: only integrations of type Email take addresses."
        : "Set it to false. Whether recoveries and reminders are sent is said by the message types of the integration itself.",
  });

// What is found by its name

export const nothingNamed = (kind: string, name: string, candidates: readonly string[], nearest: string | undefined) =>
  error(`no-such-${kind.replace(" ", "-")}`, {
    summary: `Uptrends shows no ${kind} named exactly ${quoted(name)}`,
    path: ["name"],
    got: quoted(name),
    expected:
      candidates.length === 0
        ? `a ${kind} of this name`.replace(/^a (?=[aeiou])/, "an ")
        : `one of ${someOf(candidates.map(quoted))}`,
    fix: `${nearest === undefined ? "" : `Did you mean ${quoted(nearest)}? `}Only those are shown that the API account's operator may see.`,
  });

export const ambiguousNamed = (kind: string, name: string, ids: readonly string[]) =>
  error(`ambiguous-${kind.replace(" ", "-")}`, {
    summary: `Uptrends has ${ids.length} ${kind}s named ${quoted(name)}`,
    path: ["name"],
    got: someOf(ids),
    expected: "one",
    fix: "Rename all but one, or use the GUID of the one that is meant in place of this data source.",
  });

// What can never be heard

export const alertsForNothing = (name: string) =>
  warning("alerts-for-nothing", {
    summary: `The alert definition ${quoted(name)} has no monitors: it never alerts`,
    got: "neither a monitor nor a monitor group as a member",
    expected: "at least one",
    fix: "Nothing, if this run adds one. Else declare what it shall alert for: outbound_uptrends_alert_definition_member.",
  });

/** The warning at synth, where nobody can check whether a definition of this name already exists. */
export const declaredForNothing = (name: string) =>
  warning("declared-for-nothing", {
    summary: `The alert definition ${quoted(name)} is given no monitors: one that is made here never alerts`,
    got: "neither `monitors` nor `monitorGroups`",
    expected: "at least one",
    fix: `Say what it alerts for: monitorGroups: ["Production"]. One that is there already, with its monitors, is referred to: Uptrends.existing(${quoted(name)}).`,
  });

export const tellsNobody = (id: string) =>
  warning("tells-nobody", {
    summary: "The escalation level is on, and tells nobody",
    got: `${quoted(id)} with neither an integration nor an operator or operator group`,
    expected: "at least one",
    fix: "Nothing, if this run adds one. Else declare whom it shall tell: outbound_uptrends_integration_attachment, outbound_uptrends_escalation_level_member.",
  });

export const membersUnknown = (place: string, evidence: string) =>
  warning("members-unknown", {
    summary: `Whether ${place} can be heard at all is not known: its members cannot be read`,
    fix: "Give the API account's operator the right to see it, or look at its members in Uptrends.",
    evidence,
  });

// Levels and attachments

export const noSuchLevel = (level: number, known: readonly number[]) =>
  error("no-such-level", {
    summary: `The alert definition has no escalation level ${level}`,
    path: ["level"],
    got: String(level),
    expected: `one of ${known.join(", ")}`,
    fix: "Levels cannot be added: how many there are is decided by the account.",
  });

export const noDefinition = (id: string) =>
  error("no-such-definition", {
    summary: "Uptrends shows no such alert definition",
    path: ["alert_definition_id"],
    got: id,
    fix: "Refer to the resource (…this.id), so that Terraform makes it first. If it is there, the API account's operator may not see it.",
  });

export const switchesImported = (id: string) =>
  warning("switches-not-readable", {
    summary: prose`Whether this attachment is on cannot be read: ${setting("enabled")}, ${setting("send_ok_alerts")} and ${setting("send_reminder_alerts")} are taken to be as declared`,
    path: ["id"],
    got: id,
    fix: prose`Look at the escalation level in Uptrends, or have them sent again with the next apply: ${setting("enforce", "always")} for one run.`,
  });

/** Nothing visible of the attachment changed: Uptrends may not have made the change. */
export const switchesUnproved = (id: string, switches: readonly string[]) =>
  warning("switches-not-proved", {
    summary: `Uptrends said yes to the change of ${someOf(switches)}, and shows no sign that it happened`,
    path: [switches[0]!],
    got: `${id} with the same hash as before`,
    expected: "another hash; the switches themselves are not shown",
    fix: 'Look at the escalation level in Uptrends. If they are as they were, have them sent again: enforce = "always" for one run.',
  });

export const variableRemains = (names: readonly string[]) =>
  warning("variable-remains", {
    summary: "Uptrends still holds values of variables that are no longer declared",
    path: ["variable_values_wo"],
    got: someOf(names),
    fix: "Remove them on the escalation level in Uptrends, if the integration must not use them.",
  });
