import type { Problem } from "../../core/problem";
import type { HttpError } from "../../http/error";
import { requestFailed } from "../../http/errors";
import type { ValueProblem } from "../../terraform-plugin/schema";
import { vendorWords } from "./vendor-words";
import type { SystemWords } from "../kit/words";

/** What this system is called in its problems. */
export const alertOpsName: SystemWords = { name: "alertops", title: "AlertOps" };

/** Everything this room has to tell its users when something is wrong. */

type Facts = Omit<Problem, "code" | "severity">;
const error = (code: string, facts: Facts): Problem => ({ code: `alertops/${code}`, severity: "error", ...facts });
const warning = (code: string, facts: Facts): Problem => ({ code: `alertops/${code}`, severity: "warning", ...facts });

const TITLE = alertOpsName.title;
const TYPE = "outbound_alertops_inbound_integration";
const quoted = (text: string) => JSON.stringify(text);

// Settings and values

export const notAUrl = (): ValueProblem => ({
  code: "alertops/bad-api-url",
  severity: "error",
  summary: "The URL of the inbound integration cannot be used",
  got: "something else (not shown, it is a secret)",
  expected: "https://…, as AlertOps shows it",
  fix: "Copy it again from AlertOps: Integrations, Inbound Integrations, the integration, API URL.",
});

export const nobodyTold = (name: string) =>
  warning("nobody-told", {
    summary: "Nobody is told of the alerts of this integration",
    path: ["recipient_groups"],
    got: name === "" ? "no policy, group or user" : `${quoted(name)} without policy, group or user`,
    expected: "an escalation_policy, recipient_groups or recipient_users",
    fix: "Name at least one. AlertOps' own screen asks for an escalation policy.",
  });

// Requests

/** A failed request in this vendor's terms; `doing` completes "could not …". */
export const callFailed = (doing: string, failed: HttpError): Problem => {
  if (failed.response === undefined) return requestFailed(TITLE, failed);
  const evidence = vendorWords(failed.response);
  const { status } = failed.response;
  if (status === 401) {
    return error("key-refused", {
      summary: `AlertOps does not accept the API key; could not ${doing}`,
      path: ["alertops", "api_key"],
      fix: "Check alertops.api_key (ALERTOPS_API_KEY). The key may belong to a user who was removed, and a new one replaces the old one.",
      evidence,
    });
  }
  if (status === 403) {
    return error("forbidden", {
      summary: `The API key's owner may not ${doing}`,
      path: ["alertops", "api_key"],
      fix: "Inbound integrations need the entitlement InboundIntegrations_GlobalAccess: the role Owner, App Admin or Integrations Admin.",
      evidence,
    });
  }
  if (status === 429 || status >= 500) return requestFailed(TITLE, failed);
  return error(`status-${status}`, {
    summary: `AlertOps refused; could not ${doing}`,
    fix: "See the answer: it usually names the field.",
    evidence,
  });
};

export const unexpectedAnswer = (doing: string, issues: string) =>
  error("unexpected-answer", {
    summary: `AlertOps answered in a form we do not know; could not ${doing}`,
    got: issues,
    fix: "Check that alertops.url leads to the AlertOps API (https://api.alertops.com). If it does, its API has changed: please report it.",
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
    expected: candidates.length === 0 ? `the name of a ${what}` : `one of ${candidates.map(quoted).join(", ")}`,
    fix: `${nearest === undefined ? `Correct the name, or make the ${what} first.` : `Did you mean ${quoted(nearest)}?`} AlertOps refers to its ${what}s by name, so upper and lower case and spaces count.`,
  });

/** The same at plan: something else in this configuration may be about to make it. */
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

export const adopted = (name: string, id: string) =>
  warning("adopted", {
    summary: `The inbound integration ${quoted(name)} was already there, with the same settings: it is taken over, none was created`,
    path: ["name"],
    got: `id ${id}`,
    fix: `Nothing, if an earlier run was cut short or it was made by hand. If another stack manages it, remove one of the two ${TYPE}: both would change it.`,
  });

export const adoptedChanged = (name: string, id: string, differences: readonly string[]) =>
  warning("adopted-changed", {
    summary: `The inbound integration ${quoted(name)} was already there, with other settings: it is taken over and changed, for adopt_existing is true`,
    path: ["name"],
    got: `id ${id}; ${differences.join("; ")}`,
    fix: "Nothing. adopt_existing can be removed now.",
  });

export const conflicting = (name: string, id: string, differences: readonly string[]) =>
  error("already-exists", {
    summary: `An inbound integration named ${quoted(name)} already exists, with other settings`,
    path: ["name"],
    got: `id ${id}; ${differences.join("; ")}`,
    expected: "none of this name, or an equal one",
    fix: `Take it over as it is (terraform import ${TYPE}.NAME ${id}), or set adopt_existing = true to change it, or choose another name.`,
  });

export const ambiguous = (name: string, ids: readonly string[]) =>
  error("ambiguous", {
    summary: `There are ${ids.length} inbound integrations named ${quoted(name)}, and none is as declared`,
    path: ["name"],
    got: `ids ${ids.join(", ")}`,
    expected: "at most one",
    fix: `Import the right one: terraform import ${TYPE}.NAME ${ids[0]}.`,
  });

export const ownedTwice = (name: string) =>
  error("owned-twice", {
    summary: `Two resources of this configuration manage the inbound integration ${quoted(name)}`,
    path: ["name"],
    got: quoted(name),
    expected: "one",
    fix: "Give one of them another name.",
  });

export const badImportId = (got: string) =>
  error("bad-import-id", {
    summary: "This is not the id of an inbound integration",
    path: ["id"],
    got: quoted(got),
    expected: "its number, such as 4711",
    fix: "Take it from the address bar of the integration's page in AlertOps.",
  });

export const vanished = (id: string) =>
  error("vanished", {
    summary: `The inbound integration ${id} is gone; it was removed while this ran`,
    path: ["id"],
    fix: "Run it again: it will be created anew.",
  });

export const wrongType = (name: string, got: string) =>
  error("wrong-type", {
    summary: `${quoted(name)} is not an API integration`,
    path: ["id"],
    got,
    expected: "API",
    fix: "Import an integration of type API; other types are not managed here.",
  });

export const noIdInAnswer = (name: string) =>
  error("no-id", {
    summary: `AlertOps says that it created ${quoted(name)}, but neither its answer nor its list of integrations has it`,
    path: ["name"],
    fix: `Look whether it is there; if so, import it (terraform import ${TYPE}.NAME ID). If not, run this again.`,
  });

export const notRotated = (name: string, id: string) =>
  warning("not-rotated", {
    summary: `${quoted(name)} was not replaced: under the same name the new one found the old one and took it over`,
    path: ["name"],
    got: `id ${id}, with the URL it had`,
    expected: "a new name, which makes a new integration with a new URL",
    fix: `To rotate the URL, change the name (${quoted(`${name} 2`)}) instead of replacing the resource: with create_before_destroy the old URL works until the new one is in place.`,
  });

// URL

export const urlDerived = (name: string) =>
  warning("url-derived", {
    summary: `AlertOps does not tell the URL of ${quoted(name)}: it was worked out from notify_url, the API key and the name`,
    path: ["api_url_source"],
    fix: "Compare it once with the URL that AlertOps shows on the integration's page, or send a test alert. If they differ, hand the shown one to the ephemeral resource as api_url.",
  });

export const urlUnknown = (id: string, name: string) =>
  error("url-unknown", {
    summary: `AlertOps does not tell the URL of its inbound integration ${quoted(name)} (${id})`,
    path: ["api_url"],
    expected: "api_url, from a variable or the environment",
    fix: `1. Open ${quoted(name)} in AlertOps (Integrations, Inbound Integrations). 2. Copy its API URL. 3. Put it into a secret of your pipeline and hand it over: api_url = ephemeral.outbound_environment.NAME.value. If the URL has the form <notify_url>/POSTAlert/<api key>/<name>, setting alertops.notify_url (ALERTOPS_NOTIFY_URL) is enough.`,
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
    fix: "Check that the integration is enabled. When the URL was worked out (api_url_source = derived), compare it with the one AlertOps shows.",
    evidence,
  });

export const testNotFound = (sourceId: string) =>
  error("test-not-found", {
    summary: "The URL took the test alert, but AlertOps does not have it",
    got: `no alert with source_id ${sourceId}`,
    fix: "Look at the integration's inbound log: its rules (open when …) may not match `source_status = open`.",
  });

export const testNotClosed = (sourceId: string) =>
  error("test-not-closed", {
    summary: "The test alert was opened and found, but does not close",
    got: `the alert with source_id ${sourceId} is still open`,
    fix: "Close it by hand. Then look at the integration's rules: `source_status = close` should close an alert.",
  });

export const listMissing = () =>
  error("no-list", {
    summary: "This AlertOps does not list its inbound integrations",
    fix: "Name the integrations one by one: their numbers stand in their addresses in the browser, and are their import ids.",
  });
