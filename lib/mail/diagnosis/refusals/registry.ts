import type { Cause } from "./cause";
import * as causes from "./causes";
import type { Row, RowSource } from "./row";

/** A code of the IANA registry "SMTP Enhanced Status Codes", for any class. */
export interface RegisteredCode {
  /** "x.7.8" */
  readonly code: string;
  /** The meaning in this package's words. */
  readonly meaning: string;
  /** The cause when it is a refusal. */
  readonly cause: Cause;
  /** The cause for class 4, where it differs. */
  readonly temporary?: Cause;
  /** It names only a family: words are more precise. */
  readonly vague?: boolean;
  readonly source: RowSource;
}

const SUBJECTS: Readonly<Record<string, string>> = {
  "0": "other",
  "1": "address",
  "2": "mailbox",
  "3": "mail system",
  "4": "network or routing",
  "5": "protocol",
  "6": "content",
  "7": "security or policy",
};

type Line = readonly [code: string, meaning: string, cause: Cause, more?: Partial<Omit<RegisteredCode, "code">>];

const { refused, refusedForNow } = causes;
const vague = { vague: true } as const;
/** A code that names only a family. */
const family = { vague: true, temporary: refusedForNow } as const;
const of = (source: RowSource) => ({ source }) as const;

const LINES: readonly Line[] = [
  ["0.0", "unspecified", refused, family],

  ["1.0", "unspecified", causes.noSuchMailbox, family],
  ["1.1", "no such mailbox", causes.noSuchMailbox],
  ["1.2", "no such destination system", causes.noSuchDomain],
  ["1.3", "the mailbox address is malformed", causes.addressRefused],
  ["1.4", "the mailbox address is ambiguous", causes.addressAmbiguous],
  ["1.5", "the mailbox address is valid", refused, family],
  ["1.6", "the mailbox has moved, no forwarding address", causes.mailboxMoved],
  ["1.7", "the sender's address is malformed", causes.senderMalformed],
  ["1.8", "the sender's domain does not exist or takes no mail", causes.senderDomainUnknown],
  ["1.9", "relayed to a system that does not know enhanced codes", refused, { ...family, ...of("RFC 3886") }],
  ["1.10", "the receiver's domain takes no mail (null MX)", causes.receiverNullMx, of("RFC 7505")],

  ["2.0", "unspecified", refused, family],
  ["2.1", "the mailbox is disabled", causes.mailboxDisabled, { temporary: causes.mailboxUnavailable }],
  ["2.2", "the mailbox is full", causes.mailboxFull],
  ["2.3", "the message is longer than the mailbox accepts", causes.messageTooLarge],
  ["2.4", "the mailing list cannot be expanded", causes.listNotExpanded],

  ["3.0", "unspecified", causes.serverError, vague],
  ["3.1", "the mail system is full", causes.serverFull],
  ["3.2", "the system accepts no messages at the moment", causes.serviceUnavailable, vague],
  ["3.3", "the system lacks a feature the message needs", causes.featureMissing],
  ["3.4", "the message is too big for the system", causes.messageTooLarge],
  ["3.5", "the system is misconfigured", causes.serverMisconfigured],
  ["3.6", "the requested priority was changed", causes.priorityRefused, of("RFC 6710")],

  ["4.0", "unspecified", causes.noRoute, vague],
  ["4.1", "the next host does not answer", causes.noRoute, vague],
  ["4.2", "the connection was lost", causes.connectionTimedOut],
  ["4.3", "the directory server failed", causes.directoryUnavailable],
  ["4.4", "no route to the next host", causes.noRoute],
  ["4.5", "the system is congested", causes.rateLimited, vague],
  ["4.6", "a routing loop", causes.mailLoop, vague],
  ["4.7", "delivery took too long", causes.noRoute],

  ["5.0", "unspecified", causes.protocolRefused, vague],
  ["5.1", "the command was not expected", causes.protocolRefused, vague],
  ["5.2", "the command was not understood", causes.protocolRefused, vague],
  ["5.3", "too many recipients", causes.tooManyReceivers],
  ["5.4", "a command parameter is wrong", causes.protocolRefused, vague],
  ["5.5", "the wrong protocol version", causes.protocolRefused],
  ["5.6", "the authentication exchange line is too long", causes.mechanismRefused, of("RFC 4954")],

  ["6.0", "unspecified", causes.contentRefused, vague],
  ["6.1", "the media type is not supported", causes.contentNotSupported],
  ["6.2", "a conversion is needed but forbidden", causes.contentNotSupported],
  ["6.3", "a conversion is needed but not possible", causes.contentNotSupported],
  ["6.4", "converted with loss", causes.contentNotSupported],
  ["6.5", "the conversion failed", causes.contentNotSupported],
  ["6.6", "the content is not available", causes.contentNotSupported, of("RFC 4468")],
  [
    "6.7",
    "addresses outside ASCII are not permitted for this sender or receiver",
    causes.smtpUtf8Needed,
    of("RFC 6531"),
  ],
  [
    "6.8",
    "the server would have to answer in UTF-8, which the client has not allowed",
    causes.smtpUtf8Needed,
    of("RFC 6531"),
  ],
  ["6.9", "a header in UTF-8 cannot be passed on to a receiver", causes.smtpUtf8Needed, of("RFC 6531")],
  ["6.10", "as x.6.8, which has taken its place", causes.smtpUtf8Needed, of("RFC 6531")],

  ["7.0", "unspecified", refused, family],
  [
    "7.1",
    "delivery is not authorised",
    causes.receiverRefusedByPolicy,
    { vague: true, temporary: causes.policyFailed },
  ],
  ["7.2", "the mailing list does not take mail from this sender", causes.receiverRestricted],
  ["7.3", "a security conversion is needed but not possible", causes.securityUnsupported, vague],
  ["7.4", "a security feature is not supported", causes.securityUnsupported, vague],
  ["7.5", "a cryptographic failure", causes.securityUnsupported],
  ["7.6", "the cryptographic algorithm is not supported", causes.securityUnsupported],
  ["7.7", "message integrity failure", causes.securityUnsupported],
  [
    "7.8",
    "the credentials are invalid",
    causes.loginRefused,
    { temporary: causes.loginUnavailable, ...of("RFC 4954") },
  ],
  ["7.9", "the authentication mechanism is too weak", causes.mechanismTooWeak, of("RFC 4954")],
  ["7.10", "encryption is needed", causes.encryptionRequired, of("RFC 5248")],
  ["7.11", "the authentication mechanism needs encryption", causes.encryptionRequired, of("RFC 4954")],
  ["7.12", "a password transition is needed", causes.passwordTransition, of("RFC 4954")],
  ["7.13", "the account is disabled", causes.accountDisabled, of("RFC 5248")],
  ["7.14", "a trust relationship is needed", causes.directSendRefused, of("RFC 5248")],
  ["7.15", "the priority is too low", causes.priorityRefused, of("RFC 6710")],
  ["7.16", "the message is too big for its priority", causes.priorityRefused, of("RFC 6710")],
  ["7.17", "the mailbox's owner has changed", causes.mailboxMoved, of("RFC 7293")],
  ["7.18", "the domain's owner has changed", causes.mailboxMoved, of("RFC 7293")],
  ["7.19", "whether the owner has changed cannot be told", causes.policyFailed, of("RFC 7293")],
  ["7.20", "no DKIM signature passed", causes.senderNotAuthenticated, of("RFC 7372")],
  ["7.21", "no acceptable DKIM signature", causes.senderNotAuthenticated, of("RFC 7372")],
  ["7.22", "no DKIM signature of the author's domain", causes.senderNotAuthenticated, of("RFC 7372")],
  ["7.23", "SPF says this host may not send for the sender's domain", causes.senderNotAuthenticated, of("RFC 7372")],
  ["7.24", "SPF could not be checked", causes.senderNotAuthenticated, of("RFC 7372")],
  ["7.25", "the sending host has no valid reverse DNS entry", causes.clientWithoutName, of("RFC 7372")],
  ["7.26", "several authentication checks (SPF, DKIM, DMARC) failed", causes.senderNotAuthenticated, of("RFC 7372")],
  ["7.27", "the sender's domain takes no mail (null MX)", causes.senderNullMx, of("RFC 7505")],
  ["7.28", "too much mail of this kind", causes.mailFlood],
  ["7.29", "ARC validation failed", causes.senderNotAuthenticated, of("RFC 8617")],
  ["7.30", "REQUIRETLS is needed", causes.requireTlsUnsupported, of("RFC 8689")],
];

/** In the order of the registry. */
export const REGISTERED_CODES: readonly RegisteredCode[] = LINES.map(([code, meaning, cause, more]) => ({
  code: `x.${code}`,
  meaning: inFull(code, meaning),
  cause,
  source: "RFC 3463",
  ...more,
}));

function inFull(code: string, meaning: string): string {
  const about = SUBJECTS[code.split(".")[0]!]!;
  return meaning === "unspecified" ? about : `${about}: ${meaning}`;
}

/**
 * The meaning of a code in plain words; `undefined` for an invalid one. Codes beyond the registry keep their family's
 * meaning.
 */
export function meaningOf(enhanced: string): string | undefined {
  const match = /^[245]\.((\d{1,3})\.\d{1,3})$/.exec(enhanced);
  if (!match) return undefined;
  const registered = REGISTERED_CODES.find(({ code }) => code === `x.${match[1]}`);
  return registered?.meaning ?? SUBJECTS[match[2]!] ?? `subject ${match[2]}`;
}

/** One row for each code; two where its classes differ. */
export const registryRows: readonly Row[] = REGISTERED_CODES.flatMap(({ code, cause, temporary, vague, source }) => {
  const row = (id: string, enhanced: string, meant: Cause): Row => ({
    id,
    cause: meant,
    when: { enhanced: [enhanced] },
    ...(vague ? { vague } : {}),
    source: source.startsWith("RFC") ? source : "IANA registry",
    examples: [],
  });
  if (temporary === undefined) return [row(code, code, cause)];
  return [
    row(code.replace("x", "5"), code.replace("x", "5"), cause),
    row(code.replace("x", "4"), code.replace("x", "4"), temporary),
  ];
});
