import { sameIgnoringCase } from "../../core/ignoring-case";
import type { Problem } from "../../core/problem";
import type { Attributes, SchemaCheck } from "../../terraform-plugin/schema";
import { isLoopback } from "../wire/loopback";
import type { MailboxPath } from "./imap-errors";
import {
  imapPasswordMissing,
  imapPortSuggests,
  mailboxPasswordInClear,
  mailboxWantsToken,
  notAReceiver,
  receiverNotNamed,
  secondMailbox,
  sharedMailbox,
  waitTooLong,
} from "./imap-errors";
import { imapPort, WAIT_SECONDS } from "./imap.schema";
import { DEFAULT_TIMEOUT_SECONDS } from "./connection.schema";

/** Checks of the mailboxes and their relation to the rest of the test; unknown values are skipped. */

type Imap = Readonly<Record<string, unknown>>;

interface Known {
  readonly imap?: Imap | null;
  readonly more_mailboxes?: readonly (Imap | undefined)[] | null;
  readonly to?: readonly string[] | null;
  readonly timeout_seconds?: number | null;
}

interface Declared {
  readonly imap: Imap;
  readonly at: MailboxPath;
}

/** Every mailbox with its setting. */
function declaredIn({ imap, more_mailboxes: more }: Known): readonly Declared[] {
  const first: Declared[] = imap ? [{ imap, at: ["imap"] }] : [];
  const others = (more ?? []).flatMap((one, index): Declared[] =>
    one ? [{ imap: one, at: ["more_mailboxes", index] }] : [],
  );
  return [...first, ...others];
}

const check = <A extends Attributes>(
  describes: string,
  find: (imap: Imap, all: Known, at: MailboxPath) => readonly (Problem | false | undefined)[],
): SchemaCheck<A> => ({
  describes,
  check(values) {
    const all = values as Known;
    return declaredIn(all)
      .flatMap(({ imap, at }) => find(imap, all, at))
      .filter((problem) => typeof problem === "object");
  },
});

/** A mailbox needs a password or a token. */
export const imapLogin = <A extends Attributes>() =>
  check<A>("`password_wo` of each mailbox is given", ({ password_wo: password }, _, at) => [
    password === null && imapPasswordMissing(at),
  ]);

/** The owner of the mailbox must be a receiver of the test mail. */
export const imapReceiver = <A extends Attributes>() =>
  check<A>(
    "`receiver` of each mailbox is one of `to`, and given when there are several",
    ({ receiver }, { to }, at) => {
      if (!Array.isArray(to)) return [];
      if (receiver === null) return [to.length > 1 && receiverNotNamed(at, to)];
      return [
        typeof receiver === "string" && receiverAmong(to, receiver) === undefined && notAReceiver(at, receiver, to),
      ];
    },
  );

/** A second mailbox of one receiver proves nothing more; a mailbox of two receivers cannot show whose mail is in it. */
export const oneMailboxEach = <A extends Attributes>(): SchemaCheck<A> => ({
  describes: "each receiver has one mailbox, and each mailbox one receiver",
  check(values) {
    const all = values as Known;
    const mailboxes = declaredIn(all);
    return mailboxes.flatMap(({ imap, at }, index) => {
      const before = mailboxes.slice(0, index);
      const receiver = receiverOf(imap, all);
      const twin = receiver && before.find((one) => sameText(receiverOf(one.imap, all), receiver));
      if (receiver && twin) return [secondMailbox(at, receiver, twin.at)];
      const shared = before.find((one) => ["host", "username"].every((name) => sameText(one.imap[name], imap[name])));
      return shared === undefined ? [] : [sharedMailbox(at, shared.at)];
    });
  },
});

/** Undefined while it is not known, or where another check reports it as missing. */
function receiverOf({ receiver }: Imap, { to }: Known): string | undefined {
  if (typeof receiver === "string") return receiver;
  return receiver === null && to?.length === 1 ? to[0] : undefined;
}

const sameText = (a: unknown, b: unknown) => typeof a === "string" && typeof b === "string" && sameIgnoringCase(a, b);

/** The wait ends with the whole test, so a longer one is a misunderstanding. */
export const imapWait = <A extends Attributes>() =>
  check<A>("warns when `wait_seconds` of a mailbox does not fit into `timeout_seconds`", (imap, all, at) => {
    // Defaults are not filled in yet.
    const { wait_seconds: wait = undefined } = imap;
    const { timeout_seconds: timeout = undefined } = all;
    if (wait === undefined || timeout === undefined) return [];
    const [waits, lasts] = [(wait ?? WAIT_SECONDS) as number, timeout ?? DEFAULT_TIMEOUT_SECONDS];
    return [waits >= lasts && waitTooLong(at, waits, lasts)];
  });

/** A legal but unlikely port is a warning. */
export const unusualImapPort = <A extends Attributes>() =>
  check<A>("warns when `port` and `security` of a mailbox do not usually go together", (imap, _, at) => {
    const { port, security, host } = imap;
    const effective = security === null ? "tls" : security;
    const number = port === null && typeof effective === "string" ? imapPort(effective) : port;
    return [
      number === 993 && effective === "starttls" && imapPortSuggests(at, 993, "starttls", "tls"),
      number === 993 && effective === "none" && imapPortSuggests(at, 993, "none", "tls"),
      number === 143 && effective === "tls" && imapPortSuggests(at, 143, "tls", "starttls"),
      effective === "none" && typeof host === "string" && !isLoopback(host) && mailboxPasswordInClear(at),
    ];
  });

/** Facts about mail services that many use. */
export const knownMailboxes = <A extends Attributes>(
  password: "password_wo" | "password_environment" = "password_wo",
) =>
  check<A>("warns that Microsoft 365 wants an access token for IMAP", ({ host, access_token: token }, _, at) => [
    typeof host === "string" &&
      /^outlook\.office(365)?\.com$/i.test(host) &&
      token !== true &&
      token !== undefined &&
      mailboxWantsToken(at, host, password),
  ]);

/** The receiver as `to` writes it: mailboxes ignore case, and so do users. */
export function receiverAmong(to: readonly string[], receiver: string): string | undefined {
  return to.find((one) => one === receiver) ?? to.find((one) => sameIgnoringCase(one, receiver));
}
