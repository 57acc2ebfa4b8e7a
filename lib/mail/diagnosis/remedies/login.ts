import type { Remedy } from "../../stage/remedy";
import { AUTH } from "../../stage/stage";

/** What to do about obstacles to a login before the server judges it. */
export const login = {
  authNotOffered: {
    code: "mail/auth-not-offered",
    stages: [AUTH],
    summary: "Credentials are configured, but the server offers no AUTH",
    fix: "Remove {setting:username} if the server needs no login; else use the submission port (usually 587), or enable authentication there.",
  },
  authNotOfferedInClear: {
    code: "mail/auth-not-offered-in-clear",
    stages: [AUTH],
    summary: "Credentials are configured, but the server offers no AUTH on an unencrypted connection",
    fix: "Set {setting:security=starttls}, since most servers offer AUTH only once the line is encrypted; if this one needs no login, remove {setting:username}.",
  },
  noCommonMechanism: {
    code: "mail/no-common-mechanism",
    stages: [AUTH],
    summary: "The server offers no authentication mechanism that is supported here",
    fix: "Enable one of {mechanisms} on the server, or use a server that offers one.",
  },
  /** The server offers none of the mechanisms that can be requested, but others. */
  mechanismNotOffered: {
    code: "mail/mechanism-not-offered",
    stages: [AUTH],
    summary: "The server does not offer {mechanism}",
    fix: "Set {setting:auth_mechanism} to one that it offers ({offered}), or leave it out; else enable {mechanism} on the server.",
  },
  onlyTokens: {
    code: "mail/only-token-logins",
    stages: [AUTH],
    summary: "The server takes no passwords, only logins by an OAuth 2.0 token",
    fix: "Set {setting:auth_mechanism=XOAUTH2} with an access token as the password, where the platform can do that too; else enable PLAIN or LOGIN on the server, or use a relay that takes a password.",
  },
  onlyDomainLogins: {
    code: "mail/only-domain-logins",
    stages: [AUTH],
    summary: "The server takes only logins of a Windows or Kerberos domain, or by certificate",
    fix: "Enable PLAIN or LOGIN over TLS on the server (basic authentication), or use a connector that takes mail from this address without a login.",
  },
  tokenRefused: {
    code: "mail/token-refused",
    stages: [AUTH],
    summary: "The server refused the access token",
    fix: "Get a new token, since they live for about an hour; check that it is one of this user and has the scope for SMTP.",
  },
  neverEnds: {
    code: "mail/login-without-end",
    stages: [AUTH],
    summary: "The server keeps asking after everything was said that {mechanism} has to say",
    fix: "Try another {setting:auth_mechanism}, then look at the server's log: it does not follow the mechanism that it offers.",
  },
  anotherMechanism: {
    code: "mail/mechanism-offered-and-refused",
    stages: [AUTH],
    severity: "warning",
    summary: "the server offers {refused} and refuses it; {mechanism} works",
    fix: "Set {setting:auth_mechanism=$mechanism}, and the same on the platforms where they let you choose; or have the server offer what it takes.",
  },
  /** Instead of an answer. */
  hungUp: {
    code: "mail/login-connection-closed",
    stages: [AUTH],
    summary: "The server closed the connection in place of an answer to the login",
    fix: "Check {setting:username} and the password first, since some servers hang up on a wrong login; else this machine's IP address may be banned after too many of them (fail2ban): wait, or have it allowed.",
  },
  acceptedUnseen: {
    code: "mail/login-unseen",
    stages: [AUTH],
    severity: "warning",
    summary: "the server agreed to {mechanism} before it had seen the password, so that nothing was proved",
    fix: "Find out what answers there: it checks no passwords, or something on the way answers in the server's place.",
  },
} as const satisfies Record<string, Remedy>;
