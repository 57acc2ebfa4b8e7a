import type { Problem } from "../../core/problem";
import type { Attributes, SchemaCheck } from "../../terraform-plugin/schema";
import { isLoopback } from "../wire/loopback";
import * as errors from "./imap-errors";
import { imapPort, WAIT_SECONDS } from "./imap.schema";
import { DEFAULT_TIMEOUT_SECONDS } from "./connection.schema";

/** Checks of the mailbox against itself and against the rest of the test; what is not known yet is passed over. */

interface Known {
  readonly imap?: Readonly<Record<string, unknown>> | null;
  readonly to?: readonly string[] | null;
  readonly timeout_seconds?: number | null;
}

const check = <A extends Attributes>(
  describes: string,
  find: (imap: Readonly<Record<string, unknown>>, all: Known) => readonly (Problem | false | undefined)[],
): SchemaCheck<A> => ({
  describes,
  check(values) {
    const all = values as Known;
    return all.imap ? find(all.imap, all).filter((problem) => typeof problem === "object") : [];
  },
});

/** Nobody reads a mailbox without a password or a token. */
export const imapLogin = <A extends Attributes>() =>
  check<A>("`imap.password_wo` is given", ({ password_wo: password }) => [
    password === null && errors.imapPasswordMissing(),
  ]);

/** The mailbox is that of somebody whom the test mail is sent to. */
export const imapReceiver = <A extends Attributes>() =>
  check<A>("`imap.receiver` is one of `to`, and given when there are several", ({ receiver }, { to }) => {
    if (!Array.isArray(to)) return [];
    if (receiver === null) return [to.length > 1 && errors.receiverNotNamed(to)];
    return [
      typeof receiver === "string" && receiverAmong(to, receiver) === undefined && errors.notAReceiver(receiver, to),
    ];
  });

/** The wait ends with the whole test, so a longer one is a misunderstanding. */
export const imapWait = <A extends Attributes>() =>
  check<A>("warns when `imap.wait_seconds` does not fit into `timeout_seconds`", (imap, all) => {
    // Defaults have not been filled in yet.
    const { wait_seconds: wait = undefined } = imap;
    const { timeout_seconds: timeout = undefined } = all;
    if (wait === undefined || timeout === undefined) return [];
    const [waits, lasts] = [(wait ?? WAIT_SECONDS) as number, timeout ?? DEFAULT_TIMEOUT_SECONDS];
    return [waits >= lasts && errors.waitTooLong(waits, lasts)];
  });

/** What is legal but unlikely is a warning that explains itself. */
export const unusualImapPort = <A extends Attributes>() =>
  check<A>("warns when `imap.port` and `imap.security` do not usually go together", (imap) => {
    const { port, security, host } = imap;
    const effective = security === null ? "tls" : security;
    const number = port === null && typeof effective === "string" ? imapPort(effective) : port;
    return [
      number === 993 && effective === "starttls" && errors.imapPortSuggests(993, "starttls", "tls"),
      number === 993 && effective === "none" && errors.imapPortSuggests(993, "none", "tls"),
      number === 143 && effective === "tls" && errors.imapPortSuggests(143, "tls", "starttls"),
      effective === "none" && typeof host === "string" && !isLoopback(host) && errors.mailboxPasswordInClear(),
    ];
  });

/** Known of a mail service that many use. */
export const knownMailboxes = <A extends Attributes>(password = "imap.password_wo") =>
  check<A>("warns that Microsoft 365 wants an access token for IMAP", ({ host, access_token: token }) => [
    typeof host === "string" &&
      /^outlook\.office(365)?\.com$/i.test(host) &&
      token !== true &&
      token !== undefined &&
      errors.mailboxWantsToken(host, password),
  ]);

/** The receiver as `to` writes it: mailboxes do not distinguish capitals, and users do not either. */
export function receiverAmong(to: readonly string[], receiver: string): string | undefined {
  return to.find((one) => one === receiver) ?? to.find((one) => one.toLowerCase() === receiver.toLowerCase());
}
