import type { Problem } from "../../core/problem";
import type { HttpError } from "../../http/error";
import { requestFailed } from "../../http/errors";
import type { ValueProblem } from "../../terraform-plugin/schema";
import { vendorWords } from "./vendor-words";
import { uptrendsWords } from "./words";

/** Everything this room has to tell its users when something is wrong. */

type Facts = Omit<Problem, "code" | "severity">;
const error = (code: string, facts: Facts): Problem => ({ code: `uptrends/${code}`, severity: "error", ...facts });
const warning = (code: string, facts: Facts): Problem => ({ code: `uptrends/${code}`, severity: "warning", ...facts });

const TITLE = uptrendsWords.title;
const DEFINITION = "outbound_uptrends_alert_definition";
const ATTACHMENT = "outbound_uptrends_integration_attachment";
const quoted = (text: string) => JSON.stringify(text);

// Settings and values

export const notAGuid = (got: string): ValueProblem => ({
  code: "uptrends/not-a-guid",
  severity: "error",
  summary: "Uptrends names its objects by GUID",
  got: quoted(got),
  expected: "a GUID such as e06bcd76-b20f-42de-a2d4-5b2a4daad902",
  fix: "Refer to a resource or data source (…this.id) instead of a name.",
});

export const badImportId = (got: string, expected: string) =>
  error("bad-import-id", {
    summary: "The import id is not complete",
    path: ["id"],
    got: quoted(got),
    expected,
    fix: "Take the GUIDs from the addresses of the pages in Uptrends; levels are counted from 1.",
  });

// Requests

/** A failed request in this vendor's terms; `doing` completes "could not …". */
export const callFailed = (doing: string, failed: HttpError): Problem => {
  if (failed.response === undefined) return requestFailed(TITLE, failed);
  const evidence = vendorWords(failed.response);
  const { status } = failed.response;
  if (status === 401) {
    return error("login-refused", {
      summary: `Uptrends refused the user name or the password; could not ${doing}`,
      path: ["uptrends", "username"],
      fix: "Check uptrends.username and uptrends.password (UPTRENDS_USERNAME, UPTRENDS_PASSWORD): they are those of an API account (32 hexadecimal digits), not of an operator.",
      evidence,
    });
  }
  if (status === 403) {
    return error("refused", {
      summary: `Uptrends refused; could not ${doing}`,
      fix: "Uptrends says 403 both for values that it does not accept and for missing rights. When the answer names a field, correct it; otherwise give the API account's operator the right to edit this alert definition, and Use integration for the integration.",
      evidence,
    });
  }
  if (status === 429 || status >= 500) return requestFailed(TITLE, failed);
  return error(`status-${status}`, {
    summary: `Uptrends refused; could not ${doing}`,
    fix: "See the answer: it usually names the field.",
    evidence,
  });
};

export const unexpectedAnswer = (doing: string, issues: string) =>
  error("unexpected-answer", {
    summary: `Uptrends answered in a form we do not know; could not ${doing}`,
    got: issues,
    fix: "Check that uptrends.url leads to the Uptrends API (https://api.uptrends.com/v4). If it does, its API has changed: please report it.",
  });

export const notTaken = (doing: string, fields: readonly string[]) =>
  error("not-taken", {
    summary: `Uptrends said yes, but still shows the old values; could not ${doing}`,
    got: fields.join("; "),
    expected: "the values that were sent",
    fix: "Run it again. If it stays so, somebody else may be changing them, or Uptrends does not accept the values.",
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
    expected: candidates.length === 0 ? "an integration of this name" : `one of ${candidates.map(quoted).join(", ")}`,
    fix: `${nearest === undefined ? "" : `Did you mean ${quoted(nearest)}? `}The API can neither create integrations nor show those that its account may not use: if it is there, give the account the right Use integration; if not, make it by hand, once, with the steps below.`,
    attachment: STEPS(name),
  });

export const ambiguousIntegration = (name: string, ids: readonly string[]) =>
  error("ambiguous-integration", {
    summary: `Uptrends has ${ids.length} integrations named ${quoted(name)}`,
    path: ["name"],
    got: ids.join(", "),
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

// Definitions, levels, attachments

export const adopted = (what: string, path: string, id: string) =>
  warning("adopted", {
    summary: `The ${what} was already there, as declared: it is taken over`,
    path: [path],
    got: id,
    fix: "Nothing, if an earlier run was cut short or it was made by hand. If another stack manages it, remove one of the two: both would change it.",
  });

export const adoptedChanged = (what: string, path: string, id: string, differences: readonly string[]) =>
  warning("adopted-changed", {
    summary: `The ${what} was already there, with other settings: it is taken over and changed, for adopt_existing is true`,
    path: [path],
    got: `${id}; ${differences.join("; ")}`,
    fix: "Nothing. adopt_existing can be removed now.",
  });

export const conflicting = (what: string, type: string, path: string, id: string, differences: readonly string[]) =>
  error("already-exists", {
    summary: `The ${what} already exists, with other settings`,
    path: [path],
    got: `${id}; ${differences.join("; ")}`,
    expected: "none, or an equal one",
    fix: `Take it over as it is (terraform import ${type}.NAME ${id}), or set adopt_existing = true to change it.`,
  });

export const definitionConflict = (name: string, id: string, differences: readonly string[]) =>
  conflicting(`alert definition ${quoted(name)}`, DEFINITION, "name", id, differences);

export const attachmentConflict = (id: string, differences: readonly string[]) =>
  conflicting("attachment", ATTACHMENT, "integration_id", id, differences);

export const ambiguousDefinition = (name: string, ids: readonly string[]) =>
  error("ambiguous-definition", {
    summary: `There are ${ids.length} alert definitions named ${quoted(name)}`,
    path: ["name"],
    got: ids.join(", "),
    expected: "at most one",
    fix: `Import the right one: terraform import ${DEFINITION}.NAME ${ids[0]}.`,
  });

export const ownedTwice = (what: string) =>
  error("owned-twice", {
    summary: `Two resources of this configuration manage the ${what}`,
    got: what,
    expected: "one",
    fix: "Remove one of the two: each apply would undo what the other did.",
  });

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

export const vanished = (what: string) =>
  error("vanished", {
    summary: `The ${what} is gone; it was removed while this ran`,
    path: ["id"],
    fix: "Run it again: it will be created anew.",
  });

export const switchesImported = (id: string) =>
  warning("switches-not-readable", {
    summary:
      "Whether this attachment is on cannot be read: enabled, send_ok_alerts and send_reminder_alerts are taken to be as declared",
    path: ["id"],
    got: id,
    fix: 'Look at the escalation level in Uptrends, or have them sent again with the next apply: enforce = "always" for one run.',
  });

export const variableRemains = (names: readonly string[]) =>
  warning("variable-remains", {
    summary: "Uptrends still holds values of variables that are no longer declared",
    path: ["variable_values_wo"],
    got: names.join(", "),
    fix: "Remove them on the escalation level in Uptrends, if the integration must not use them.",
  });
