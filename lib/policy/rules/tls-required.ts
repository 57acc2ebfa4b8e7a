import { remoteConnections, serverName } from "../connections";
import { judge, type Rule } from "../rule";

export const tlsRequired: Rule = {
  id: "tls-required",
  title: "Mail is sent encrypted",
  severity: "error",
  why: "Without TLS everybody on the way can read the alerts and the password, and change what arrives.",
  fix: 'Set `security` to "starttls" (usual on port 587) or "tls" (usual on 465).',
  scope:
    "Everything that speaks SMTP to another machine. Port 25 without encryption is left to `plaintext-port-25`; a server on the machine itself is left alone.",
  see: "https://www.rfc-editor.org/rfc/rfc8314",
  check: (topology) =>
    judge(
      remoteConnections(topology).filter(({ smtp }) => !(smtp.security === "none" && smtp.port === 25)),
      "nothing here speaks SMTP to another machine",
      ({ address, smtp }) => {
        if (smtp.security === "none")
          return { address, summary: `Mail to ${serverName(smtp)} is sent without encryption` };
        if (smtp.opportunistic !== true) return undefined;
        return {
          address,
          summary: `Mail to ${serverName(smtp)} goes on in plain text when the server offers no STARTTLS`,
          fix: "Use TLS from the first byte (port 465), or make sure that the server never drops STARTTLS and acknowledge this.",
        };
      },
    ),
};
