import type { ExplainServer } from "../../core/platform-test";
import { aboutSettings, prose, setting, type SettingReference } from "../../core/prose";
import type { TestRemedy } from "../kit/test-remedy";

/**
 * What prevents a mail client from getting a server's reply; the first match wins, failures early in a connection first. The
 * words are those of the .NET runtime inside UiPath.
 */
const REMEDIES: readonly (readonly [RegExp, TestRemedy])[] = [
  [
    /no such host|host is (?:un)?known|name or service not known|could not be resolved/i,
    {
      kind: "unknown-host",
      summary: "UiPath cannot resolve the SMTP server's name",
      fix: prose`Check ${setting("smtp_host")} for typing errors, and that the name can be resolved where UiPath runs.`,
    },
  ],
  [
    /actively refused|connection refused/i,
    {
      kind: "refused",
      summary: "Nothing listens on the SMTP server's port",
      fix: prose`Check ${setting("smtp_port")}, and that the SMTP service is up.`,
    },
  ],
  [
    /did not properly respond|operation (?:has )?timed? ?out|timed? ?out\.?$|unreachable|no route/i,
    {
      kind: "unreachable",
      summary: "UiPath cannot reach the SMTP server: its packets get no answer",
      fix: prose`Let UiPath's addresses through to the server and port. UiPath cloud sends from UiPath's own addresses, an installation of your own from its servers; port 465 with ${setting("enable_ssl", "false")} ends like this too.`,
    },
  ],
  [
    /revocationstatusunknown|revocation (?:status|function|server)/i,
    {
      kind: "revocation",
      summary: "UiPath could not find out whether the SMTP server's certificate is revoked",
      fix: "Open port 80 from UiPath to the revocation lists (CRL, OCSP) that the certificate names: without them it trusts no certificate.",
    },
  ],
  [
    /net_io_connectionclosed|unable to read data from the transport connection|connection was (?:forcibly )?closed/i,
    {
      kind: "connection-closed",
      summary: "The SMTP server closed the connection to UiPath",
      fix: prose`Use 587 with ${setting("enable_ssl", "true")}: a port of implicit TLS (465) hangs up on a client that begins in plaintext. Else let the server take mail from UiPath's addresses; some hang up on a wrong login, too.`,
    },
  ],
  [
    /certificate/i,
    {
      kind: "certificate",
      summary: "UiPath does not trust the SMTP server's certificate",
      fix: prose`The server needs a certificate of a well-known authority for the very name in ${setting("smtp_host")}; in an installation of your own, the authority can be installed in the operating system.`,
    },
  ],
  [
    /ssl or tls connection|handshake|does not support secure/i,
    {
      kind: "security-mismatch",
      summary: "UiPath and the SMTP server do not agree on encryption",
      fix: prose`Use 587 with ${setting("enable_ssl", "true")} (STARTTLS), or 465 with ${setting("enable_ssl", "true")} (TLS from the first byte). An installation without access to the internet needs port 80 open as well, to the certificate's revocation lists: without them UiPath ends the handshake.`,
    },
  ],
];

/** The names of a test mail's settings in UiPath's mail settings; undefined where UiPath has none. */
function ofMailSettings({ setting: name, value }: SettingReference): SettingReference | undefined {
  // The alternative to STARTTLS depends on the release and the port, and has no name.
  if (name === "security" && value === "tls") return undefined;
  if (name === "security") return setting("enable_ssl", value && String(value !== "none"));
  const attribute = ATTRIBUTES[name];
  return attribute === undefined ? undefined : setting(attribute, value);
}

const ATTRIBUTES: Readonly<Record<string, string>> = {
  smtp_host: "smtp_host",
  smtp_port: "smtp_port",
  username: "username",
  password_wo: "password_wo",
  password_wo_version: "password_wo_version",
  from_address: "sender_address",
};

/** .NET's own summary of any refusal before a login, which names two causes. */
const EITHER = /requires a secure connection or the client was not authenticated/i;

/** The remedy for a failed test that UiPath reports: by the server's words, else by those of the mail client. */
export function testRemedy(words: string, explainServer: ExplainServer): TestRemedy {
  const known = REMEDIES.find(([pattern]) => pattern.test(words))?.[1];
  if (known !== undefined) return known;
  const refusal = explainServer(words);
  if (refusal !== undefined) {
    return {
      kind: refusal.cause,
      summary: prose`The SMTP server refused UiPath: ${aboutSettings(refusal.summary, ofMailSettings)}`,
      fix: aboutSettings(refusal.fix, ofMailSettings),
    };
  }
  if (EITHER.test(words)) {
    return {
      kind: "login-required",
      summary: "The SMTP server wants TLS or a login first",
      fix: prose`Set ${setting("enable_ssl", "true")}, then ${setting("username")} and ${setting("password_wo")}; raise ${setting("password_wo_version")} so that UiPath gets the password again.`,
    };
  }
  return {
    kind: "failed",
    summary: "UiPath could not send its test mail",
    fix: "See the answer; the direct test of the same server usually says more.",
  };
}
