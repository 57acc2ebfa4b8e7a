/** Enhanced mail system status codes in words. @see RFC 3463, RFC 5248 and the IANA registry */

export interface EnhancedCode {
  readonly class: "success" | "temporary" | "permanent";
  /** "security or policy: authentication credentials invalid" */
  readonly meaning: string;
}

const CLASSES = { "2": "success", "4": "temporary", "5": "permanent" } as const;

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

const DETAILS: Readonly<Record<string, string>> = {
  "1.0": "unspecified",
  "1.1": "no such mailbox",
  "1.2": "no such destination system",
  "1.3": "the mailbox address is malformed",
  "1.4": "the mailbox address is ambiguous",
  "1.5": "the mailbox address is valid",
  "1.6": "the mailbox has moved, no forwarding address",
  "1.7": "the sender's address is malformed",
  "1.8": "the sender's domain does not exist or takes no mail",
  "1.9": "relayed to a system that does not know enhanced codes",
  "1.10": "the receiver's domain takes no mail (null MX)",
  "2.0": "unspecified",
  "2.1": "the mailbox is disabled",
  "2.2": "the mailbox is full",
  "2.3": "the message is longer than the mailbox accepts",
  "2.4": "the mailing list cannot be expanded",
  "3.0": "unspecified",
  "3.1": "the mail system is full",
  "3.2": "the system accepts no messages at the moment",
  "3.3": "the system lacks a feature the message needs",
  "3.4": "the message is too big for the system",
  "3.5": "the system is misconfigured",
  "3.6": "the requested priority was changed",
  "4.0": "unspecified",
  "4.1": "the next host does not answer",
  "4.2": "the connection was lost",
  "4.3": "the directory server failed",
  "4.4": "no route to the next host",
  "4.5": "the system is congested",
  "4.6": "a routing loop",
  "4.7": "delivery took too long",
  "5.0": "unspecified",
  "5.1": "the command was not expected",
  "5.2": "the command was not understood",
  "5.3": "too many recipients",
  "5.4": "a command parameter is wrong",
  "5.5": "the wrong protocol version",
  "5.6": "the authentication exchange line is too long",
  "6.0": "unspecified",
  "6.1": "the media type is not supported",
  "6.2": "a conversion is needed but forbidden",
  "6.3": "a conversion is needed but not possible",
  "6.4": "converted with loss",
  "6.5": "the conversion failed",
  "6.6": "the content is not available",
  "6.7": "addresses outside ASCII are not supported",
  "7.0": "unspecified",
  "7.1": "delivery is not authorised",
  "7.2": "the mailing list does not take mail from this sender",
  "7.3": "a security conversion is needed but not possible",
  "7.4": "a security feature is not supported",
  "7.5": "a cryptographic failure",
  "7.6": "the cryptographic algorithm is not supported",
  "7.7": "message integrity failure",
  "7.8": "the credentials are invalid",
  "7.9": "the authentication mechanism is too weak",
  "7.10": "encryption is needed",
  "7.11": "the authentication mechanism needs encryption",
  "7.12": "a password transition is needed",
  "7.13": "the account is disabled",
  "7.14": "a trust relationship is needed",
  "7.15": "the priority is too low",
  "7.16": "the message is too big for its priority",
  "7.17": "the mailbox's owner has changed",
  "7.18": "the domain's owner has changed",
  "7.20": "no DKIM signature passed",
  "7.21": "no acceptable DKIM signature",
  "7.22": "no DKIM signature of the author's domain",
  "7.23": "SPF says this host may not send for the sender's domain",
  "7.24": "SPF could not be checked",
  "7.25": "the sending host has no valid reverse DNS entry",
  "7.26": "several authentication checks (SPF, DKIM, DMARC) failed",
  "7.27": "the sender's domain takes no mail (null MX)",
  "7.28": "too much mail of this kind",
  "7.29": "ARC validation failed",
  "7.30": "REQUIRETLS is needed",
};

/** The registry without the first digit: "7.8" to what it means. */
export const ENHANCED_MEANINGS: readonly (readonly [code: string, meaning: string])[] = Object.keys(DETAILS).map(
  (code) => [code, meaningOf(...(code.split(".") as [string, string]))],
);

/** Undefined when it is no enhanced code. Codes beyond the registry keep their class and subject. */
export function decodeEnhanced(code: string): EnhancedCode | undefined {
  const match = /^([245])\.(\d{1,3})\.(\d{1,3})$/.exec(code);
  if (!match) return undefined;
  const [, first, subject, detail] = match as unknown as [string, keyof typeof CLASSES, string, string];
  return { class: CLASSES[first], meaning: meaningOf(subject, detail) };
}

function meaningOf(subject: string, detail: string): string {
  const about = SUBJECTS[subject] ?? `subject ${subject}`;
  const known = DETAILS[`${subject}.${detail}`];
  return known === undefined || known === "unspecified" ? about : `${about}: ${known}`;
}
