import type { Path, Problem } from "../../core/problem";
import type { HttpError } from "../../http/error";
import { requestFailed } from "../../http/errors";
import type { HttpResponse } from "../../http/types";
import type { Certificate } from "./contract";
import { vendorWords } from "./envelope";
import type { TestRemedy } from "./test-remedy";
import { vropsWords } from "./words";

/** Everything this room has to tell its users when something is wrong. */

type Facts = Omit<Problem, "code" | "severity">;
const error = (code: string, facts: Facts): Problem => ({ code: `vrops/${code}`, severity: "error", ...facts });
const warning = (code: string, facts: Facts): Problem => ({ code: `vrops/${code}`, severity: "warning", ...facts });

const TITLE = vropsWords.title;

// Settings and login

export const loginFailed = (response: HttpResponse, who: { username: string; authSource?: string }) => {
  const account = `${who.username}${who.authSource ? ` (source ${who.authSource})` : " (local account)"}`;
  const { text } = vendorWords(response);
  // A page instead of JSON means that this kind of user cannot log in by password at all.
  if (response.status === 401 && !response.headers["content-type"]?.includes("json")) {
    return error("login-not-by-password", {
      summary: "vROps does not let this kind of user log in with a password",
      path: ["vrops", "username"],
      got: account,
      expected: "a local service account",
      fix: "Users of VCF SSO, VIDB, SAML and some directories must sign in elsewhere. Make a local service account in vROps (Administration, Access Control) and use its name and password; leave auth_source out.",
      evidence: text,
    });
  }
  if (response.status === 401) {
    return error("login-refused", {
      summary: "vROps refused the user name or the password",
      path: ["vrops", "username"],
      got: account,
      fix: "Check vrops.username, vrops.password and vrops.auth_source (VROPS_USERNAME, VROPS_PASSWORD, VROPS_AUTH_SOURCE). It is not tried again in this run, because vROps locks accounts after a few failures.",
      evidence: text,
    });
  }
  return error("login-failed", {
    summary: "vROps did not give a token",
    path: ["vrops", "url"],
    got: account,
    fix: "Check that vrops.url leads to vROps itself (its /suite-api), and that the account may use the API.",
    evidence: text,
  });
};

// Requests

/** A failed request in this vendor's terms; `doing` completes "could not …". */
export const callFailed = (doing: string, failed: HttpError): Problem => {
  if (failed.response === undefined) return requestFailed(TITLE, failed);
  const { text, apiErrorCode } = vendorWords(failed.response);
  const status = failed.response.status;
  if (status === 401) {
    return error(apiErrorCode === 1512 ? "token-refused" : "not-authorized", {
      summary: `vROps does not accept our token; could not ${doing}`,
      fix: "Somebody may have ended the session or changed the account while this ran. Run it again; if it stays so, check the account in vROps.",
      evidence: text,
    });
  }
  if (status === 403) {
    return error("forbidden", {
      summary: `The account may not ${doing}`,
      path: ["vrops", "username"],
      fix: 'Give its role the "Manage" permissions of Outbound Settings and Notifications in vROps.',
      evidence: text,
    });
  }
  if (status === 429 || status >= 502) return requestFailed(TITLE, failed);
  return error(`status-${status}`, {
    summary: `vROps refused; could not ${doing}`,
    fix: "See the answer: it usually names the setting. When it does not, the log of vROps (Support, Logs) does.",
    evidence: text,
  });
};

export const unexpectedAnswer = (doing: string, issues: string) =>
  error("unexpected-answer", {
    summary: `vROps answered in a form we do not know; could not ${doing}`,
    got: issues,
    fix: "Check that vrops.url leads to vROps itself and not to a portal or proxy. If it does, this release is new to us: please report it.",
  });

// Objects

const thing = { plugin: "plugin", rule: "notification rule" } as const;
export type Thing = keyof typeof thing;

export const adopted = (what: Thing, type: string, name: string, id: string) =>
  warning("adopted", {
    summary: `The ${thing[what]} ${JSON.stringify(name)} was already there, with the same settings: it is taken over, none was created`,
    path: ["name"],
    got: `id ${id}`,
    fix: `Nothing, if an earlier run was cut short or the ${thing[what]} was made by hand. If another stack manages it, remove one of the two ${type}: both would change it.`,
  });

export const adoptedChanged = (what: Thing, name: string, id: string, differences: readonly string[]) =>
  warning("adopted-changed", {
    summary: `The ${thing[what]} ${JSON.stringify(name)} was already there, with other settings: it is taken over and changed, for adopt_existing is true`,
    path: ["name"],
    got: `id ${id}; ${differences.join("; ")}`,
    fix: "Nothing. adopt_existing can be removed now.",
  });

export const conflicting = (what: Thing, type: string, name: string, id: string, differences: readonly string[]) =>
  error("already-exists", {
    summary: `A ${thing[what]} named ${JSON.stringify(name)} already exists, with other settings`,
    path: ["name"],
    got: `id ${id}; ${differences.join("; ")}`,
    fix: `To manage the existing one: terraform import ${type}.<NAME> ${id} (NAME as in your configuration). To take it over and change it at once: adopt_existing = true. Else choose another name.`,
  });

export const ambiguous = (what: Thing, type: string, name: string, ids: readonly string[]) =>
  error("ambiguous-name", {
    summary: `There are ${ids.length} ${thing[what]}s named ${JSON.stringify(name)}`,
    path: ["name"],
    got: `ids ${ids.join(", ")}`,
    fix: `Delete or rename all but one in vROps, or import the right one: terraform import ${type}.<NAME> ${ids[0]} (NAME as in your configuration).`,
  });

export const ownedTwice = (what: Thing, name: string) =>
  error("declared-twice", {
    summary: `Two resources of this configuration are the same ${thing[what]} ${JSON.stringify(name)}`,
    path: ["name"],
    got: JSON.stringify(name),
    fix: "Give each its own name, or remove one.",
  });

export const vanished = (what: Thing, id: string) =>
  error("vanished", {
    summary: `The ${thing[what]} is gone from vROps`,
    got: `id ${id}`,
    fix: "Somebody deleted it since the plan was made. Run it again: the new plan will create it.",
  });

export const wrongPluginType = (name: string, got: string, expected: string) =>
  error("wrong-plugin-type", {
    summary: `The plugin ${JSON.stringify(name)} is not an e-mail plugin`,
    path: ["id"],
    got,
    expected,
    fix: "Import it as outbound_vrops_plugin, or use the id of an e-mail plugin.",
  });

export const hasDependents = (name: string, dependents: readonly string[], evidence?: string) =>
  error("has-dependents", {
    summary: `The plugin ${JSON.stringify(name)} is still in use, so it is not deleted`,
    got:
      dependents.length > 0
        ? `notification rules ${dependents.map((rule) => JSON.stringify(rule)).join(", ")}`
        : "something vROps does not name (report schedules, tenant e-mail)",
    fix: "vROps would delete the rules with it, or leave reports without a sender. Point them to another plugin, or delete them first, then run it again.",
    evidence,
  });

export const staleVersion = (name: string, evidence: string) =>
  error("changed-meanwhile", {
    summary: `The plugin ${JSON.stringify(name)} was changed by somebody else while we were changing it`,
    fix: "Run it again; if it happens again, somebody or something else manages this plugin.",
    evidence,
  });

export const leftDisabled = (name: string, evidence: string) =>
  error("left-disabled", {
    summary: `The plugin ${JSON.stringify(name)} had been disabled for the change and could not be enabled again: it sends NO alerts now`,
    fix: "Enable it in vROps under Outbound Settings, or run it again.",
    evidence,
  });

export const enabledAgain = (name: string) =>
  warning("enabled-again", {
    summary: `The change of the plugin ${JSON.stringify(name)} failed half-way; it had been disabled for it and is enabled again`,
    fix: "See the error beside this. Which settings hold now, the next plan shows.",
  });

export const putBackDone = (name: string) =>
  warning("previous-settings-kept", {
    summary: `The plugin ${JSON.stringify(name)} has its previous settings again`,
    fix: "See the error beside this, then run it again.",
  });

export const putBackFailed = (name: string, evidence: string) =>
  error("previous-settings-lost", {
    summary: `The plugin ${JSON.stringify(name)} has the new settings, but vROps does not trust their server: it sends NO alerts now`,
    path: ["trusted_certificate_thumbprint"],
    fix: "Pin the certificate as the error beside this says, and run it again.",
    evidence,
  });

// Certificates

export const untrustedCertificate = (
  name: string,
  presented: readonly Certificate[],
  pinned: string | null | undefined,
  aftermath: string,
) =>
  error(pinned ? "thumbprint-mismatch" : "untrusted-certificate", {
    summary: pinned
      ? `The server of ${JSON.stringify(name)} presents another certificate than the pinned one`
      : `vROps does not trust the certificate of the server of ${JSON.stringify(name)}`,
    path: ["trusted_certificate_thumbprint"],
    got: presented.map(describeCertificate).join("; "),
    ...(pinned ? { expected: `thumbprint ${pinned}` } : {}),
    fix: `Compare the thumbprint with the server's own (openssl s_client -connect HOST:PORT -starttls smtp | openssl x509 -noout -fingerprint -sha1), asking who runs it. Only if it is the same, set trusted_certificate_thumbprint = ${JSON.stringify(presented[0]?.thumbprint ?? "")}. ${aftermath}`,
  });

function describeCertificate(certificate: Certificate): string {
  const facts = [
    `thumbprint ${certificate.thumbprint ?? "(none given)"}`,
    certificate.issuedTo ? `issued to ${certificate.issuedTo}` : undefined,
    certificate.issuedBy ? `issued by ${certificate.issuedBy}` : undefined,
    certificate.expires ? `expires ${certificate.expires}` : undefined,
    // Older releases put issuer and expiry in here only. The signature in it may be long.
    certificate.issuedBy ? undefined : certificate.certificateDetails?.slice(0, 200),
  ];
  return facts.filter(Boolean).join(", ");
}

// Secrets

export const secretNotResent = (name: string, keys: readonly string[], shown: "absent" | "masked") =>
  warning("secret-not-resent", {
    summary: `The plugin ${JSON.stringify(name)} was updated without its secret ${keys.join(", ")}`,
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
    got: ids.join(", "),
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

// Plugin types

export const unknownPluginType = (got: string, known: readonly string[], nearest: string | undefined) =>
  error("unknown-plugin-type", {
    summary: `vROps has no plugin type ${JSON.stringify(got)}`,
    path: ["plugin_type_id"],
    got: JSON.stringify(got),
    expected: known.length > 0 ? `one of ${known.join(", ")}` : undefined,
    fix: nearest ? `Did you mean ${JSON.stringify(nearest)}?` : "Use one that this vROps has.",
  });

export const unknownKey = (
  path: Path,
  key: string,
  type: string,
  nearest: string | undefined,
  known: readonly string[],
) =>
  error("unknown-key", {
    summary: `${type} has no setting ${JSON.stringify(key)}`,
    path,
    got: JSON.stringify(key),
    expected: `one of ${known.join(", ")}`,
    fix: nearest ? `Did you mean ${JSON.stringify(nearest)}?` : "Remove it, or use one of these.",
  });

export const missingKey = (key: string, type: string, secret: boolean) =>
  error("missing-key", {
    summary: `${type} needs the setting ${JSON.stringify(key)}`,
    path: [secret ? "sensitive_config_values_wo" : "config_values"],
    fix: `Add ${JSON.stringify(key)} to ${secret ? "sensitive_config_values_wo" : "config_values"}.`,
  });

export const wrongKind = (path: Path, key: string, got: string, expected: string) =>
  error("wrong-kind", {
    summary: `The setting ${JSON.stringify(key)} has a value of the wrong kind`,
    path,
    got: JSON.stringify(got),
    expected,
    fix: `Give ${expected}.`,
  });

export const secretInTheOpen = (key: string) =>
  error("secret-in-the-open", {
    summary: `The setting ${JSON.stringify(key)} is a secret and would be kept in plan and state`,
    path: ["config_values", key],
    expected: "secrets in sensitive_config_values_wo",
    fix: `Move ${JSON.stringify(key)} to sensitive_config_values_wo.`,
  });

export const deprecatedKey = (path: Path, key: string, type: string) =>
  warning("deprecated-key", {
    summary: `The setting ${JSON.stringify(key)} of ${type} is deprecated in this vROps`,
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
