import type { Problem } from "../core/problem";
import type { ValueProblem } from "../terraform-plugin/schema";
import { remedyFor } from "./remedy";
import { certificate } from "./remedies/certificate";
import { configuration } from "./remedies/configuration";
import { connection } from "./remedies/connection";
import { delivery } from "./remedies/delivery";
import { dns } from "./remedies/dns";
import { login } from "./remedies/login";
import { platform } from "./remedies/platform";
import { protocol } from "./remedies/protocol";
import { refusals } from "./remedies/refusals";
import { tls } from "./remedies/tls";
import { SECURITY_TITLES, type Security } from "./security";

/** What is wrong with the attributes; and the rows of the diagnosis' tables, filled in. */

const value = (
  code: string,
  summary: string,
  got: string | undefined,
  expected: string,
  fix: string,
): ValueProblem => ({
  code: `mail/${code}`,
  severity: "error",
  summary,
  ...(got === undefined ? {} : { got: JSON.stringify(got).slice(0, 200) }),
  expected,
  fix,
});

export const notIpAndPort = (got: string) =>
  value(
    "not-ip-and-port",
    `${JSON.stringify(got)} is not an address with a port`,
    got,
    '"203.0.113.25:587", an IPv6 address in brackets',
    "Write the flow's IP address and port, separated by a colon.",
  );

export const notIpAddress = (got: string) =>
  value(
    "not-ip-address",
    `${JSON.stringify(got)} is not an IP address`,
    got,
    '"203.0.113.25" or "2001:db8::25"',
    "Write one address: no network, no name, no port.",
  );

export const notNameServer = (got: string) =>
  value(
    "not-name-server",
    `${JSON.stringify(got)} does not say where a name server is`,
    got,
    '"192.0.2.53", with a port "192.0.2.53:5353" or "[2001:db8::53]:53"',
    "Write the name server's IP address, and its port when that is not 53.",
  );

/** `inner` is what stands before `._domainkey`, when it does. */
export const notDkimSelector = (got: string, inner: string | undefined) =>
  value(
    "not-dkim-selector",
    `${JSON.stringify(got)} is not a DKIM selector`,
    got,
    "letters, digits and hyphens, as in the tag s= of the header DKIM-Signature",
    inner === undefined || inner === ""
      ? "Write what stands between `s=` and the next semicolon in the DKIM-Signature of a mail that the server sent."
      : `Did you mean ${JSON.stringify(inner)}? A selector is what stands before ._domainkey.`,
  );

export const notAnEnvironmentName = () =>
  value(
    "not-an-environment-name",
    "The value is not the name of an environment variable",
    undefined,
    "letters, digits and underscores, for instance SMTP_PASSWORD",
    "Name the variable that holds the password; never write the password itself here.",
  );

export const passwordWithoutUser = (attribute: string): Problem => ({
  code: "mail/password-without-user",
  severity: "error",
  summary: "There is a password but no user",
  path: [attribute],
  expected: "`username` beside the password",
  fix: "Add `username`, or remove the password to send without logging in.",
});

export const userWithoutPassword = (attribute: string): Problem => ({
  code: "mail/user-without-password",
  severity: "error",
  summary: "There is a user but no password",
  path: ["username"],
  expected: `\`${attribute}\` beside the user`,
  fix: `Add \`${attribute}\`, or remove \`username\` to send without logging in.`,
});

export const mechanismWithoutUser = (mechanism: string): Problem => ({
  code: "mail/mechanism-without-user",
  severity: "error",
  summary: "There is a way to log in but nobody who logs in",
  path: ["auth_mechanism"],
  got: mechanism,
  expected: "`username` and a password beside it",
  fix: "Add `username`, or remove `auth_mechanism` to send without logging in.",
});

export const dkimNeverShown = (ways: readonly string[]): Problem => ({
  code: "mail/dkim-never-shown",
  severity: "error",
  summary: "DKIM is required, and nothing here could show it",
  path: ["alignment", "require"],
  expected: ways.join(" or "),
  fix: `Add ${ways.join(", so that a mail arrives whose signature can be verified, or ")} with the server's selectors; or take "dkim" out of \`require\`.`,
});

const warning = (code: string, summary: string, got: string, expected: string, fix: string): Problem => ({
  code: `mail/${code}`,
  severity: "warning",
  summary,
  path: ["security"],
  got,
  expected,
  fix,
});

export const portSuggests = (port: number, declared: Security, usual: Security) =>
  warning(
    "unusual-port",
    `Port ${port} is declared with ${SECURITY_TITLES[declared]}, which is unusual`,
    declared,
    usual,
    `Servers on port ${port} usually speak ${SECURITY_TITLES[usual]}. Set security = "${usual}" unless yours is an exception.`,
  );

export const plainText = (host: string) =>
  warning(
    "plain-text",
    `Mail to ${host} travels without encryption`,
    "none",
    "starttls",
    'Alerts name hosts and faults, and anybody on the way can read or change them. Set security = "starttls" if the server offers it.',
  );

export const credentialsInClear = () =>
  warning(
    "credentials-in-clear",
    "The password would travel without encryption",
    "none",
    "starttls",
    'Set security = "starttls" or "tls"; without it, anybody on the way can read the password.',
  );

export const cannotImport = (id: string): Problem => ({
  code: "mail/test-cannot-be-imported",
  severity: "error",
  summary: "A test e-mail cannot be imported",
  got: id,
  fix: "Declare the resource and apply: a test was sent or it was not, there is no object outside that Terraform could take over.",
});

/* Stages. A stage shows `summary` and `evidence` as what was seen, and `fix` as the remedy. */

export const fieldWithControlCharacter = (attribute: string): Problem => ({
  ...remedyFor(configuration.lineBreak, { attribute }),
  path: [attribute],
});

export const passwordMissing = (variable: string): Problem => ({
  ...remedyFor(configuration.passwordMissing, { variable }),
  path: ["password_environment"],
});

export const caFileMissing = (path: string): Problem => ({
  ...remedyFor(configuration.caFileMissing, { path }),
  path: ["ca_certificate"],
});

export const caUnreadable = (why: string): Problem => ({
  ...remedyFor(configuration.caUnreadable, {}, why),
  path: ["ca_certificate"],
});

export const noSuchHost = (host: string, why: string) => remedyFor(dns.noSuchHost, { host }, why);
export const resolverFailed = (host: string, why: string) => remedyFor(dns.resolverFailed, { host }, why);

export const connectionRefused = (where: string) => remedyFor(connection.connectionRefused, { where });

/** `ms` undefined: it was the system that gave up. `declared` undefined: nothing is known of flows. */
export const connectTimeout = (where: string, ms: number | undefined, declared: boolean | undefined) => {
  const time = ms === undefined ? "the system's limit" : `${ms} ms`;
  if (declared === undefined) return remedyFor(connection.connectTimeout, { where, time });
  return remedyFor(declared ? connection.flowDoesNotCarry : connection.flowNotDeclared, { where, time });
};

export const unreachable = (where: string, error: string) => remedyFor(connection.unreachable, { where, error });
export const connectFailed = (where: string, why: string) => remedyFor(connection.connectFailed, { where }, why);

export const someAddressesFailed = (failed: string, remedy: string) =>
  remedyFor(connection.someAddressesFailed, { failed, remedy });

export const notCoveredByFlow = (where: string) => remedyFor(connection.reachedWithoutFlow, { where });

export const silent = (stage: string, ms: number) => remedyFor(protocol.noReply, { stage, ms });
export const silentBanner = (ms: number) => remedyFor(protocol.noBanner, { ms });
export const tlsPort = (port: number) => remedyFor(protocol.implicitTlsPort, { port });
export const notSmtp = (said: string) => remedyFor(protocol.notSmtp, {}, said);

export const brokenProtocol = (stage: string, what: string, said: string | undefined) =>
  remedyFor(protocol.protocolViolation, { stage, what }, said);

export const hungUp = (stage: string, said: string | undefined) =>
  remedyFor(protocol.connectionClosed, { stage }, said);

export const connectionBroke = (stage: string, why: string) => remedyFor(protocol.connectionBroken, { stage }, why);
export const interrupted = (stage: string) => remedyFor(protocol.interrupted, { stage });
export const outOfTime = (stage: string) => remedyFor(protocol.outOfTime, { stage });

export const startTlsNotOffered = (offered: string) => remedyFor(tls.startTlsNotOffered, {}, offered);
export const downgraded = (offered: string) => remedyFor(tls.staysInClear, {}, offered);
export const startTlsRefused = (said: string) => remedyFor(tls.startTlsRefused, {}, said);
export const injected = (said: string) => remedyFor(tls.startTlsInjection, {}, said);
export const plainTextPort = (port: number) => remedyFor(tls.plainTextPort, { port });
export const tlsVersion = (why: string) => remedyFor(tls.tlsVersion, {}, why);
export const tlsFailed = (why: string) => remedyFor(tls.tlsFailed, {}, why);

export const certificateExpired = (day: string, chain: string) => remedyFor(certificate.expired, { day }, chain);

export const certificateNotYetValid = (day: string, chain: string) =>
  remedyFor(certificate.notYetValid, { day }, chain);

export const certificateSelfSigned = (chain: string) => remedyFor(certificate.selfSigned, {}, chain);
export const certificateUnknownIssuer = (chain: string) => remedyFor(certificate.unknownIssuer, {}, chain);

export const certificateWrongName = (host: string, names: string) => remedyFor(certificate.wrongName, { host }, names);

export const certificateRejected = (error: string, chain: string) => remedyFor(certificate.rejected, { error }, chain);

export const certificateExpiresSoon = (days: number, day: string) =>
  remedyFor(days < 30 ? certificate.expiresNext : certificate.expiresSoon, { days, day });

export const authNotOffered = (encrypted: boolean) =>
  remedyFor(encrypted ? login.authNotOffered : login.authNotOfferedInClear);

/** The problem of the connection itself, and that the one before had fared better. */
export const secondConnectionFailed = (problem: Problem): Problem => ({
  ...problem,
  summary: `The second connection, which carries the message, failed: ${problem.summary}`,
  fix: `The first one had just passed every stage to the login, so the server may limit connections. ${problem.fix}`,
});

export const effectUnknown = (why: string) => remedyFor(delivery.effectUnknown, {}, why);

/** Found before the server had to say it. */
export const tooLarge = (bytes: number, limit: number) =>
  remedyFor(refusals.messageTooLarge, {}, `the test mail has ${bytes} bytes, the server takes ${limit}`);

export const platformFailed = (system: string, why: string) => remedyFor(platform.platformTestFailed, { system }, why);
