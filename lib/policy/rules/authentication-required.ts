import { remoteConnections, serverName } from "../connections";
import { judge, type Rule } from "../rule";

export const authenticationRequired: Rule = {
  id: "authentication-required",
  title: "Senders log in",
  severity: "warning",
  why: "A server that relays without a login decides by the address the mail comes from: whoever shares that address can send as you, and a changed address silences the alerts.",
  fix: "Give the server a `login` (user and password). A relay that is meant to trust the network can be acknowledged.",
  scope: "Everything that speaks SMTP to another machine.",
  see: "https://www.rfc-editor.org/rfc/rfc4954",
  check: (topology) =>
    judge(remoteConnections(topology), "nothing here speaks SMTP to another machine", ({ address, smtp }) =>
      smtp.login === false ? { address, summary: `Mail to ${serverName(smtp)} is sent without a login` } : undefined,
    ),
};
