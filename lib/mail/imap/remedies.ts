import type { Remedy } from "../stage/remedy";
import { ARRIVAL } from "../stage/stage";

const stages = [ARRIVAL];

/**
 * What to do from the settings of the mailbox to the mail in it. `{step}` names the operation: "login", "SEARCH in
 * INBOX".
 */
export const remedies = {
  lineBreak: {
    code: "mail/imap-line-break",
    stages,
    summary: "{attribute} contains a line break or another control character",
    fix: "Remove it: it would end the IMAP command that the value is written into.",
  },

  // Until there is a connection.
  noSuchHost: {
    code: "mail/imap-no-such-host",
    stages,
    summary: "The IMAP server's name {host} does not resolve",
    fix: "Check the spelling of {setting:imap.host}; if it is right, this machine's DNS does not know the name: use one that it knows, or the IP address.",
  },
  resolverFailed: {
    code: "mail/imap-resolver-failed",
    stages,
    summary: "The resolver gave no answer for the IMAP server {host}",
    fix: "Check the network of this machine's DNS server, which did not answer or failed, then try again.",
  },
  connectionRefused: {
    code: "mail/imap-connection-refused",
    stages,
    summary: "The IMAP server {where} refused the connection (ECONNREFUSED)",
    fix: "Check {setting:imap.port} and that the IMAP service runs. Nobody listens there; a firewall that rejects, rather than drops, looks the same.",
  },
  connectTimeout: {
    code: "mail/imap-connect-timeout",
    stages,
    summary: "The IMAP server {where} did not answer within {time} (ETIMEDOUT)",
    fix: "Open the way from this machine to {where}, or run the test where it is open: a firewall drops the packets. The alerts themselves do not need it.",
  },
  unreachable: {
    code: "mail/imap-unreachable",
    stages,
    summary: "There is no route to the IMAP server {where} ({error})",
    fix: "Check the routing of this machine's network, and, if the address is IPv6, that it has IPv6 at all.",
  },
  connectFailed: {
    code: "mail/imap-connect-failed",
    stages,
    summary: "The connection to the IMAP server {where} failed",
    fix: "Check {setting:imap.host}, {setting:imap.port} and the network.",
  },

  // Until there is a dialogue.
  noGreeting: {
    code: "mail/imap-no-greeting",
    stages,
    summary: "The IMAP server's port {port} is open, but no greeting came within {ms} ms",
    fix: "Raise {setting:timeout_seconds} if the server makes unknown clients wait; else check {setting:imap.port} (usually 993 with implicit TLS, 143 with STARTTLS), then the server's log.",
  },
  implicitTlsPort: {
    code: "mail/imap-implicit-tls-port",
    stages,
    summary: "The IMAP port {port} speaks TLS from the first byte and therefore sent no greeting",
    fix: "Set {setting:imap.security=tls}, or use the port for STARTTLS (usually 143).",
  },
  plainTextPort: {
    code: "mail/imap-plain-text-port",
    stages,
    summary: 'The IMAP port {port} answers in plain text, not with TLS ("wrong version number")',
    fix: "Set {setting:imap.security=starttls} for this port, or use the port for implicit TLS (usually 993).",
  },
  notImap: {
    code: "mail/not-imap",
    stages,
    summary: "What answers on port {port} is not an IMAP server{guess}",
    fix: "Check {setting:imap.host} and {setting:imap.port}: IMAP is usually on 993 with implicit TLS, on 143 with STARTTLS.",
  },
  turnedAway: {
    code: "mail/imap-turned-away",
    stages,
    summary: "The IMAP server turned the connection away with its greeting",
    fix: "Read the server's words: it is closing down, has too many connections from this address, or does not take it; test again in some minutes, then ask its owner.",
  },
  startTlsNotOffered: {
    code: "mail/imap-starttls-not-offered",
    stages,
    summary: "The IMAP server offers no STARTTLS, and it is required",
    fix: "Turn on TLS on the IMAP server, or use {setting:imap.security=tls} with its port (usually 993); the password was not sent.",
  },
  startTlsRefused: {
    code: "mail/imap-starttls-refused",
    stages,
    summary: "The IMAP server offered STARTTLS and then refused it",
    fix: "Repair the server's TLS settings and see its log: it cannot use its certificate or key.",
  },
  startTlsInjection: {
    code: "mail/imap-starttls-injection",
    stages,
    summary: "Plain text followed the IMAP server's consent to STARTTLS",
    fix: "Do not log in over this path until it is explained: somebody on the way may be injecting replies, or the server is broken. The password was not sent.",
  },
  preauthenticated: {
    code: "mail/imap-preauthenticated",
    stages,
    summary: "The IMAP server greets as logged in already, where STARTTLS can no longer be asked for",
    fix: "Use {setting:imap.security=tls}: somebody on the way may be hiding the encryption, and nobody can tell whose mailbox this is.",
  },
  tlsVersion: {
    code: "mail/imap-tls-version",
    stages,
    summary: "IMAP server and client have no TLS version or cipher in common",
    fix: "Enable TLS 1.2 or newer on the IMAP server, which is too old.",
  },
  tlsFailed: {
    code: "mail/imap-tls-failed",
    stages,
    summary: "The TLS handshake with the IMAP server failed",
    fix: "See the TLS settings and the log of the IMAP server.",
  },
  tlsNameUnknown: {
    code: "mail/imap-tls-name-unknown",
    stages,
    summary: "The IMAP server broke off the TLS handshake; it seems to have no certificate for the name {host}",
    fix: "Use as {setting:imap.host} a name that its certificate is made for, or install one for {host} on the server; else see its log.",
  },
  certificateWrongName: {
    code: "mail/imap-certificate-wrong-name",
    stages,
    summary: "The IMAP server's certificate is not made for {host}",
    fix: "Use one of the certificate's names as {setting:imap.host}, or have a certificate issued for this one.",
  },
  certificateExpires: {
    code: "mail/imap-certificate-expires",
    stages,
    severity: "warning",
    summary: "IMAP server {host}: {what}",
    fix: "Renew the certificate of the IMAP server: when it expires, no test can see any more whether mail arrives.",
  },
  secondCertificate: {
    code: "mail/imap-second-certificate",
    stages,
    summary: "The certificate behind {host} was trusted on one connection and not on the next",
    fix: "Give every IMAP server behind this name the same certificate and chain; the password was not sent.",
  },

  // In any step.
  silent: {
    code: "mail/imap-no-reply",
    stages,
    summary: "The IMAP server did not answer within {ms} ms ({step})",
    fix: "Raise {setting:timeout_seconds} if the server is slow by nature; else look at its log: the server or something on the way is overloaded or swallows the traffic.",
  },
  closed: {
    code: "mail/imap-connection-closed",
    stages,
    summary: "The IMAP server closed the connection ({step})",
    fix: "See the server's words and its log: servers hang up on clients they do not accept, and when the account has too many connections.",
  },
  broken: {
    code: "mail/imap-connection-broken",
    stages,
    summary: "The connection to the IMAP server broke ({step})",
    fix: "Look at the logs of the server and of the firewalls on the way: one of them reset it.",
  },
  protocolViolation: {
    code: "mail/imap-protocol-violation",
    stages,
    summary: "The IMAP server broke the protocol ({step}): {what}",
    fix: "Look at the server, and at what is between here and there (an inspecting firewall): what was received is no IMAP.",
  },
  refused: {
    code: "mail/imap-refused",
    stages,
    summary: "The IMAP server refused {step}",
    fix: "Read the server's words, then its log.",
  },
  outOfTime: {
    code: "mail/imap-out-of-time",
    stages,
    summary: "The time for all stages was used up ({step})",
    fix: "Raise {setting:timeout_seconds}, so that it covers the delivery and the wait for the mail.",
  },
  interrupted: {
    code: "mail/imap-interrupted",
    stages,
    summary: "Interrupted ({step})",
    fix: "Look for the mail yourself, or run the test again: it was sent.",
  },

  // The login.
  loginDisabled: {
    code: "mail/imap-login-disabled",
    stages,
    summary: "The IMAP server takes no password on this connection (LOGINDISABLED)",
    fix: "Set {setting:imap.security=starttls} or {setting:imap.security=tls}, since most servers take passwords only once the line is encrypted; else give an OAuth2 token ({setting:imap.access_token=true}).",
  },
  noCommonMechanism: {
    code: "mail/imap-no-common-mechanism",
    stages,
    summary: "The IMAP server offers no way to log in with a password",
    fix: "Enable PLAIN, LOGIN or the LOGIN command there, or give an OAuth2 token ({setting:imap.access_token=true}).",
  },
  noOauth: {
    code: "mail/imap-no-oauth",
    stages,
    summary: "The IMAP server offers no login with an OAuth2 token",
    fix: "Give a password and leave out {setting:imap.access_token}, or enable XOAUTH2 there.",
  },

  // The mail.
  folderMissing: {
    code: "mail/imap-folder-missing",
    stages,
    summary: "There is no folder {folder} in the mailbox",
    fix: "{suggestion}Set {setting:imap.folder} to one of these: {folders}.",
  },
  folderRefused: {
    code: "mail/imap-folder-refused",
    stages,
    summary: "The IMAP server refused to open the folder {folder}",
    fix: "Give {username} the right to read the folder (ACL), or name another as {setting:imap.folder}.",
  },
  notArrived: {
    code: "mail/not-arrived",
    stages,
    summary: "The mail did not arrive within {time} of being taken by the server",
    fix: "Look for {queue} in the log and the queue of the sending server, then in the quarantine of the receiving one; raise {setting:imap.wait_seconds} if mail is just slow there.",
  },
  arrivedInJunk: {
    code: "mail/arrived-in-junk",
    stages,
    summary: "The mail arrived in the junk folder {folder}, where nobody reads alerts",
    fix: "Put the sender on the receiver's allow list, and look at the stages SPF, DKIM and DMARC for why it looks like junk.",
  },
  arrivedInTrash: {
    code: "mail/arrived-in-trash",
    stages,
    summary: "The mail arrived in {folder}, among deleted mail, where nobody reads alerts",
    fix: "Look for a rule of the mailbox that deletes mail of this sender or subject, and remove it.",
  },
  arrivedElsewhere: {
    code: "mail/arrived-elsewhere",
    stages,
    severity: "warning",
    summary: "The mail arrived in {folder}, not in {expected}",
    fix: "Set {setting:imap.folder} to the folder if a rule of the mailbox puts alerts there on purpose; else remove the rule.",
  },
  archived: {
    code: "mail/arrived-archived",
    stages,
    severity: "warning",
    summary: "The mail was archived as it arrived: it is in {folder}, and not in {expected}",
    fix: "Look for a filter or rule of the mailbox that archives mail of this sender or subject (skips the inbox), and remove it: nobody is told of such mail.",
  },
  messageUnreadable: {
    code: "mail/imap-message-unreadable",
    stages,
    summary: "The mail arrived in {folder}, but the IMAP server does not hand it out",
    fix: "Read the server's words, then its log; the mailbox's storage may be damaged.",
  },
  notRemoved: {
    code: "mail/imap-not-removed",
    stages,
    severity: "warning",
    summary: "The mail was found in {folder}, but could not be deleted",
    fix: "Delete it yourself, and give {username} the right to delete (ACL) or leave out {setting:imap.remove}.",
  },
  markedOnly: {
    code: "mail/imap-marked-only",
    stages,
    severity: "warning",
    summary:
      "The mail in {folder} is marked as deleted, no more: this server cannot delete one message alone (UIDPLUS)",
    fix: "Leave it to the next clean-up of the mailbox, or leave out {setting:imap.remove}.",
  },
} as const satisfies Record<string, Remedy>;
