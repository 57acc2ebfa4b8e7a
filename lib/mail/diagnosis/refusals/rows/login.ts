import { prose } from "../../../../core/prose";
import * as causes from "../causes";
import { example, type Row } from "../row";
import { sendPasswordAgain, setting } from "../setting";
import { GMAIL, HMAILSERVER, MAILENABLE, OBSERVED, UNKNOWN } from "../sources";

/** Refusals of a login in general words; providers' own are in `login-vendors.ts`. */
export const login: readonly Row[] = [
  {
    id: "protocol-switched-off",
    cause: causes.loginDisabled,
    outweighs: ["x.7.8", "x.7.0", "x.7.1"],
    when: {
      stages: ["AUTH", "IMAP"],
      words:
        /(user|account|mailbox|you)( \w+)? (has|have) no (permission|right)|(smtp|pop3?|imap)( \w+){0,2} (is |are )?(not (enabled|allowed|permitted|activated|open)|disabled|turned off|deactivated)|(not (enabled|allowed|permitted|authori[sz]ed|activated)|disabled|no permission) (to use|for|to access)( \w+)? (smtp|imap|pop)|protocol (is )?(disabled|not enabled)/,
      not: /smtpclientauthentication|mechanism|advertised/,
    },
    fix: prose`Enable SMTP (for mail programs) for this mailbox in its own settings or in the administration of the mail system; the password may be right.`,
    source: UNKNOWN,
    examples: [
      example("AUTH", "NetEase", "550 User has no permission"),
      example("AUTH", "GMX", "535 5.7.1 POP3/IMAP/SMTP access is not enabled for this mailbox"),
      example("AUTH", "Zoho", "535 5.7.8 SMTP is disabled for your account"),
      example("IMAP", "Gmail", "NO [ALERT] Your account is not enabled for IMAP use"),
      example("IMAP", "Zoho", "NO [ALERT] You are yet to enable IMAP for your account: IMAP is disabled"),
      example(
        "IMAP",
        "Google Workspace",
        "NO [ALERT] IMAP access is disabled for your domain. Please contact your domain administrator",
      ),
      example("IMAP", "Dovecot", "NO [AUTHORIZATIONFAILED] IMAP not allowed for this user"),
    ],
  },
  {
    id: "mechanism-unknown",
    cause: causes.mechanismRefused,
    outweighs: ["x.7.8", "x.3.3"],
    when: {
      words:
        /auth\w* mechanism \w+ not available|(unrecogni[sz]ed|unsupported|unknown|invalid) (auth\w*|sasl)( (type|mechanism|method))|mechanism (is )?(not )?(supported|unsupported|invalid|available)|(auth\w*|sasl) (type|mechanism|method)s? (is )?not (supported|recogni[sz]ed|available|implemented)|authentication (type|mechanism) not/,
      not: /too weak|encryption/,
    },
    source: "RFC 4954",
    examples: [
      example("AUTH", "Exchange Server", "504 5.7.4 Unrecognized authentication type", {
        source: "https://github.com/manyuanrong/deno-smtp/pull/9",
      }),
      example("AUTH", "Postfix", "535 5.7.8 Error: authentication failed: Invalid authentication mechanism", {
        source: "https://github.com/splitbrain/dokuwiki-plugin-smtp/issues/65",
      }),
      example("AUTH", "Exim", "504 DIGEST-MD5 authentication mechanism not supported", { source: UNKNOWN }),
      example("AUTH", "hMailServer", "504 Authentication mechanism not supported.", { source: HMAILSERVER }),
      example("AUTH", "Haraka", "504 Unsupported AUTH mechanism", { source: UNKNOWN }),
      example("AUTH", "Sendmail", "504 5.3.3 AUTH mechanism LOGIN not available", { source: UNKNOWN }),
      example("AUTH", "smtp-server (Node.js)", "504 Error: Unrecognized authentication type", { source: UNKNOWN }),
    ],
  },
  {
    id: "mechanism-too-weak",
    cause: causes.mechanismTooWeak,
    when: { words: /mechanism (is )?too weak|stronger (auth|mechanism)/ },
    source: "RFC 4954",
    examples: [
      example("AUTH", "RFC 4954", "534 5.7.9 Authentication mechanism is too weak"),
      example("AUTH", "Cyrus SASL", "534 mechanism too weak for this user", { source: UNKNOWN }),
    ],
  },
  {
    id: "too-many-logins",
    cause: causes.tooManyLogins,
    when: {
      words:
        /too many (bad |failed |invalid |unsuccessful )?(auth\w*|log ?[io]ns?|attempts|password)( attempts| failures| tries)?|(auth\w*|log ?in) (attempts? )?(limit|rate)|temporarily (locked|blocked) (due to|after) (too )?many|brute.?force|log ?in attempts exceeded|excessive (log ?in|auth)/,
    },
    source: "https://github.com/sisimai/p5-sisimai/issues/129",
    examples: [
      example("AUTH", "Yahoo", "535 5.7.0 (#AUTH005) Too many bad auth attempts.", { source: UNKNOWN }),
      example(
        "AUTH",
        "Gmail",
        "454-4.7.0 Too many login attempts, please try again later. For more information,\n454 4.7.0 go to  https://support.google.com/mail/answer/7126229 4fb4d7f45d1cf - gsmtp",
        { source: GMAIL },
      ),
      example("AUTH", "hMailServer", "535 Too many invalid logon attempts.", { source: HMAILSERVER }),
      example("AUTH", "mox", "454 4.7.0 too many failed authentication attempts", { source: UNKNOWN }),
      example("AUTH", "Haraka", "535 Too many failed logins", { source: UNKNOWN }),
      example("AUTH", "GMX", "535 Authentication rate limit: too many failed logins", { source: UNKNOWN }),
    ],
  },
  {
    id: "account-disabled",
    cause: causes.accountDisabled,
    outweighs: ["x.7.8"],
    when: {
      words:
        /(user )?account (is |has been |was )?(temporarily |currently )?(disabled|locked|suspended|blocked|deactivated|frozen|closed|inactive|expired)|(disabled|locked|suspended|blocked|frozen) (user )?account|log ?in (is )?(disabled|blocked) for (this|your)|your account (is|has been) |user (is )?(disabled|locked|suspended)|authentication (is )?disabled for (this|your)|account unavailable/,
      not: /recipient|mailbox|quota|credits|limit|receiv|sending|send |spam/,
      stages: ["AUTH", "MAIL", "IMAP"],
    },
    source: "RFC 5248",
    examples: [
      example("AUTH", "RFC 5248", "525 5.7.13 User Account Disabled"),
      example("AUTH", "Zimbra", "535 5.7.8 Error: authentication failed: account is locked", { source: UNKNOWN }),
      example("AUTH", "IONOS", "535 Your account has been locked", { source: UNKNOWN }),
      example("AUTH", "Mailgun", "535 5.7.0 Account disabled", { source: UNKNOWN }),
      example("AUTH", "Gandi", "535 5.7.8 Error: authentication failed: user suspended", { source: UNKNOWN }),
      example("AUTH", "SendGrid", "535 Authentication failed: The provided authorization is for a suspended account", {
        source: UNKNOWN,
      }),
    ],
  },
  {
    id: "password-transition",
    cause: causes.passwordTransition,
    when: { words: /password transition/ },
    source: "RFC 4954",
    examples: [
      example("AUTH", "RFC 4954", "432 4.7.12 A password transition is needed", {
        source: "https://github.com/sisimai/p5-sisimai/issues/129",
      }),
    ],
  },
  {
    id: "login-unavailable",
    cause: causes.loginUnavailable,
    when: {
      words:
        /temporar\w+ (auth\w*|log ?in)( (failure|error|problem))?|auth\w* (server|service|backend)|connection lost to auth|(unable|cannot|could not) (to )?(authenticate|check|verify) (you |the )?(credentials |password )?(at (this|the) (time|moment)|right now|at present)|internal authentication|auth\w* (temporarily )?(unavailable|not available)/,
    },
    source: "RFC 4954",
    examples: [
      example(
        "AUTH",
        "Postfix",
        "454 4.7.0 Temporary authentication failure: Connection lost to authentication server",
        { source: UNKNOWN },
      ),
      example("AUTH", "Amazon SES", "454 Temporary authentication failure", {
        source: "https://docs.aws.amazon.com/ses/latest/dg/troubleshoot-error-messages.html",
      }),
      example("AUTH", "Exim", "435 Unable to authenticate at present", { source: UNKNOWN }),
      example("AUTH", "Dovecot", "454 4.7.0 Internal authentication error", { source: UNKNOWN }),
      example(
        "AUTH",
        "Gmail",
        "454-4.7.0 Cannot authenticate due to a temporary system problem. Try again later: temporary authentication failure - gsmtp",
        { source: GMAIL },
      ),
    ],
  },
  {
    id: "password-expired",
    cause: causes.passwordExpired,
    outweighs: ["x.7.8", "x.7.0", "x.7.1"],
    when: {
      words:
        /passwords?( has| is)?( \w+)? expired|expired password|(must|have to|need to) (first )?(change|reset) (your|the) password|password (change|reset) (is )?required/,
    },
    source: UNKNOWN,
    examples: [
      example("AUTH", "Zimbra", "535 5.7.8 Error: authentication failed: must change your password"),
      example("AUTH", "Dovecot", "535 5.7.8 Password expired"),
      example("IMAP", "Dovecot", "NO [EXPIRED] Password has expired."),
    ],
  },
  {
    id: "wrong-password",
    cause: causes.loginRefused,
    when: {
      words:
        /(auth\w*|log ?in|log ?on|password|credentials?|user ?name)( \w+)? (failed|failure|unsuccessful|rejected|invalid|incorrect|denied|not accepted|error|wrong)|(invalid|incorrect|wrong|bad|unknown) (user ?name|login|log ?in|password|credentials?|auth\w*|user name)|username and password not accepted|user(name)? or password|not loving your (login|password)|authorization failed|authentication data|user unknown or password/,
      not: /temporar|too many|disabled|credits|suspended|spf|dkim|dmarc|mechanism|app(lication)?[- ]?(specific)? password|not (been )?authenticated to/,
    },
    source: "RFC 4954",
    examples: [
      example("AUTH", "Postfix", "535 5.7.8 Error: authentication failed: UGFzc3dvcmQ6", {
        source: "https://github.com/aschroder/Magento-SMTP-Pro-Email-Extension/issues/179",
      }),
      example("AUTH", "Exim", "535 Incorrect authentication data", {
        source: "https://github.com/PHPMailer/PHPMailer/issues/1074",
      }),
      example("AUTH", "Exchange Server", "535 5.7.3 Authentication unsuccessful", {
        source: "https://github.com/thingsboard/thingsboard/issues/13935",
      }),
      example("AUTH", "Zoho", "535 Authentication Failed", {
        source: "https://github.com/nodemailer/nodemailer/issues/456",
      }),
      example("AUTH", "Brevo", "535 5.7.0 Invalid login or password", {
        source: "https://github.com/marcpope/borgbackupserver/issues/16",
      }),
      example("AUTH", "Amazon SES", "535 Authentication Credentials Invalid", { source: UNKNOWN }),
      example("AUTH", "Mailgun", "535 5.7.0 Mailgun is not loving your login or password", {
        source: "https://github.com/mailgun/documentation/issues/132",
      }),
      example("AUTH", "OVHcloud", "535 5.7.1 Authentication failed", {
        source: "https://github.com/mastodon/mastodon/issues/13240",
      }),
      example("AUTH", "hMailServer", "535 Authentication failed. Restarting authentication process.", {
        source: HMAILSERVER,
      }),
      example("AUTH", "SendGrid", "535 Authentication failed: Bad username / password", { source: UNKNOWN }),
      example("AUTH", "Sendmail", "535 5.7.0 authentication failed", { source: UNKNOWN }),
      example("AUTH", "qmail", "535 authorization failed (#5.7.0)", { source: UNKNOWN }),
      example("AUTH", "Haraka", "535 Authentication failed", { source: UNKNOWN }),
      example("AUTH", "OpenSMTPD", "535 Authentication failed", { source: UNKNOWN }),
      example("AUTH", "maddy", "535 5.7.8 Invalid credentials", { source: OBSERVED }),
      example("AUTH", "Mailpit", "535 5.7.8 Authentication credentials invalid", { source: OBSERVED }),
      example("AUTH", "smtprelay", "535 Authentication credentials invalid", { source: OBSERVED }),
      example("AUTH", "chasquid", "535 5.7.8 Incorrect user or password", { source: OBSERVED }),
      example("AUTH", "mox", "535 5.7.8 bad user/pass: invalid credentials", { source: UNKNOWN }),
      example("AUTH", "IONOS", "535 Authentication credentials invalid", { source: UNKNOWN }),
      example("AUTH", "GMX", "535 Authentication credentials invalid", { source: UNKNOWN }),
      example("AUTH", "Gandi", "535 5.7.8 Error: authentication failed: (reason unavailable)", { source: UNKNOWN }),
      example("AUTH", "Infomaniak", "535 5.7.1 Username or password incorrect", { source: UNKNOWN }),
      example("AUTH", "Postmark", "535 5.7.8 Authentication failed", { source: UNKNOWN }),
      example("AUTH", "Mailjet", "535 5.7.8 Error: authentication failed", { source: UNKNOWN }),
      example("AUTH", "MailEnable", "535 Invalid Username or Password", { source: MAILENABLE }),
      example("AUTH", "Domino", "535 Authentication failed", { source: UNKNOWN }),
    ],
  },
  {
    id: "token",
    cause: causes.tokenRefused,
    when: { codes: [535], circumstances: { token: true } },
    source: UNKNOWN,
    examples: [example("AUTH", "Stalwart", "535 no", { situation: { login: "given", mechanism: "XOAUTH2" } })],
  },
  {
    id: "code-530",
    cause: causes.loginRequired,
    when: { codes: [530] },
    source: "RFC 4954",
    examples: [example("MAIL", "RFC 4954", "530 no")],
  },
  {
    id: "code-535",
    cause: causes.loginRefused,
    when: { codes: [535] },
    fix: prose`Check ${setting("username")} (some servers want the whole address) and the password${sendPasswordAgain}; an account may also be locked or need an application password.`,
    source: "RFC 4954",
    examples: [example("AUTH", "RFC 4954", "535 no")],
  },
  {
    id: "code-534",
    cause: causes.mechanismTooWeak,
    when: { codes: [534] },
    source: "RFC 4954",
    examples: [example("AUTH", "RFC 4954", "534 no")],
  },
  {
    id: "code-525",
    cause: causes.accountDisabled,
    when: { codes: [525] },
    source: "RFC 5248",
    examples: [example("AUTH", "RFC 5248", "525 no")],
  },
  {
    id: "code-432",
    cause: causes.passwordTransition,
    when: { stages: ["AUTH"], codes: [432] },
    source: "RFC 4954",
    examples: [example("AUTH", "RFC 4954", "432 no")],
  },
  {
    id: "login-refused-for-now",
    cause: causes.loginUnavailable,
    when: { stages: ["AUTH"], codes: [435, 450, 451, 454] },
    source: "RFC 4954",
    examples: [example("AUTH", "RFC 4954", "454 no")],
  },
  {
    id: "mechanism-by-code",
    cause: causes.mechanismRefused,
    when: { stages: ["AUTH"], codes: [500, 501, 502, 503, 504] },
    source: "RFC 4954",
    examples: [example("AUTH", "RFC 4954", "504 no")],
  },
];
