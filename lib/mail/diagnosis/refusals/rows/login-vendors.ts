import { prose } from "../../../../core/prose";
import * as causes from "../causes";
import { example, type Row } from "../row";
import { sendPasswordAgain, setting } from "../setting";
import { GMAIL, UNKNOWN } from "../sources";

const M365_SUBMISSION =
  "https://learn.microsoft.com/en-us/exchange/clients-and-mobile-in-exchange-online/authenticated-client-smtp-submission";

/** Refusals of a login in providers' own words. */
export const loginVendors: readonly Row[] = [
  {
    id: "microsoft-tenant-switch",
    cause: causes.loginDisabled,
    vendor: "Microsoft 365",
    when: { words: /smtpclientauthentication is disabled for the tenant/ },
    summary: prose`Authenticated SMTP is switched off for the whole organisation (tenant)`,
    fix: prose`Enable it for this mailbox alone, which overrides the tenant: Set-CASMailbox -SmtpClientAuthenticationDisabled $false; or for all with Set-TransportConfig. Another password does not help.`,
    source: "https://github.com/nodemailer/nodemailer/issues/1484",
    examples: [
      example(
        "AUTH",
        "Microsoft 365",
        "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information. [PR0P264CA0001.FRAP264.PROD.OUTLOOK.COM]",
      ),
    ],
  },
  {
    id: "microsoft-mailbox-switch",
    cause: causes.loginDisabled,
    vendor: "Microsoft 365",
    when: { words: /smtpclientauthentication is disabled for the mailbox/ },
    summary: prose`Authenticated SMTP is switched off for this mailbox`,
    fix: prose`Enable "Authenticated SMTP" for the mailbox of ${setting("username")} (admin center: the user, Mail, Manage email apps; or Set-CASMailbox -SmtpClientAuthenticationDisabled $false). Another password does not help.`,
    source: M365_SUBMISSION,
    examples: [
      example(
        "AUTH",
        "Microsoft 365",
        "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox. Visit https://aka.ms/smtp_auth_disabled for more information. [PR0P264CA0001.FRAP264.PROD.OUTLOOK.COM]",
      ),
    ],
  },
  {
    id: "microsoft-basic-retired",
    cause: causes.loginDisabled,
    vendor: "Microsoft 365",
    when: { words: /basic authentication is (disabled|not supported|retired)|basic auth\w* (is )?(disabled|retired)/ },
    summary: prose`The provider takes logins by password no more (basic authentication)`,
    fix: prose`Use an OAuth 2.0 token where the platform can do that (${setting("auth_mechanism", "XOAUTH2")}); else send through a connector for this machine's IP address, High Volume Email or a relay that takes a password. Neither another password nor an application password helps.`,
    source: "https://github.com/nodemailer/nodemailer/issues/1714",
    examples: [
      example(
        "AUTH",
        "Microsoft 365",
        "535 5.7.139 Authentication unsuccessful, basic authentication is disabled. [PR0P264CA0001.FRAP264.PROD.OUTLOOK.COM 2026-11-27T20:00:00.055Z 08DD3DD7D75D7743]",
      ),
      example(
        "AUTH",
        "Microsoft 365",
        "550 5.7.30 Basic authentication is not supported for Client Submission. [PR0P264CA0001.FRAP264.PROD.OUTLOOK.COM]",
        { source: M365_SUBMISSION },
      ),
    ],
  },
  {
    id: "microsoft-security-defaults",
    cause: causes.loginDisabled,
    vendor: "Microsoft 365",
    when: { words: /user is locked by your organization's security defaults|security defaults policy/ },
    summary: prose`The organisation's security defaults forbid logins by password over SMTP`,
    fix: prose`Have the administrator replace the security defaults by conditional access that leaves this account out, or use an OAuth 2.0 token or a connector; another password does not help.`,
    source: M365_SUBMISSION,
    examples: [
      example(
        "AUTH",
        "Microsoft 365",
        "535 5.7.139 Authentication unsuccessful, user is locked by your organization's security defaults policy. Contact your administrator. [PR0P264CA0001.FRAP264.PROD.OUTLOOK.COM]",
      ),
    ],
  },
  {
    id: "microsoft-conditional-access",
    cause: causes.loginDisabled,
    vendor: "Microsoft 365",
    when: {
      words: /did not meet the criteria to be authenticated|conditional access|blocked by (an )?authentication policy/,
    },
    summary: prose`A rule of the organisation (conditional access or an authentication policy) stops this login`,
    fix: prose`See the account's sign-in log in Entra for the policy's name, and have this account or this machine's IP address left out of it; the password may be right.`,
    source: M365_SUBMISSION,
    examples: [
      example(
        "AUTH",
        "Microsoft 365",
        "535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated successfully. Contact your administrator. [PR0P264CA0001.FRAP264.PROD.OUTLOOK.COM]",
      ),
      example(
        "AUTH",
        "Microsoft 365",
        "535 5.7.139 Authentication unsuccessful, blocked by conditional access. [PR0P264CA0001.FRAP264.PROD.OUTLOOK.COM]",
        { source: UNKNOWN },
      ),
    ],
  },
  {
    id: "microsoft-wrong-password",
    cause: causes.loginRefused,
    vendor: "Microsoft 365",
    when: { words: /user credentials were incorrect/ },
    source: M365_SUBMISSION,
    examples: [
      example(
        "AUTH",
        "Microsoft 365",
        "535 5.7.139 Authentication unsuccessful, the user credentials were incorrect. [PR0P264CA0001.FRAP264.PROD.OUTLOOK.COM]",
      ),
    ],
  },
  {
    id: "microsoft-5.7.139",
    cause: causes.loginDisabled,
    vendor: "Microsoft 365",
    when: { enhanced: ["x.7.139"] },
    summary: prose`Microsoft 365 refuses this login; its words say which rule or switch it was`,
    fix: prose`Enable authenticated SMTP for the mailbox of ${setting("username")} or the tenant, where the server's words say that it is switched off; else see the account's sign-in log in Entra for the rule that stopped the login. Another password does not help.`,
    source: M365_SUBMISSION,
    examples: [example("AUTH", "Microsoft 365", "535 5.7.139 Authentication unsuccessful")],
  },
  {
    id: "microsoft-5.7.57",
    cause: causes.loginRequired,
    vendor: "Microsoft 365",
    when: { enhanced: ["x.7.57"] },
    source: "https://www.easy365manager.com/office-365-ndr-error-codes/",
    examples: [example("MAIL", "Microsoft 365", "530 5.7.57 no")],
  },
  {
    id: "microsoft-5.7.3",
    cause: causes.loginRefused,
    vendor: "Microsoft 365",
    when: { enhanced: ["x.7.3"], words: /authentication unsuccessful/, circumstances: { provider: "microsoft-365" } },
    fix: prose`Check ${setting("username")} (the whole address) and the password${sendPasswordAgain}; Microsoft 365 says the same where the account needs an application password or authenticated SMTP is switched off for it.`,
    source:
      "https://learn.microsoft.com/en-us/openspecs/windows_protocols/ms-smtpntlm/62888982-a911-40fa-b587-50b5c69f7334",
    examples: [
      example(
        "AUTH",
        "Microsoft 365",
        "535 5.7.3 Authentication unsuccessful [PR0P264CA0001.FRAP264.PROD.OUTLOOK.COM]",
        { situation: { provider: "microsoft-365" } },
      ),
    ],
  },
  {
    id: "gmail-bad-credentials",
    cause: causes.loginRefused,
    vendor: "Gmail",
    when: { words: /username and password not accepted/ },
    fix: prose`Create an application password (app password) in the account's security settings and use it as the password${sendPasswordAgain}: the account's own one is refused. ${setting("username")} is the whole address.`,
    source: GMAIL,
    examples: [
      example(
        "AUTH",
        "Gmail",
        "535-5.7.8 Username and Password not accepted. For more information, go to\n535 5.7.8  https://support.google.com/mail/?p=BadCredentials 4fb4d7f45d1cf - gsmtp",
      ),
    ],
  },
  {
    id: "gmail-web-login",
    cause: causes.applicationPasswordRequired,
    vendor: "Gmail",
    when: { words: /please log ?in (via|with|through) your web browser|web ?login ?required/ },
    fix: prose`Create an application password (app password) for the account and use it as the password${sendPasswordAgain}; Google wants somebody to look at a login that it finds unusual, at https://accounts.google.com/DisplayUnlockCaptcha.`,
    source: GMAIL,
    examples: [
      example(
        "AUTH",
        "Gmail",
        "534-5.7.14 <https://accounts.google.com/signin/continue?sarp=1> Please log in via\n534-5.7.14 your web browser and then try again. For more information, go to\n534 5.7.14  https://support.google.com/mail/?p=WebLoginRequired 4fb4d7f45d1cf - gsmtp",
      ),
    ],
  },
  {
    id: "passwords-of-accounts-refused",
    cause: causes.loginRefused,
    vendor: "Gmail, Yahoo, iCloud, Fastmail",
    when: { codes: [535], circumstances: { provider: ["gmail", "yahoo", "icloud", "fastmail"] } },
    fix: prose`Create an application password (app password) for the account and use it as the password${sendPasswordAgain}: this provider refuses the account's own one. ${setting("username")} is the whole address.`,
    source: "https://github.com/kellylford/QuickMail/issues/32",
    examples: [
      example("AUTH", "iCloud", "535 5.7.8 Error: authentication failed", { situation: { provider: "icloud" } }),
      example("AUTH", "Yahoo", "535 5.7.0 (#AUTH005) no", { situation: { provider: "yahoo" }, source: UNKNOWN }),
    ],
  },
  {
    id: "proton-token",
    cause: causes.loginRefused,
    vendor: "Proton",
    when: { codes: [535], not: /mechanism/, circumstances: { provider: "proton" } },
    fix: prose`Make an SMTP token in Proton (Settings, IMAP/SMTP, SMTP tokens) for the address in ${setting("username")} and use it as the password${sendPasswordAgain}; the account's own password is refused.`,
    source: "https://github.com/dawidd6/action-send-mail/issues/208",
    examples: [
      example("AUTH", "Proton", "535 5.7.8 Error: authentication failed: authentication failed", {
        situation: { provider: "proton" },
      }),
    ],
  },
  {
    id: "ses-wrong-credentials",
    cause: causes.loginRefused,
    vendor: "Amazon SES",
    when: { codes: [535], circumstances: { provider: "amazon-ses" } },
    fix: prose`Use SMTP credentials made for SES in the region of ${setting("smtp_host")} as ${setting("username")} and password${sendPasswordAgain}: AWS access keys, and those of another region, are refused.`,
    source: "https://docs.aws.amazon.com/ses/latest/dg/smtp-credentials.html",
    examples: [
      example("AUTH", "Amazon SES", "535 Authentication Credentials Invalid", {
        situation: { provider: "amazon-ses" },
      }),
    ],
  },
  {
    id: "sendgrid-wrong-key",
    cause: causes.loginRefused,
    vendor: "SendGrid",
    when: { words: /provided authorization grant is invalid/ },
    fix: prose`Set ${setting("username", "apikey")}, that very word, and an API key with the right to send as the password${sendPasswordAgain}.`,
    source: "https://github.com/sendgrid/docs/issues/6473",
    examples: [
      example(
        "AUTH",
        "SendGrid",
        "535 Authentication failed: The provided authorization grant is invalid, expired, or revoked",
      ),
    ],
  },
  {
    id: "brevo-address",
    cause: causes.clientNotAllowed,
    vendor: "Brevo",
    when: { words: /unauthori[sz]ed ip address/ },
    fix: prose`Add this machine's public IP address to the authorized IP addresses of the mail service's account, or switch that check off there; user and password may be right.`,
    source: UNKNOWN,
    examples: [example("AUTH", "Brevo", "525 5.7.1 Unauthorized IP address")],
  },
  {
    id: "tiscali-weak-password",
    cause: causes.loginRefused,
    vendor: "Tiscali",
    when: { words: /password is too (simple|weak|short)/ },
    fix: prose`Set a stronger password for the account, then write it here${sendPasswordAgain}: the server refuses the old one by its policy.`,
    source: "https://github.com/MailCore/mailcore2/pull/1517",
    examples: [example("AUTH", "Tiscali", "535 5.7.0 authentication rejected: your password is too simple")],
  },
  {
    id: "exchange-no-send-from-front-end",
    cause: causes.loginUnavailable,
    vendor: "Exchange Server",
    when: {
      words:
        /temporary authentication failure.*(domain|controller)|(domain controller|active directory) (is )?(not )?(available|unavailable|unreachable)/,
    },
    source: UNKNOWN,
    examples: [
      example("AUTH", "Exchange Server", "454 4.7.0 Temporary authentication failure: domain controller unavailable"),
    ],
  },
];
