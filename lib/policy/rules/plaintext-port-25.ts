import { remoteConnections, serverName } from "../connections";
import { failed, notApplicable, type Rule } from "../rule";

export const plaintextPort25: Rule = {
  id: "plaintext-port-25",
  title: "Port 25 is not used in plain text",
  severity: "error",
  why: "Port 25 is for mail between servers: in plain text it carries no login worth the name, is blocked by many networks, and what it sends is often refused or taken for spam.",
  fix: 'Submit on port 587 with `security` = "starttls", or on 465 with "tls". A relay in a trusted network can be acknowledged.',
  scope: "Everything that speaks SMTP on port 25; servers on the loopback interface are left alone.",
  see: "https://www.rfc-editor.org/rfc/rfc6409",
  check(topology) {
    const onPort25 = remoteConnections(topology).filter(({ smtp }) => smtp.port === 25);
    if (onPort25.length === 0) return notApplicable("nothing here uses port 25");
    return failed(
      onPort25
        .filter(({ smtp }) => smtp.security === "none")
        .map(({ address, smtp }) => ({ address, summary: `Mail to ${serverName(smtp)} is sent without encryption` })),
    );
  },
};
