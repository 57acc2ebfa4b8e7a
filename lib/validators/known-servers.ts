import type { Problem } from "../core/problem";
import type { Attributes, SchemaCheck } from "../terraform-plugin/schema";

/** How a resource calls what these checks look at. */
export interface ServerAttributes {
  readonly host: string;
  readonly port: string;
  readonly username: string;
  readonly sender: string;
  /** Names how to log in, where that can be said. */
  readonly mechanism: string;
}

const USUAL: ServerAttributes = {
  host: "smtp_host",
  port: "smtp_port",
  username: "username",
  sender: "sender_address",
  mechanism: "auth_mechanism",
};

export const isMicrosoft365 = (host: string) => /^smtp(-legacy)?\.office365\.com$/i.test(host);
const isGmail = (host: string) => /^smtp\.(gmail|googlemail)\.com$/i.test(host);

/** Warns of what is known about the mail services that many use: Microsoft 365 and Gmail. */
export function knownServers<A extends Attributes>(names: Partial<ServerAttributes> = {}): SchemaCheck<A> {
  const at = { ...USUAL, ...names };
  return {
    describes: "warns of what Microsoft 365 and Gmail are known to refuse, or will soon",
    check(values) {
      const {
        [at.host]: host,
        [at.port]: port,
        [at.username]: user,
        [at.sender]: sender,
        [at.mechanism]: mechanism,
      } = values as Record<string, unknown>;
      if (typeof host !== "string") return [];
      const problems: Problem[] = [];
      if (isMicrosoft365(host)) {
        if (typeof user === "string" && mechanism !== "XOAUTH2") problems.push(basicAuthEnds(at.host, host));
        if (port === 465 || port === 2525) problems.push(microsoft365Port(at.port, port));
      }
      if (isGmail(host) && typeof user === "string" && typeof sender === "string") {
        if (user.toLowerCase() !== sender.toLowerCase()) problems.push(gmailSender(at.sender, user, sender));
      }
      return problems;
    },
  };
}

/** @see https://techcommunity.microsoft.com/blog/exchange/updated-exchange-online-smtp-auth-basic-authentication-deprecation-timeline/4489835 */
const TIMELINE =
  "https://techcommunity.microsoft.com/blog/exchange/updated-exchange-online-smtp-auth-basic-authentication-deprecation-timeline/4489835";

/** @see https://learn.microsoft.com/exchange/mail-flow-best-practices/how-to-set-up-a-multifunction-device-or-application-to-send-email-using-microsoft-365-or-office-365 */
const CLIENT_SUBMISSION =
  "https://learn.microsoft.com/exchange/mail-flow-best-practices/how-to-set-up-a-multifunction-device-or-application-to-send-email-using-microsoft-365-or-office-365";

const warning = (code: string, path: string, rest: Omit<Problem, "code" | "severity" | "path">): Problem => ({
  code: `value/${code}`,
  severity: "warning",
  path: [path],
  ...rest,
});

const basicAuthEnds = (path: string, host: string) =>
  warning("microsoft-365-basic-auth", path, {
    summary: "Microsoft 365 is retiring SMTP logins by user name and password",
    got: host,
    expected: "a way of sending that does not log in by password after 2026",
    fix: "At the end of December 2026 Exchange Online switches them off by default for existing tenants (an administrator can switch them on again), newer tenants never have them, and in the second half of 2027 the date of the final removal is announced. Logins are then answered 550 5.7.30. OAuth (XOAUTH2) is spoken here by the test mail alone, by none of the platforms: plan a relay of your own, High Volume Email or Azure Communication Services.",
    evidence: `Microsoft, 27 January 2026: ${TIMELINE}`,
  });

const microsoft365Port = (path: string, port: number) =>
  warning("microsoft-365-port", path, {
    summary: `Microsoft 365 does not listen on port ${port}`,
    got: String(port),
    expected: "587 (or 25) with STARTTLS",
    fix: "Use port 587 with STARTTLS.",
    evidence: CLIENT_SUBMISSION,
  });

const gmailSender = (path: string, user: string, sender: string) =>
  warning("gmail-sender", path, {
    summary: "Gmail replaces a sender that is not an address of the account",
    got: `the login ${JSON.stringify(user)} and the sender ${JSON.stringify(sender)}`,
    fix: "Use the same address for both, or confirm the sender as an alias of that account in Gmail.",
  });
