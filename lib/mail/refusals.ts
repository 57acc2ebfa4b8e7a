import type { Problem } from "../core/problem";
import { decodeEnhanced } from "./enhanced-codes";
import { refused, refusedBecause } from "./errors";
import type { Reply } from "./reply";

/** Where a reply was received; the same code means different things at different places. */
export type RefusalStage = "banner" | "EHLO" | "AUTH" | "MAIL" | "RCPT" | "DATA";

interface Refusal {
  readonly stages?: readonly RefusalStage[];
  readonly codes?: readonly number[];
  /** Tested against the enhanced code. */
  readonly enhanced?: RegExp;
  /** Tested against the server's words. */
  readonly words?: RegExp;
  readonly code: string;
  readonly summary: string;
  readonly fix: string;
}

/** The first that fits is taken, so the particular stands before the general. */
const REFUSALS: readonly Refusal[] = [
  {
    codes: [530, 538],
    words: /STARTTLS|encrypt|TLS/i,
    code: "encryption-required",
    summary: "The server wants an encrypted connection first",
    fix: 'Set security = "starttls" (or "tls" with its own port).',
  },
  {
    codes: [523, 538],
    code: "encryption-required",
    summary: "The server wants an encrypted connection for this mechanism",
    fix: 'Set security = "starttls" (or "tls" with its own port).',
  },
  {
    codes: [530],
    code: "login-required",
    summary: "The server wants a login first",
    fix: "Set `username` and its password, or have this machine's IP address allowed to send without.",
  },
  {
    stages: ["banner", "EHLO"],
    codes: [554, 521, 550, 571],
    code: "client-refused",
    summary: "The server takes no mail from this machine",
    fix: "Have this machine's public IP address allowed on the server, and check whether it is on a block list.",
  },
  {
    codes: [421],
    code: "service-unavailable",
    summary: "The server ends the session: it is busy, shutting down, or limits this client",
    fix: "Temporary: test again in some minutes; if it stays, ask for the connection limit of this machine's IP address to be raised.",
  },
  {
    stages: ["AUTH"],
    codes: [454],
    code: "login-unavailable",
    summary: "The server cannot check logins at the moment",
    fix: "Temporary: its user directory does not answer; test again in some minutes, then look at the server.",
  },
  {
    stages: ["AUTH"],
    codes: [535, 550],
    enhanced: /^5\.7\.(139|57)$/,
    code: "login-disabled",
    summary: "The mailbox may not log in by SMTP with a password",
    fix: "Enable authenticated SMTP for this mailbox, or use a relay that takes a password.",
  },
  {
    stages: ["AUTH"],
    codes: [534],
    code: "mechanism-too-weak",
    summary: "The server wants a stronger login than user and password",
    fix: "Create an application password for this account (accounts with a second factor need one), or a service account.",
  },
  {
    stages: ["AUTH"],
    codes: [525],
    code: "account-disabled",
    summary: "The account is disabled",
    fix: "Have the account enabled again, or use another one.",
  },
  {
    stages: ["AUTH"],
    codes: [535],
    code: "login-refused",
    summary: "The server refused user and password",
    fix: "Check `username` (some servers want the whole address) and the password, and raise `password_wo_version` after changing it; an account may also be locked or need an application password.",
  },
  {
    stages: ["AUTH"],
    codes: [504, 501, 503],
    code: "mechanism-refused",
    summary: "The server does not accept the mechanism that it offered",
    fix: "See the server's authentication settings; it may accept logins only on its submission port (usually 587).",
  },
  {
    stages: ["MAIL", "RCPT", "DATA"],
    enhanced: /^5\.7\.2[0-7]$/,
    code: "sender-not-authenticated",
    summary: "The sender's domain does not authorise this server (SPF, DKIM or DMARC)",
    fix: "Publish this server in the sender domain's SPF record and sign with DKIM, or use a sender address of a domain that does.",
  },
  {
    stages: ["DATA"],
    enhanced: /^5\.7\.(1|60)$/,
    words: /send as|sender/i,
    code: "sender-not-allowed",
    summary: "The server does not accept this sender",
    fix: "Use a `from_address` that this login may send as, of a domain that exists, or have it allowed on the server.",
  },
  {
    stages: ["MAIL"],
    enhanced: /^5\.(7\.(1|60)|1\.7|1\.8)$/,
    code: "sender-not-allowed",
    summary: "The server does not accept this sender",
    fix: "Use a `from_address` that this login may send as, of a domain that exists, or have it allowed on the server.",
  },
  {
    stages: ["MAIL"],
    codes: [550, 553, 501, 571],
    code: "sender-not-allowed",
    summary: "The server does not accept this sender",
    fix: "Use a `from_address` that this login may send as, of a domain that exists, or have it allowed on the server.",
  },
  {
    stages: ["RCPT", "MAIL", "DATA"],
    codes: [450, 451],
    enhanced: /^4\.(7\.|2\.0)/,
    code: "greylisted",
    summary: "The server asks to come back later, probably greylisting: it does not know this sender yet",
    fix: "Temporary: test again in 5 to 15 minutes, or have this machine's IP address exempted from greylisting.",
  },
  {
    stages: ["RCPT", "MAIL", "DATA"],
    codes: [450, 451],
    words: /gr[ae]y-?list/i,
    code: "greylisted",
    summary: "The server asks to come back later: greylisting, it does not know this sender yet",
    fix: "Temporary: test again in 5 to 15 minutes, or have this machine's IP address exempted from greylisting.",
  },
  {
    enhanced: /^4\.5\.3$/,
    code: "too-many-receivers",
    summary: "The server takes fewer receivers in one message",
    fix: "Use a distribution list, or raise the server's limit: real alerts go to as many.",
  },
  {
    stages: ["RCPT"],
    words: /relay/i,
    codes: [454, 550, 551, 553, 554, 571],
    code: "relay-denied",
    summary: "The server does not relay to this receiver's domain",
    fix: "Log in with `username`, or have this machine's source IP address authorised to relay; else use the server that is responsible for the domain.",
  },
  {
    stages: ["RCPT"],
    enhanced: /^5\.1\.(1|6|10)$/,
    code: "no-such-mailbox",
    summary: "The server does not know this receiver",
    fix: "Check the spelling of the address, or create the mailbox.",
  },
  {
    stages: ["RCPT"],
    enhanced: /^5\.1\.2$/,
    code: "no-such-domain",
    summary: "The receiver's domain does not exist or takes no mail",
    fix: "Check what stands after the @.",
  },
  {
    stages: ["RCPT"],
    enhanced: /^5\.1\.[34]$/,
    code: "address-refused",
    summary: "The server does not accept the form of this address",
    fix: "Write the plain address, without display name, quotes or characters outside ASCII.",
  },
  {
    stages: ["RCPT"],
    enhanced: /^5\.2\.1$/,
    code: "mailbox-disabled",
    summary: "The receiver's mailbox is disabled",
    fix: "Have it enabled, or name another receiver.",
  },
  {
    stages: ["RCPT", "DATA"],
    enhanced: /^[45]\.2\.2$/,
    code: "mailbox-full",
    summary: "The receiver's mailbox is full",
    fix: "Make room in it: real alerts would bounce as well.",
  },
  {
    stages: ["DATA", "MAIL", "RCPT"],
    enhanced: /^5\.(3\.4|2\.3)$/,
    code: "message-too-large",
    summary: "The message is larger than the server accepts",
    fix: "Raise the server's size limit; the test mail has a few kilobytes only.",
  },
  {
    stages: ["DATA", "MAIL"],
    codes: [552],
    code: "message-too-large",
    summary: "The message is larger than the server accepts",
    fix: "Raise the server's size limit; the test mail has a few kilobytes only.",
  },
  {
    stages: ["RCPT"],
    codes: [552],
    code: "mailbox-full",
    summary: "The receiver's mailbox is full",
    fix: "Make room in it: real alerts would bounce as well.",
  },
  {
    stages: ["RCPT"],
    enhanced: /^5\.7\./,
    code: "receiver-refused-by-policy",
    summary: "A policy of the server forbids mail from here to this receiver",
    fix: "Have sender and source IP address allowed for this receiver: it may take internal or authenticated mail only.",
  },
  {
    stages: ["RCPT"],
    codes: [554, 551],
    code: "relay-denied",
    summary: "The server does not relay to this receiver's domain",
    fix: "Log in with `username`, or have this machine's source IP address authorised to relay; else use the server that is responsible for the domain.",
  },
  {
    stages: ["RCPT"],
    codes: [553],
    code: "address-refused",
    summary: "The server does not accept the form of this address",
    fix: "Write the plain address, without display name, quotes or characters outside ASCII.",
  },
  {
    stages: ["RCPT"],
    codes: [550],
    enhanced: /^$/,
    code: "no-such-mailbox",
    summary: "The server does not take mail for this receiver",
    fix: "Check the spelling of the address, or create the mailbox.",
  },
  {
    stages: ["DATA"],
    enhanced: /^5\.[67]\./,
    code: "content-refused",
    summary: "A filter of the server refused the message by its content or by policy",
    fix: "Have this sender exempted from content filtering, or ask which rule it was: the server's words are the key.",
  },
  {
    stages: ["DATA"],
    codes: [554, 550],
    code: "content-refused",
    summary: "The server refused the message after seeing it",
    fix: "Usually a content or spam filter: ask which rule it was, the server's words are the key.",
  },
  {
    enhanced: /^4\.3\.1$/,
    code: "server-full",
    summary: "The server's disk is full",
    fix: "Temporary: make room on the server.",
  },
];

/** One problem with one remedy for a refusal. */
export function explainRefusal(stage: RefusalStage, reply: Reply): Problem {
  const found = REFUSALS.find((refusal) => fits(refusal, stage, reply));
  if (found) return refusedBecause(found.code, found.summary, found.fix, reply.text);
  const decoded = reply.enhanced === undefined ? undefined : decodeEnhanced(reply.enhanced);
  return refused(stage, reply.text, decoded, reply.code < 500);
}

function fits(refusal: Refusal, stage: RefusalStage, reply: Reply): boolean {
  return (
    (refusal.stages?.includes(stage) ?? true) &&
    (refusal.codes?.includes(reply.code) ?? true) &&
    (refusal.enhanced?.test(reply.enhanced ?? "") ?? true) &&
    (refusal.words?.test(reply.text) ?? true)
  );
}
