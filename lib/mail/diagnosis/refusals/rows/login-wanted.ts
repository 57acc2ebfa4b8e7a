import { prose } from "../../../../core/prose";
import * as causes from "../causes";
import { example, type Row } from "../row";
import { setting } from "../setting";
import { GMAIL, HMAILSERVER, MAILENABLE, OBSERVED, UNKNOWN } from "../sources";

/** A login is required, and was not made, or cannot be made in this way. */
export const loginWanted: readonly Row[] = [
  {
    id: "application-password",
    cause: causes.applicationPasswordRequired,
    outweighs: ["x.7.9", "x.7.8"],
    when: { words: /(application|app)[- ]?(specific)?[- ]?password|authori[sz]ation code|app password/ },
    source: GMAIL,
    examples: [
      example(
        "AUTH",
        "Gmail",
        "534-5.7.9 Application-specific password required. For more information, go to\n534 5.7.9  https://support.google.com/mail/?p=InvalidSecondFactor 4fb4d7f45d1cf - gsmtp",
      ),
      example("AUTH", "iCloud", "535 5.7.8 Error: use an app-specific password", {
        source: "https://github.com/kellylford/QuickMail/issues/32",
      }),
      example("AUTH", "Tencent Exmail", "535 Error: please login with the authorization code", { source: UNKNOWN }),
      example("AUTH", "Fastmail", "535 5.7.8 Incorrect username or password: an app password is needed", {
        source: UNKNOWN,
      }),
    ],
  },
  {
    id: "login-missing-by-weak-code",
    cause: causes.loginRequired,
    when: {
      enhanced: ["x.7.9"],
      words: /must be authenticated|authentication (is )?required|log ?in|not authenticated/,
    },
    source: OBSERVED,
    examples: [example("MAIL", "chasquid", "550 5.7.9 Mail to submission port must be authenticated")],
  },
  {
    id: "submission-wanted",
    cause: causes.loginRequired,
    outweighs: ["x.1.8"],
    when: {
      words: /use (the )?submission|submission (port|service) (for|to)|use port (587|465)/,
      not: /must be authenticated|blocked by/,
    },
    fix: prose`Set ${setting("smtp_port", "587")}, the submission port, with ${setting("security", "starttls")}, and log in with ${setting("username")} and its password: this port takes mail from other servers only.`,
    source: OBSERVED,
    examples: [
      example("RCPT", "maddy", "501 5.1.8 Use Submission for outgoing SMTP (msg ID = afc65b93)"),
      example("RCPT", "Stalwart", "550 5.7.1 Please use port 587 to send mail", { source: UNKNOWN }),
    ],
  },
  {
    id: "login-wanted",
    cause: causes.loginRequired,
    when: {
      words:
        /auth(entication|enticate|orization)?( is)? (required|needed|necessary|first|mandatory)|requires? (smtp )?auth|(must|please|need to|have to|should|required to) (first |be |successfully |issue an? )?(auth|log ?in|turn on smtp auth|enable smtp auth|use smtp auth)|log ?in (first|required|is required)|not (been )?(logged in|authenticated)|n(o|')t authenticated|not (yet )?authenticated|was not authenticated|un-?authenticated (mail|senders?|users?|clients?|relay\w*|connection)|without (authenticating|authentication|login)|smtp auth(entication)? (is )?(required|needed)|authenticate (before|first)|anonymous (mail|clients?|users?|access)|client (host )?not authenticated|unauthori[sz]ed user, not authenticated/,
      not: /spf|dkim|dmarc|sender is unauthenticated|mail is unauthenticated|user and pass|auth(entication)? (failed|unsuccessful|failure)|starttls/,
    },
    source: "RFC 4954",
    examples: [
      example("MAIL", "Postfix", "530 5.7.0 Authentication required"),
      example(
        "MAIL",
        "Gmail",
        "530-5.7.0 Authentication Required. For more information, go to\n530 5.7.0  https://support.google.com/accounts/troubleshooter/2402620 4fb4d7f45d1cf - gsmtp",
        { source: GMAIL },
      ),
      example("MAIL", "Zoho", "530 5.5.1 Authentication Required.", {
        source: "https://github.com/nodemailer/nodemailer/issues/1082",
      }),
      example("MAIL", "Exim", "550 SMTP AUTH is required for message submission on port 587", {
        source:
          "https://bobcares.com/blog/how-to-fix-smtp-auth-required-for-message-submission-on-port-587-error-in-cpanel-whm/",
      }),
      example(
        "RCPT",
        "cPanel",
        "550-Please turn on SMTP Authentication in your mail client.\n550-([192.0.2.7]:36825) is not permitted to relay through\n550 this server without authentication.",
        {
          source:
            "https://bobcares.com/blog/2-reasons-for-550-please-turn-on-smtp-authentication-error-in-cpanel-exchange-servers/",
        },
      ),
      example("RCPT", "Exim", "550 Authentication is required to send mail from this host", { source: UNKNOWN }),
      example("MAIL", "qmail", "503 AUTH first (#5.5.1)", { source: UNKNOWN }),
      example("MAIL", "hMailServer", "530 SMTP authentication is required.", { source: HMAILSERVER }),
      example(
        "MAIL",
        "MailEnable",
        "503 This mail server requires authentication when attempting to send to a non-local e-mail address. Please check your mail client settings.",
        { source: MAILENABLE },
      ),
      example("RCPT", "MailEnable", "550 Must be authenticated to relay", { source: MAILENABLE }),
      example("MAIL", "SendGrid", "550 Unauthenticated senders not allowed", {
        source: "https://github.com/sendgrid/docs/issues/6473",
      }),
      example(
        "MAIL",
        "SocketLabs",
        "501-5.7.0 Authentication required. Please authenticate with CRAM MD5 or AUTH Login.\n501 5.7.0 see http://support.example.com/kb/81 for more information.",
        { source: "https://github.com/n8n-io/n8n/issues/13269" },
      ),
      example("RCPT", "Postal", "530 Authentication required", {
        source: "https://github.com/postalserver/postal/issues/3066",
      }),
      example("RCPT", "MXroute", "550 Unauthenticated mail not allowed from this range", {
        source: "https://github.com/mjl-/mox/issues/352",
      }),
      example("RCPT", "Proton", "553 5.7.1 <alerts@example.com>: Sender address rejected: not logged in", {
        source: "https://github.com/home-assistant/core/issues/154774",
      }),
      example("MAIL", "Exchange Server", "530 5.7.1 Client was not authenticated", {
        source: "https://github.com/namshi/docker-smtp/issues/37",
      }),
      example(
        "MAIL",
        "Microsoft 365",
        "530 5.7.57 Client not authenticated to send mail. [PR0P264CA0001.FRAP264.PROD.OUTLOOK.COM]",
        { source: "https://github.com/simonrob/email-oauth2-proxy/issues/315" },
      ),
      example(
        "MAIL",
        "Exchange Server",
        "530 5.7.57 SMTP; Client was not authenticated to send anonymous mail during MAIL FROM [mx.example.com]",
        { source: "https://github.com/mageplaza/magento-2-smtp/issues/268" },
      ),
      example("MAIL", "smtprelay", "530 Authentication Required.", { source: OBSERVED }),
      example("MAIL", "Mailpit", "530 5.7.0 Authentication required", { source: OBSERVED }),
      example("MAIL", "mox", "530 5.7.0 authentication required", { source: UNKNOWN }),
      example("MAIL", "Brevo", "530 5.7.1 Authentication required", { source: UNKNOWN }),
      example("MAIL", "Mailjet", "530 5.7.0 Please authenticate first", { source: UNKNOWN }),
      example("MAIL", "OpenSMTPD", "530 5.5.1 Invalid command: Must issue an AUTH command first", {
        source: UNKNOWN,
        situation: { encrypted: true },
      }),
      example("RCPT", "Kerio Connect", "550 5.7.1 You must authenticate first", { source: UNKNOWN }),
      example("RCPT", "MDaemon", "550 5.7.0 <alerts@example.com> Sender is required to authenticate", {
        source: UNKNOWN,
      }),
    ],
  },
  {
    id: "postfix-client-host-access",
    cause: causes.loginRequired,
    when: { words: /client host rejected: access denied/ },
    source: "https://github.com/docker-mailserver/docker-mailserver/issues/359",
    examples: [example("RCPT", "Postfix", "554 5.7.1 <unknown[192.0.2.7]>: Client host rejected: Access denied")],
  },
  {
    id: "login-not-enabled",
    cause: causes.loginNotEnabled,
    outweighs: ["x.7.10"],
    when: {
      words:
        /auth\w* (command )?(not|was not|is not) (enabled|advertised|allowed|supported|available|permitted)|authentication not enabled|auth command used when not advertised|authentication (is )?disabled (here|on this)|auth\w* not (permitted|allowed) (here|on this)|no (auth\w*) (mechanism\w*|methods?) available/,
      not: /for this (account|user|mailbox)|basic authentication/,
    },
    source: "https://github.com/nodemailer/nodemailer/issues/18",
    examples: [
      example("AUTH", "Exim", "503 AUTH command used when not advertised"),
      example("AUTH", "Postfix", "503 5.5.1 Error: authentication not enabled", {
        source: "https://github.com/postalserver/postal/issues/685",
      }),
      example("AUTH", "qmail", "502 auth not available (#5.5.1)", { source: UNKNOWN }),
      example("AUTH", "chasquid", "503 5.7.10 AUTH not allowed here", { source: UNKNOWN }),
    ],
  },
  {
    id: "auth-command-unknown",
    cause: causes.loginNotEnabled,
    when: {
      stages: ["AUTH"],
      codes: [500, 501, 502],
      words:
        /unimplemented|not (been )?implemented|(command|verb|syntax)[^a-z]* ?(is )?(not |un)(recogni[sz]ed|known|supported|available)|(unrecogni[sz]ed|unknown|unsupported|invalid) (command|verb)/,
      not: /mechanism|auth\w* type/,
    },
    source: "RFC 5321",
    examples: [
      example("AUTH", "MailEnable", "502 Unimplemented command.", { source: UNKNOWN }),
      example("AUTH", "Sendmail", '500 5.5.1 Command unrecognized: "AUTH PLAIN"', { source: UNKNOWN }),
      example("AUTH", "Cisco ASA", "502 5.5.2 Error: command not recognized", { source: UNKNOWN }),
    ],
  },
  {
    id: "login-broken-off",
    cause: causes.mechanismRefused,
    outweighs: ["x.0.0", "x.7.0"],
    when: { stages: ["AUTH"], words: /auth\w* (exchange )?(was |is )?(cancell?ed|aborted)/ },
    source: "RFC 4954",
    examples: [
      example("AUTH", "IceWarp", "501 5.0.0 Authentication canceled", {
        source:
          "https://docs.icewarp.com/Content/IceWarp-Server/Administration-Nodes/Status/Logs/Interpretation%20of%205xx%20Errors%20in%20Icewarp%20SMTP.htm",
      }),
      example("AUTH", "smtp-server (Node.js)", "501 Error: Authentication aborted", { source: UNKNOWN }),
    ],
  },
];
