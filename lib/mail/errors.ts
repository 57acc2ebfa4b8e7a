import type { Problem } from "../core/problem";
import type { ValueProblem } from "../terraform-plugin/schema";
import type { EnhancedCode } from "./enhanced-codes";
import { SECURITY_TITLES, type Security } from "./security";

/** Everything the mail room has to say: first what is wrong with a configuration, then what a stage can fail of. */

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

const failure = (code: string, summary: string, fix: string, evidence?: string): Problem => ({
  code: `mail/${code}`,
  severity: "error",
  summary,
  fix,
  ...(evidence === undefined || evidence === "" ? {} : { evidence }),
});

export const fieldWithControlCharacter = (attribute: string): Problem => ({
  ...failure(
    "line-break",
    `${attribute} contains a line break or another control character`,
    "Remove it: it would end the SMTP command or the header that the value is written into.",
  ),
  path: [attribute],
});

export const passwordMissing = (variable: string): Problem => ({
  ...failure(
    "password-missing",
    `The environment variable ${variable} is not set`,
    `Set ${variable} where Terraform runs, or remove \`username\` to probe without logging in.`,
  ),
  path: ["password_environment"],
});

export const caFileMissing = (path: string): Problem => ({
  ...failure(
    "ca-file-missing",
    `There is no file ${path}`,
    "Give the path as seen from where Terraform runs, or the PEM text itself.",
  ),
  path: ["ca_certificate"],
});

export const caUnreadable = (why: string): Problem => ({
  ...failure(
    "ca-unreadable",
    "ca_certificate holds no usable certificate",
    'Give certificates in PEM form, each between "-----BEGIN CERTIFICATE-----" and "-----END CERTIFICATE-----".',
    why,
  ),
  path: ["ca_certificate"],
});

export const noSuchHost = (host: string, why: string) =>
  failure(
    "no-such-host",
    `The name ${host} does not resolve`,
    "Check the spelling of `smtp_host`; if it is right, this machine's DNS does not know the name: use one that it knows, or the IP address.",
    why,
  );

export const resolverFailed = (host: string, why: string) =>
  failure(
    "resolver-failed",
    `The resolver gave no answer for ${host}`,
    "The DNS server of this machine did not answer or failed: check its network, then try again.",
    why,
  );

export const connectionRefused = (where: string) =>
  failure(
    "connection-refused",
    `${where} refused the connection (ECONNREFUSED)`,
    "Nobody listens there: check `smtp_port` and that the SMTP service runs; a firewall that rejects, rather than drops, looks the same.",
  );

/** `ms` undefined: it was the system that gave up. */
export const connectTimeout = (where: string, ms: number | undefined, declared: boolean | undefined) =>
  declared === false
    ? failure(
        "flow-not-declared",
        `timeout${ms === undefined ? "" : ` after ${ms} ms`} and no flow declared for ${where}`,
        `Declare an outbound flow for ${where}; the declared ones do not cover it.`,
      )
    : failure(
        "connect-timeout",
        `${where} did not answer${ms === undefined ? "" : ` within ${ms} ms`} (ETIMEDOUT)`,
        declared
          ? `A flow for ${where} is declared, so look further: is it delivered, does the firewall on the server's side let this machine in, and does this machine use that flow at all?`
          : `A firewall drops the packets: open an outbound flow for ${where}, and let this machine in on the server's side.`,
      );

export const unreachable = (where: string, code: string) =>
  failure(
    "unreachable",
    `There is no route to ${where} (${code})`,
    "Check the routing of this machine's network, and, if the address is IPv6, that it has IPv6 at all.",
  );

export const connectFailed = (where: string, why: string) =>
  failure("connect-failed", `The connection to ${where} failed`, "Check address, port and network.", why);

export const someAddressesFailed = (failed: string, remedy: string): Problem => ({
  ...failure("some-addresses-failed", failed, `Mail fails whenever the sender picks that address. ${remedy}`),
  severity: "warning",
});

export const notCoveredByFlow = (where: string): Problem => ({
  ...failure(
    "flow-not-declared",
    `no flow declared for ${where}`,
    `This machine gets through, the monitored platform will not: declare an outbound flow for ${where}.`,
  ),
  severity: "warning",
});

export const silent = (stage: string, ms: number) =>
  failure(
    "no-reply",
    `The server did not answer within ${ms} ms (${stage})`,
    "The server or something on the way is overloaded or swallows the traffic: try again, then look at the server's log.",
  );

export const silentBanner = (ms: number) =>
  failure(
    "no-banner",
    `The connection stands, but no greeting came within ${ms} ms`,
    'Is this an SMTP port? A port for implicit TLS stays silent too: then set security = "tls". Some servers make unknown clients wait.',
  );

export const tlsPort = (port: number) =>
  failure(
    "implicit-tls-port",
    `Port ${port} speaks TLS from the first byte and therefore sent no greeting`,
    'Set security = "tls", or use the port for STARTTLS (usually 587).',
  );

export const notSmtp = (said: string) =>
  failure("not-smtp", "What answers there is not an SMTP server", "Check `smtp_host` and `smtp_port`.", said);

export const brokenProtocol = (stage: string, what: string, said: string | undefined) =>
  failure(
    "protocol-violation",
    `The server broke the protocol (${stage}): ${what}`,
    "Something between here and the server may rewrite the traffic (an inspecting firewall): ask its owner to leave this connection alone.",
    said,
  );

export const hungUp = (stage: string, said: string | undefined) =>
  failure(
    "connection-closed",
    `The server closed the connection (${stage})`,
    "Servers hang up on clients they do not accept: check whether this machine's IP address is allowed, then the server's log.",
    said,
  );

export const connectionBroke = (stage: string, why: string) =>
  failure(
    "connection-broken",
    `The connection broke (${stage})`,
    "The server or a firewall on the way reset it: look at the logs of both.",
    why,
  );

export const interrupted = (stage: string) =>
  failure("interrupted", `Interrupted (${stage})`, "Run it again; nothing that follows was tried.");

export const outOfTime = (stage: string) =>
  failure(
    "out-of-time",
    `The time for all stages was used up (${stage})`,
    "Look for the slow stage above; raise `timeout_seconds` if the server is slow by nature.",
  );

export const startTlsNotOffered = (offered: string) =>
  failure(
    "starttls-not-offered",
    "The server offers no STARTTLS, and it is required",
    'Nothing was sent in the clear. Turn on TLS on the server; or use security = "tls" with its port (usually 465). A firewall that inspects SMTP may also hide the offer.',
    offered,
  );

export const downgraded = (offered: string): Problem => ({
  code: "mail/starttls-not-offered",
  severity: "warning",
  summary: "The server offers no STARTTLS, so mail and password would travel in plain text",
  fix: "Turn on TLS on the server, or use implicit TLS with its port (usually 465). A firewall that inspects SMTP may also hide the offer.",
  evidence: offered,
});

export const startTlsRefused = (said: string) =>
  failure(
    "starttls-refused",
    "The server offered STARTTLS and then refused it",
    "The server cannot use its certificate or key: repair its TLS settings and see its log.",
    said,
  );

export const injected = (said: string) =>
  failure(
    "starttls-injection",
    "Plain text followed the server's consent to STARTTLS",
    "Somebody on the way may be injecting replies, or the server is broken: do not send mail over this path until it is explained.",
    said,
  );

export const plainTextPort = (port: number) =>
  failure(
    "plain-text-port",
    `Port ${port} answers in plain text, not with TLS ("wrong version number")`,
    'Set security = "starttls" for this port, or use the port for implicit TLS (usually 465).',
  );

export const tlsVersion = (why: string) =>
  failure(
    "tls-version",
    "Server and client have no TLS version or cipher in common",
    "The server is too old: enable TLS 1.2 or newer there.",
    why,
  );

export const tlsFailed = (why: string) =>
  failure("tls-failed", "The TLS handshake failed", "See the server's TLS settings and log.", why);

export const certificateExpired = (since: string, chain: string) =>
  failure("certificate-expired", `The certificate expired on ${since}`, "Renew the server's certificate.", chain);

export const certificateNotYetValid = (from: string, chain: string) =>
  failure(
    "certificate-not-yet-valid",
    `The certificate is valid only from ${from}`,
    "Check this machine's clock, then the certificate.",
    chain,
  );

export const certificateSelfSigned = (chain: string) =>
  failure(
    "certificate-self-signed",
    "The certificate is self-signed",
    "If this is your server, give its certificate as `ca_certificate`; else install one of a known authority on it.",
    chain,
  );

export const certificateUnknownIssuer = (chain: string) =>
  failure(
    "certificate-unknown-issuer",
    "The certificate comes from an authority that is not trusted here",
    "Give your authority's certificate as `ca_certificate`; if it is a public one, the server does not send its intermediate certificates: install the full chain there.",
    chain,
  );

export const certificateWrongName = (host: string, names: string) =>
  failure(
    "certificate-wrong-name",
    `The certificate is not made for ${host}`,
    "Use one of the certificate's names as `smtp_host`, or have a certificate issued for this one.",
    names,
  );

export const certificateRejected = (code: string, chain: string) =>
  failure("certificate-rejected", `The certificate was not accepted (${code})`, "See the server's certificate.", chain);

export const certificateExpiresSoon = (days: number, on: string): Problem => ({
  ...failure(
    "certificate-expires-soon",
    `the certificate expires in ${days} days, on ${on}`,
    days < 30
      ? "Renew the server's certificate now: when it expires, no alert leaves."
      : "Plan the renewal of the server's certificate.",
  ),
  severity: "warning",
});

export const authNotOffered = (encrypted: boolean) =>
  failure(
    "auth-not-offered",
    "Credentials are configured, but the server offers no AUTH",
    encrypted
      ? "Remove `username` if the server needs no login; else use the submission port (usually 587), or enable authentication there."
      : 'Most servers offer AUTH only once the line is encrypted: set security = "starttls". If this one needs no login, remove `username`.',
  );

export const noCommonMechanism = (offered: readonly string[], ours: readonly string[]) =>
  failure(
    "no-common-mechanism",
    "The server offers no authentication mechanism that is supported here",
    `Enable one of ${ours.join(", ")} on the server, or use a server that offers one.`,
    `offered: ${offered.join(", ")}`,
  );

export const secondConnectionFailed = (problem: Problem): Problem => ({
  ...problem,
  summary: `The second connection, which carries the message, failed: ${problem.summary}`,
  fix: `The first one had just passed every stage to the login, so the server may limit connections. ${problem.fix}`,
});

export const effectUnknown = (why: string) =>
  failure(
    "effect-unknown",
    "The connection broke after the message was sent and before the server's answer",
    "Nobody can tell whether the server took the message: look for its id in the inbox or in the server's log, then test again.",
    why,
  );

export const tooLarge = (bytes: number, limit: number) =>
  failure(
    "message-too-large",
    `The test mail has ${bytes} bytes, the server takes ${limit}`,
    "Raise the server's size limit; a limit this low would also stop real alerts.",
  );

export const platformFailed = (system: string, why: string) =>
  failure(
    "platform-test-failed",
    `The test call of ${system} failed`,
    `See the settings and the log of ${system}.`,
    why,
  );

/** A refusal nobody has a better word for: class and meaning of its codes. */
export const refused = (stage: string, said: string, decoded: EnhancedCode | undefined, temporary: boolean) =>
  failure(
    temporary ? "refused-for-now" : "refused",
    `The server refused ${stage}${decoded ? ` (${decoded.meaning})` : ""}`,
    temporary
      ? "The refusal is temporary: test again in some minutes; if it stays, see the server's log."
      : "The refusal is permanent: see the server's words, and its log.",
    said,
  );

export const refusedBecause = (code: string, summary: string, fix: string, said: string) =>
  failure(code, summary, fix, said);
