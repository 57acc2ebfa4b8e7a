import { connections, domainOf } from "../connections";
import { judge, type Rule } from "../rule";

export const senderMatchesAccount: Rule = {
  id: "sender-matches-account",
  title: "The sender is of the account's domain",
  severity: "warning",
  why: "Many servers refuse or replace a sender that the account does not own, and receivers reject mail whose domain its server does not speak for (SPF, DMARC).",
  fix: "Send from an address of the account's domain, or make sure that the server allows this sender and that its domain names the server in SPF and DKIM.",
  scope: "Everything that logs in by a mail address. Logins that are no address tell nothing of a domain.",
  see: "https://www.rfc-editor.org/rfc/rfc7489",
  check: (topology) =>
    judge(
      connections(topology).flatMap(({ address, smtp: { username, sender } }) => {
        const account = domainOf(username ?? "");
        const from = domainOf(sender ?? "");
        return account === undefined || from === undefined ? [] : [{ address, account, from }];
      }),
      "nothing here logs in by a mail address",
      ({ address, account, from }) =>
        within(from, account) || within(account, from)
          ? undefined
          : { address, summary: `The sender is of ${from}, the account of ${account}` },
    ),
};

/** `alerts.example.com` is within `example.com`: DMARC's relaxed alignment treats both as one. */
const within = (domain: string, of: string) => domain === of || domain.endsWith(`.${of}`);
