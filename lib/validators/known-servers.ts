import type { Problem } from "../core/problem";
import type { Attributes, SchemaCheck } from "../terraform-plugin/schema";
import { rulesOfHost, type Form } from "./mail-providers";

/** The names of the attributes that these checks examine. */
export interface ServerAttributes {
  readonly host: string;
  readonly port: string;
  readonly username: string;
  readonly password: string;
  readonly sender: string;
  /** The attribute for the Windows domain of the login, where there is one. */
  readonly domain: string;
  /** The attribute for the login mechanism, where there is one. */
  readonly mechanism: string;
}

const USUAL: ServerAttributes = {
  host: "smtp_host",
  port: "smtp_port",
  username: "username",
  password: "password_wo",
  sender: "sender_address",
  domain: "domain",
  mechanism: "auth_mechanism",
};

/**
 * The date on which Exchange Online switches off logins by user name and password by default.
 *
 * @see
 * https://techcommunity.microsoft.com/blog/exchange/updated-exchange-online-smtp-auth-basic-authentication-deprecation-timeline/4489835
 */
export const MICROSOFT_365_PASSWORDS_OFF = "2026-12-31T00:00:00.000Z";

export const isMicrosoft365 = (host: string) => /^smtp(-legacy)?\.office365\.com$/i.test(host);
const isGmail = (host: string) => /^smtp\.(gmail|googlemail)\.com$/i.test(host);

/**
 * Warns where a declared server belongs to a known mail service, and the declaration is not what that service accepts. These
 * are only warnings: a service may change before this table does.
 */
export function knownServers<A extends Attributes>(names: Partial<ServerAttributes> = {}): SchemaCheck<A> {
  const at = { ...USUAL, ...names };
  return {
    describes: "warns of what the mail service, where it is a known one, refuses, or will soon",
    check(values) {
      const {
        [at.host]: host,
        [at.port]: port,
        [at.username]: user,
        [at.password]: password,
        [at.sender]: sender,
        [at.domain]: domain,
        [at.mechanism]: mechanism,
      } = values as Record<string, unknown>;
      if (typeof host !== "string") return [];
      const rules = rulesOfHost(host);
      if (rules === undefined) return [];
      const token = mechanism === "XOAUTH2";
      const problems: Problem[] = [];
      if (typeof port === "number" && !(port in rules.ports)) problems.push(otherPort(at.port, port, rules));
      if (rules.wantsLogin && user === null) problems.push(noLogin(at.username, host, rules));
      if (typeof user === "string" && rules.user && !rules.user.pattern.test(user)) {
        problems.push(otherUser(at.username, user, rules, rules.user));
      }
      if (typeof password === "string" && !token && rules.password && !rules.password.pattern.test(password)) {
        problems.push(otherPassword(at.password, rules, rules.password));
      }
      if (typeof domain === "string" && domain !== "") problems.push(windowsDomain(at.domain, domain, rules));
      if (isMicrosoft365(host) && typeof user === "string" && !token) problems.push(basicAuthEnds(at.host, host));
      if (isGmail(host) && typeof user === "string" && typeof sender === "string") {
        if (user.toLowerCase() !== sender.toLowerCase()) problems.push(gmailSender(at.sender, user, sender));
      }
      return problems;
    },
  };
}

type Rules = NonNullable<ReturnType<typeof rulesOfHost>>;

const TITLES = { tls: "TLS from the first byte", starttls: "STARTTLS" } as const;

/** Lists the ports of a provider: "465 (TLS from the first byte) or 587 (STARTTLS)". */
function portsOf({ ports }: Rules): string {
  return Object.entries(ports)
    .map(([port, encryption]) => `${port} (${TITLES[encryption]})`)
    .join(" or ");
}

/** @see https://techcommunity.microsoft.com/blog/exchange/updated-exchange-online-smtp-auth-basic-authentication-deprecation-timeline/4489835 */
const TIMELINE =
  "https://techcommunity.microsoft.com/blog/exchange/updated-exchange-online-smtp-auth-basic-authentication-deprecation-timeline/4489835";

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

const otherPort = (path: string, port: number, rules: Rules) =>
  warning("mail-service-port", path, {
    summary: `${rules.provider} does not listen on port ${port}`,
    got: String(port),
    expected: portsOf(rules),
    fix: `Use port ${portsOf(rules)}.`,
    evidence: rules.page,
  });

const noLogin = (path: string, host: string, rules: Rules) =>
  warning("mail-service-login", path, {
    summary: `${rules.provider} takes no mail without a login`,
    got: `${host}, and no user`,
    expected: rules.user === undefined ? "a user and a password" : `a user (${rules.user.is}) and a password`,
    fix: `Add user and password of the account at ${rules.provider} that sends.`,
    evidence: rules.page,
  });

const otherUser = (path: string, user: string, rules: Rules, form: Form) =>
  warning("mail-service-user", path, {
    summary: `${rules.provider} knows no user of this form`,
    got: JSON.stringify(user),
    expected: form.is,
    fix: `Give as user ${form.is}.`,
    evidence: rules.page,
  });

/** The message never quotes the password. */
const otherPassword = (path: string, rules: Rules, form: Form) =>
  warning("mail-service-password", path, {
    summary: `This cannot be a password that ${rules.provider} takes for SMTP`,
    expected: form.is,
    fix: `Give as password ${form.is}.`,
    evidence: rules.page,
  });

const windowsDomain = (path: string, domain: string, rules: Rules) =>
  warning("mail-service-domain", path, {
    summary: `${rules.provider} has no Windows domains, and refuses a login with one`,
    got: JSON.stringify(domain),
    expected: "no domain",
    fix: "Leave the domain out.",
    evidence: rules.page,
  });

const gmailSender = (path: string, user: string, sender: string) =>
  warning("gmail-sender", path, {
    summary: "Gmail replaces a sender that is not an address of the account",
    got: `the login ${JSON.stringify(user)} and the sender ${JSON.stringify(sender)}`,
    fix: "Use the same address for both, or confirm the sender as an alias of that account in Gmail.",
  });
