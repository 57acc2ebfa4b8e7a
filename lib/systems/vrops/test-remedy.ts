import type { ExplainServer } from "../../core/platform-test";
import { aboutSettings, prose, setting, whereTerraformRuns, type SettingReference } from "../../core/prose";
import type { TestRemedy } from "../kit/test-remedy";

/**
 * What prevents a mail client from getting a server's reply; the first match wins, failures early in a connection first. The
 * words are those of the Java mail client inside vROps.
 */
const REMEDIES: readonly (readonly [RegExp, TestRemedy])[] = [
  [
    /connect(?:ion)? timed out|connectexception(?:(?!connectexception).)*timed? ?out|no route to host|network is unreachable/i,
    {
      kind: "unreachable",
      summary: "vROps cannot reach the SMTP server: its packets get no answer",
      fix: "Open the flow from the platform to the server's address and port (outbound_ovh_vrops_flow at OVHcloud), and allow the platform's public address in the SMTP server's firewall.",
    },
  ],
  [
    /unknownhost|unknown smtp host|name or service not known|getaddrinfo|nodename nor servname/i,
    {
      kind: "unknown-host",
      summary: "vROps cannot resolve the SMTP server's name",
      fix: prose`Check ${setting("smtp_host")} for typing errors, and that the platform's DNS knows the name; an address works too.`,
    },
  ],
  [
    /connection refused|econnrefused/i,
    {
      kind: "refused",
      summary: "Nothing listens on the SMTP server's port",
      fix: prose`Check ${setting("smtp_port")}, and that the SMTP service is up.`,
    },
  ],
  [
    /no appropriate protocol|protocol_version|handshake_failure|unsupported protocol|cipher suites? in common|no cipher/i,
    {
      kind: "tls-version",
      summary: "vROps and the SMTP server have no TLS version or cipher in common",
      fix: "Let the server offer TLS 1.2 or 1.3 with its usual ciphers; the certificate has nothing to do with it.",
    },
  ],
  [
    /pkix|certification path|certificate|sslhandshake/i,
    {
      kind: "certificate",
      summary: "vROps does not trust the SMTP server's certificate",
      fix: prose`Set ${setting("trusted_certificate_thumbprint")} to the server's thumbprint, after comparing it with the server's own. When it is set already, the certificate was renewed, or the flow was closed when the plugin was made: replacing the plugin looks at it again${whereTerraformRuns(" (terraform apply -replace)")}.`,
    },
  ],
  [
    /unrecognized ssl message|plaintext connection|wrong version number|unsupported or unrecognized|response: -1\b/i,
    {
      kind: "security-mismatch",
      summary: "vROps and the SMTP server do not speak the same: one of them TLS, the other plaintext",
      fix: prose`Use ${setting("security", "tls")} on the port of implicit TLS (465), and ${setting("security", "starttls")} on the others (usually 587).`,
    },
  ],
  [
    /starttls is required but|does not support starttls|starttls(?:(?!starttls).)*not (?:supported|available|offered)/i,
    {
      kind: "no-starttls",
      summary: "The SMTP server does not offer STARTTLS",
      fix: prose`Use ${setting("security", "tls")} with the port of implicit TLS (465), or let the server offer STARTTLS.`,
    },
  ],
  [
    /read timed out|could not read|timed? ?out/i,
    {
      kind: "silent",
      summary: "The SMTP server answers the connection but says nothing",
      fix: prose`Port and security may not match: a server of implicit TLS (465) waits in silence for a client in plaintext. Use ${setting("security", "tls")} there, else look at the server.`,
    },
  ],
];

/** The names of a test mail's settings in a plugin; undefined where the plugin has none. */
function ofPlugin({ setting: name, value }: SettingReference): SettingReference | undefined {
  const attribute = ATTRIBUTES[name];
  return attribute === undefined ? undefined : setting(attribute, value);
}

const ATTRIBUTES: Readonly<Record<string, string>> = {
  smtp_host: "smtp_host",
  smtp_port: "smtp_port",
  security: "security",
  username: "username",
  password_wo: "password_wo",
  password_wo_version: "password_wo_version",
  from_address: "sender_address",
  to: "receivers",
};

/** The remedy for a failed test that vROps reports: by the server's words, else by those of the mail client. */
export function testRemedy(words: string, explainServer: ExplainServer): TestRemedy {
  const known = REMEDIES.find(([pattern]) => pattern.test(words))?.[1];
  if (known !== undefined && known.kind !== "silent") return known;
  const refusal = explainServer(words);
  if (refusal !== undefined) {
    return {
      kind: refusal.cause,
      summary: prose`The SMTP server refused vROps: ${aboutSettings(refusal.summary, ofPlugin)}`,
      fix: aboutSettings(refusal.fix, ofPlugin),
    };
  }
  return (
    known ?? {
      kind: "failed",
      summary: "vROps could not send its test mail",
      fix: "See the answer; the plugin's page under Outbound Settings and the vROps log say more.",
    }
  );
}
