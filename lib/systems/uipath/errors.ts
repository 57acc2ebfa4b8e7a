import type { Problem } from "../../core/problem";
import { prose, setting } from "../../core/prose";
import type { HttpResponse } from "../../http/types";
import { unexpectedAnswer } from "../kit/problems";
import { systemError, systemWarning, type Facts } from "../kit/words";
import { oauthErrorOf, textOf } from "./envelope";
import type { TestRemedy } from "../kit/test-remedy";
import { uipathWords } from "./words";

/** The errors that are specific to UiPath; the others are standard problems. */

const error = (code: string, facts: Facts): Problem => systemError(uipathWords, code, facts);
const warning = (code: string, facts: Facts): Problem => systemWarning(uipathWords, code, facts);

// Settings and login

export const notAGuid = (got: string) => ({
  code: "uipath/not-a-guid",
  severity: "error" as const,
  summary: "This is not an organization's id",
  got: JSON.stringify(got),
  expected: "a GUID such as 3fa85f64-5717-4562-b3fc-2c963f66afa6",
  fix: "The id stands in the organization's settings (Admin > Organization settings); its name in addresses is another thing.",
});

/** The code of a token that was refused for its scopes: the application itself was accepted. */
export const SCOPE_REFUSED = "uipath/scope-refused";

export const loginRefused = (response: HttpResponse, who: string, scope: string | undefined) => {
  const evidence = textOf(response);
  if (response.status < 300) {
    return { ...unexpectedAnswer(uipathWords, "log in", "an answer without a token"), evidence };
  }
  if (oauthErrorOf(response) === "invalid_scope") {
    return error("scope-refused", {
      summary: "UiPath does not let the external application have the scopes that this needs",
      path: ["uipath", "scope"],
      got: `${who}, asking for ${scope ?? "no scope"}`,
      fix: `Add ${scope ?? "the scopes"} as application scopes (not user scopes) in Admin > External applications, or set uipath.scope (UIPATH_SCOPE) to those it has.`,
      evidence,
    });
  }
  if (response.status === 404 || response.status === 405) {
    return error("no-login-there", {
      summary: "There is no login at the address that follows from the settings",
      path: ["uipath", "identity_url"],
      got: who,
      fix: prose`Cloud and Automation Suite log in at /identity_/connect/token, a standalone Orchestrator at /identity/connect/token, and user names only at a server of your own. Give ${setting("uipath.identity_url")} (UIPATH_IDENTITY_URL) when the Identity service has an address of its own; set ${setting("uipath.organization")} only where addresses contain one.`,
      evidence,
    });
  }
  return error("login-refused", {
    summary: "UiPath refused the login",
    path: ["uipath", who.startsWith("client") ? "client_id" : "username"],
    got: who,
    fix: prose`Check ${setting("uipath.client_id")} and ${setting("uipath.client_secret")} (UIPATH_CLIENT_ID, UIPATH_CLIENT_SECRET), or ${setting("uipath.username")}, ${setting("uipath.password")} and ${setting("uipath.tenant")}; a host administrator logs in to the tenant "Host". It is not tried again in this run, because accounts are locked after a few failures.`,
    evidence,
  });
};

export const wrongIdentityAddress = (doing: string, evidence: string) =>
  error("wrong-identity-address", {
    summary: `The Identity service does not know the organization at this address; could not ${doing}`,
    path: ["uipath", "identity_url"],
    fix: prose`Use the organization's own address, https://HOST/ORGANIZATION/identity_: set ${setting("uipath.organization")} (UIPATH_ORGANIZATION), or correct ${setting("uipath.identity_url")}.`,
    evidence,
  });

/** @param looked each address with its answer */
export const noIdentityThere = (doing: string, looked: readonly string[]) =>
  error("no-identity-there", {
    summary: `The Identity service is not ${looked.length === 1 ? "at the address that is set" : "at any address that follows from the settings"}; could not ${doing}`,
    path: ["uipath", "identity_url"],
    got: looked.join("; "),
    expected: "answers of /api/Setting, not 404 or a web page",
    fix: prose`Set ${setting("uipath.identity_url")} (UIPATH_IDENTITY_URL) to the address of the Identity service, without /connect or /api: https://HOST/ORGANIZATION/identity_ or https://HOST/identity_ in cloud and Automation Suite, https://HOST/identity or https://HOST/ORGANIZATION/identity at a standalone Orchestrator. The browser shows it while one logs in.`,
  });

// Mail settings

export const maskAsPassword = () => ({
  code: "uipath/mask-as-password",
  severity: "error" as const,
  summary: "This is the mask that UiPath shows in place of a password",
  got: "only bullets or asterisks",
  expected: "the password itself",
  fix: "Take the real password from where it is kept. Written as it is, the mask would become the password.",
});

export const neededForCustom = (name: string) =>
  error("needed-for-custom", {
    summary: `\`${name}\` is missing`,
    path: [name],
    expected: 'a value, as mode is "custom"',
    fix: prose`Give ${setting(name)}, or set ${setting("mode", "default")} to use the host's settings. Orchestrator wants host, port and sender together.`,
  });

export const hostHasNoOrganization = (id: string) =>
  error("host-has-no-organization", {
    summary: "The host's settings do not belong to an organization",
    path: ["organization_id"],
    got: JSON.stringify(id),
    fix: prose`Remove ${setting("organization_id")}, or use ${setting("scope", "organization")}.`,
  });

export const plaintextOn587 = () =>
  warning("plaintext-on-587", {
    summary: "Port 587 without SSL: mails, and the password if there is one, travel in plaintext",
    path: ["enable_ssl"],
    got: prose`${setting("enable_ssl", "false")}, ${setting("smtp_port", "587")}`,
    expected: prose`${setting("enable_ssl", "true")} on 587 (RFC 8314; Gmail and most others require it)`,
    fix: prose`UiPath's guide to tenant mail says "465 with SSL, else 587", as if 587 were the port without encryption. It is not: 587 greets in plaintext and is then encrypted by STARTTLS, which is what UiPath does there when SSL is enabled. Most servers refuse the login on an unencrypted 587. Set ${setting("enable_ssl", "true")}.`,
  });

export const plaintextOn465 = () =>
  warning("plaintext-on-465", {
    summary: "Port 465 without SSL cannot work with most servers",
    path: ["enable_ssl"],
    got: prose`${setting("enable_ssl", "false")}, ${setting("smtp_port", "465")}`,
    expected: prose`${setting("enable_ssl", "true")} on 465 (RFC 8314)`,
    fix: prose`A server on 465 waits for TLS from the first byte, UiPath would wait for its greeting, and both until the time-out. Set ${setting("enable_ssl", "true")}.`,
  });

export const plaintextPassword = () =>
  warning("password-in-plaintext", {
    summary: "The SMTP password travels in plaintext",
    path: ["enable_ssl"],
    got: prose`${setting("enable_ssl", "false")}, with a username`,
    fix: prose`Set ${setting("enable_ssl", "true")}: without it anyone on the way can read the password, and many servers refuse the login.`,
  });

export const userWithDefaultCredentials = (username: string) =>
  warning("user-with-default-credentials", {
    summary: "The user name will not be used",
    path: ["use_default_credentials"],
    got: prose`${setting("use_default_credentials", "true")}, username = ${JSON.stringify(username)}`,
    fix: "With default credentials UiPath logs in as its own Windows account and ignores user name and password. Remove one of the two.",
  });

export const sslWithDefaultCredentials = () =>
  warning("ssl-with-default-credentials", {
    summary: "UiPath advises against SSL together with default credentials",
    path: ["use_default_credentials"],
    got: prose`${setting("use_default_credentials", "true")}, ${setting("enable_ssl", "true")}`,
    fix: "Its manual says that the two should not both be on. Use one, or make sure with a test mail that your server takes both.",
  });

export const noAuthentication = () =>
  warning("no-authentication", {
    summary: "UiPath will send without authentication",
    path: ["username"],
    fix: prose`Fine when the SMTP server relays for UiPath's address. If it answers 530 or 550 relaying denied, add ${setting("username")} and ${setting("password_wo")}.`,
  });

// One set of settings each

/** Orchestrator shows inherited values like the tenant's own. */
export const maybeInherited =
  "They may be the host's: this Orchestrator shows what a tenant inherits like what it has set itself. Then adopt_existing = true is right.";

/** @param where a whole phrase: "the tenant Prod", "the organization 3fa8…", "the host" */
export const changedMeanwhile = (where: string, text: string) =>
  error("changed-meanwhile", {
    summary: `Somebody else changes the mail settings of ${where} at this moment`,
    fix: "Run it again. If it happens again, another stack or a script manages the same settings: let one of them do it.",
    evidence: text,
  });

export const noDefaultMode = (text: string) =>
  error("no-default-mode", {
    summary: "This Orchestrator has no API for going back to the host's mail settings",
    path: ["mode"],
    expected: "Orchestrator 22.10 or later (its call DeleteBulk)",
    fix: prose`Choose the default in Settings > Mail by hand, then apply again; or keep ${setting("mode", "custom")}.`,
    evidence: text,
  });

export const noOrganizationId = () =>
  error("no-organization-id", {
    summary: "It is not known whose mail settings are meant",
    path: ["organization_id"],
    expected: prose`${setting("organization_id")}, or an organization that follows from the provider's settings or the token`,
    fix: prose`Set ${setting("organization_id")} to the GUID in Admin > Organization settings.`,
  });

// What a destroy did

export const settingsDeleted = (where: string, above: string) =>
  warning("settings-deleted", {
    summary: `The mail settings of ${where} are deleted; ${above}`,
    fix: "Nothing, unless alerts must go on: then see that the settings in force now are right.",
  });

export const settingsRestored = (where: string, withoutPassword: boolean) =>
  warning("settings-restored", {
    summary: `The mail settings of ${where} are those again that were found at first`,
    expected: "their deletion, which this release cannot do over its API",
    fix: withoutPassword
      ? "Enter the password in UiPath by hand: UiPath does not show it, so it could not be kept."
      : "Nothing, unless you want the default: choose it in UiPath by hand.",
  });

export const alertsSwitchedOff = (where: string, text: string) =>
  warning("alerts-switched-off", {
    summary: `The mail settings of ${where} stay, but its alert mails are switched off`,
    expected: "the deletion of the settings, which this release cannot do over its API",
    fix: "Choose the default in Settings > Mail by hand if the settings must go. What was there before is not known: they were imported.",
    evidence: text,
  });

// The platform's own test

export const testFailed = ({ kind, summary, fix }: TestRemedy, evidence: string) =>
  error(`test-${kind}`, { summary, fix, evidence });

export const nothingToTest = (where: string) =>
  error("nothing-to-test", {
    summary: `${where} has no mail settings`,
    fix: "Declare them, or test through something else.",
  });

// Webhooks

export const badWebhookUrl = (got: string) =>
  error("bad-webhook-url", {
    summary: "This is not an address that UiPath can call",
    got: JSON.stringify(got.replace(/\/\/[^/@]*@/, "//")),
    expected: "https://… (or http://…), without user name and password",
    fix: prose`Write the whole address; a secret goes into ${setting("secret_wo")}.`,
  });
