import { prose } from "../../../../core/prose";
import { later, never } from "../cause";
import * as causes from "../causes";
import { example, type Row } from "../row";
import { setting } from "../setting";
import { GMAIL, GMX, HMAILSERVER, MICROSOFT, OBSERVED, SENDGRID, UNKNOWN } from "../sources";

/** Quotas, rates, sizes and numbers. */
export const limits: readonly Row[] = [
  {
    id: "mailgun-sandbox",
    cause: causes.accountInSandbox,
    vendor: "Mailgun",
    when: { words: /sandbox (sub)?domains|authorized recipients in account settings|sandbox/ },
    source: "https://github.com/swapmyvote/swapmyvote/issues/891",
    examples: [
      example(
        "DATA",
        "Mailgun",
        "421 Domain sandbox0123.mailgun.org is not allowed to send: Sandbox subdomains are for test purposes only. Please add your own domain or add the address to authorized recipients in Account Settings.",
      ),
      example(
        "DATA",
        "Mailgun",
        "554 Sandbox subdomains are for test purposes only. Please add your own domain or add the address to authorized recipients in Account Settings.",
        { source: "https://github.com/swapmyvote/swapmyvote/issues/182" },
      ),
    ],
  },
  {
    id: "not-activated",
    cause: causes.accountNotActivated,
    when: {
      words:
        /(account|domain|user) (is |has )?(not yet|not been|never) (activated|approved|enabled|opened)|not subscribed to|(not yet|not been) activated|pending (approval|activation|review)|account is pending|request activation|trial account|while your account is pending/,
    },
    source: "https://github.com/supabase/agent-skills/issues/133",
    examples: [
      example(
        "DATA",
        "Brevo",
        "502 5.7.0 Your SMTP account is not yet activated. Please contact us at contact@example.com to request activation",
      ),
      example(
        "DATA",
        "Postmark",
        "550 5.7.1 While your account is pending approval, all recipient addresses must share the same domain as the 'From' address",
        { source: "https://gist.github.com/abhijit-hota/27f385c8bf90028adc893bdf91482547" },
      ),
      example("MAIL", "Amazon SES", "530 Account not subscribed to SES", {
        source: "https://github.com/sisimai/p5-sisimai",
      }),
      example("MAIL", "Mailjet", "550 5.7.1 Your account has not been activated", { source: UNKNOWN }),
    ],
  },
  {
    id: "credits",
    cause: causes.creditsUsedUp,
    when: {
      words:
        /credits? (exceeded|used|exhausted)|maximum credits|(unpaid|payment|billing|subscription|plan (limit|expired)|invoice|out of credit|insufficient credit)/,
    },
    source: "https://github.com/mautic/mautic/issues/8721",
    examples: [
      example("AUTH", "SendGrid", "451 Authentication failed: Maximum credits exceeded"),
      example("DATA", "Brevo", "554 5.7.1 Your account has insufficient credits", { source: UNKNOWN }),
      example("MAIL", "Mailgun", "421 4.7.0 Domain example.com is disabled: unpaid subscription", { source: UNKNOWN }),
    ],
  },
  {
    id: "sending-limit",
    cause: causes.sendingLimit,
    outweighs: ["x.5.3", "x.4.5"],
    when: {
      words:
        /(daily|hourly|monthly|24.hour|per (day|hour|month)|day|hour|month)( \w+){0,3} (limit|quota|maximum)s?|(limit|quota|maximum|max)( \w+){0,5} (per|an?|this|in the last) (day|hour|24 hours|month)|exceeded the max (emails|defers)|sending (limit|quota)|message quota|send quota|quota for sending|too many (messages|recipients|mails|emails) (sent|received) (today|this (day|hour))|submission ?quota|(mail|message|recipient) rate quota|allowed. ?message discarded|max (emails|defers and failures) per hour|relay(s|ing)? (limit|quota) (is |was )?(exceeded|reached)|(daily|hourly|monthly) (\w+ )?(limit|quota)/,
    },
    source: GMAIL,
    examples: [
      example(
        "DATA",
        "Gmail",
        "550-5.4.5 Daily user sending limit exceeded. For more information on Gmail\n550-5.4.5 sending limits go to\n550 5.4.5  https://support.google.com/a/answer/166852 4fb4d7f45d1cf - gsmtp",
      ),
      example("DATA", "Google Workspace relay", "550 5.4.5 Daily SMTP relay limit exceeded for customer. - gsmtp"),
      example("DATA", "Amazon SES", "454 Throttling failure: Daily message quota exceeded", {
        source: "https://docs.aws.amazon.com/ses/latest/dg/troubleshoot-error-messages.html",
      }),
      example(
        "RCPT",
        "cPanel",
        "550 Domain example.com has exceeded the max emails per hour (101/100 (101%)) allowed. Message discarded.",
        { source: "https://my.ultrawebhosting.com/knowledgebase/392/cPanel-Max-Defers-Occurring-for-an-Account.html" },
      ),
      example(
        "DATA",
        "Microsoft 365",
        "554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException; message quota exceeded for the sender",
        { source: MICROSOFT },
      ),
      example("RCPT", "Sendmail", "452 Too many recipients received this hour", { source: UNKNOWN }),
      example("MAIL", "Emailit", "452 4.5.3 Daily message limit exceeded", {
        source: "https://emailit.com/docs/smtp/troubleshooting/",
      }),
      example("DATA", "GoDaddy", "550 Message rejected. Relaying limit exceeded. IB607", { source: UNKNOWN }),
      example("MAIL", "OVHcloud", "421 4.7.1 Hourly sending limit reached for this account", { source: UNKNOWN }),
      example("MAIL", "IONOS", "450 Mail send limit exceeded: sending limit per hour", { source: UNKNOWN }),
      example("MAIL", "Infomaniak", "450 4.7.1 You have reached your daily sending quota", { source: UNKNOWN }),
      example("DATA", "Zoho", "550 5.4.6 Daily mail limit exceeded", { source: UNKNOWN }),
      example("DATA", "Yahoo", "550 5.7.1 Request failed; sending limit reached", { source: UNKNOWN }),
      example("MAIL", "Proton", "550 5.7.1 Daily sending limit reached for this account", { source: UNKNOWN }),
    ],
  },
  {
    id: "microsoft-submission-codes",
    cause: causes.sendingLimit,
    vendor: "Microsoft 365",
    when: { enhanced: ["5.2.122", "5.7.232", "5.7.233", "5.7.236"] },
    source: MICROSOFT,
    examples: [example("DATA", "Microsoft 365", "550 5.7.232 no")],
  },
  {
    id: "microsoft-concurrent",
    cause: causes.tooManyConnections,
    vendor: "Microsoft 365",
    when: { words: /concurrent connections? limit exceeded|storedrv\.clientsubmit; sender thread limit/ },
    fix: prose`Temporary: Microsoft 365 takes three connections of one mailbox at a time; wait a minute, and let platforms that send at once use a mailbox of their own or a connector.`,
    retry: later(60),
    source: "https://smtpfieldmanual.com/spamfilter/exchangeonline",
    examples: [
      example(
        "AUTH",
        "Microsoft 365",
        "432 4.3.2 Concurrent connections limit exceeded. Visit https://aka.ms/concurrent_sending for more information. [PR0P264CA0001.FRAP264.PROD.OUTLOOK.COM]",
      ),
      example("DATA", "Microsoft 365", "432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded", {
        source: MICROSOFT,
      }),
    ],
  },
  {
    id: "too-many-connections",
    cause: causes.tooManyConnections,
    when: {
      words:
        /too (many|much|frequent)( \w+){0,3} (connections?|connects|sessions|connection attempts|smtp sessions)|(connections?|sessions) (limit|rate)( exceeded| reached)?|(maximum|max|number of) (number of )?(concurrent |simultaneous |total )?(connections|sessions)|connection (limit|rate limit)/,
      not: /errors/,
    },
    source: "https://www.bytecamp.net/de/faq/email/zustellen.html",
    examples: [
      example("banner", "Postfix", "421 4.7.0 mx.example.com Error: too many connections from 192.0.2.7"),
      example("banner", "Exim", "421 Too many concurrent SMTP connections; please try again later.", {
        source: UNKNOWN,
      }),
      example("banner", "Cisco", "421 #4.4.5 Too many connections from your host.", { source: UNKNOWN }),
      example("banner", "hMailServer", "421 Too many connections", { source: HMAILSERVER }),
      example("banner", "SendGrid", "450 too frequent connects from 203.0.113.25, please try again later.", {
        source: SENDGRID,
      }),
      example("banner", "mox", "421 4.7.0 too many open connections from your ip or network", { source: UNKNOWN }),
      example("banner", "Domino", "421 Maximum number of sessions reached", { source: UNKNOWN }),
      example(
        "banner",
        "Exchange Server",
        "421 4.3.2 The maximum number of concurrent connections has exceeded a limit, closing transmission channel",
        { source: "https://smtpfieldmanual.com/spamfilter/exchangeonline" },
      ),
    ],
  },
  {
    id: "too-many-receivers",
    cause: causes.tooManyReceivers,
    when: {
      words:
        /too many (recipients|receivers|rcpt|addresses)|(maximum|number of|limit of) (number of )?recipients|recipients? (limit|count) ?(exceeded|reached)?|multiple destination domains/,
      not: /hour|day|rate|quota|unknown/,
    },
    source: "RFC 5321",
    examples: [
      example("RCPT", "Postfix", "452 4.5.3 Error: too many recipients", { source: UNKNOWN }),
      example("RCPT", "smtprelay", "452 Too many recipients", { source: OBSERVED }),
      example("RCPT", "Exim", "452 too many recipients", { source: UNKNOWN }),
      example(
        "RCPT",
        "Gmail",
        "451-4.3.0 Multiple destination domains per transaction is unsupported. Please try again. - gsmtp",
        { source: GMAIL },
      ),
      example("RCPT", "Exchange Server", "452 4.5.3 Too many recipients", { source: UNKNOWN }),
      example("RCPT", "hMailServer", "550 Too many recipients.", { source: HMAILSERVER }),
      example("RCPT", "Cisco", "452 Too many recipients received", { source: UNKNOWN }),
      example("RCPT", "Amazon SES", "452 Too many recipients: the number of recipients is limited to 50", {
        source: UNKNOWN,
      }),
    ],
  },
  {
    id: "message-too-large",
    cause: causes.messageTooLarge,
    when: {
      words:
        /(message|mail|data|content|attachment)s?( file| line)? ?(\w+ )?(is )?(too (big|large|long)|exceeds?( \w+){0,4} (size|limit|maximum|length))|(maximum|max|fixed maximum) (message |mail )?size|size (limit )?(exceed|too)|larger than (the )?(current |allowed|system|maximum)|too much (mail )?data|message size/,
      not: /line too long|quota/,
    },
    source: "RFC 1870",
    examples: [
      example("MAIL", "Postfix", "552 5.3.4 Message size exceeds fixed limit", { source: UNKNOWN }),
      example("DATA", "Exim", "552 Message size exceeds maximum permitted", { source: UNKNOWN }),
      example("DATA", "Gmail", "552-5.2.3 Your message exceeded Google's message size limits. - gsmtp", {
        source: GMAIL,
      }),
      example("DATA", "qmail", "552 sorry, that message size exceeds my databytes limit (#5.3.4)", { source: UNKNOWN }),
      example("DATA", "Exchange Server", "552 5.3.4 Message size exceeds fixed maximum message size", {
        source: UNKNOWN,
      }),
      example("DATA", "hMailServer", "552 Too much mail data: message too large", { source: HMAILSERVER }),
      example("DATA", "smtprelay", "552 Maximum message size of 100 bytes exceeded", { source: OBSERVED }),
    ],
  },
  {
    id: "rate-limited",
    cause: causes.rateLimited,
    when: {
      words:
        /rate.?limit(ed)?|throttl\w+|(sending|delivery|message|mail|command) rate|too (many|much|fast)( \w+)? (messages|mail|mails|emails|commands|errors|requests|transactions)|too (fast|quickly)|slow down|(peak|max(imum)?) (smtp relay|message|sending) (limit|rate|send rate)|max messages? per connection|sent too (many|much|fast)/,
      not: /reputation|recipient|receiving|daily|hourly|concurrent|password|login|auth/,
    },
    source: "https://www.postfix.org/TUNING_README.html",
    examples: [
      example("MAIL", "Postfix", "450 4.7.1 Error: too much mail from 192.0.2.7", { source: UNKNOWN }),
      example("EHLO", "Postfix", "421 4.7.0 mx.example.com Error: too many errors", { source: UNKNOWN }),
      example("DATA", "Amazon SES", "454 Throttling failure: Maximum sending rate exceeded.", {
        source: "https://docs.aws.amazon.com/ses/latest/dg/troubleshoot-error-messages.html",
      }),
      example("banner", "GMX", "421 Rate limit reached. Please try again later", {
        source: "https://new-faq.comservice-ffo.de/smtp-fehlermeldungen-e-mail-fehler/",
      }),
      example("banner", "Yahoo", "421 Max message per connection reached, closing transmission channel", {
        source: "https://smtp.codes/yahoo",
      }),
      example("MAIL", "Mailjet", "421 4.7.0 You are sending too fast: rate limited", { source: UNKNOWN }),
      example("DATA", "Mailtrap", "550 5.7.0 Requested action not taken: too many emails per second", {
        source: UNKNOWN,
      }),
      example("MAIL", "mox", "452 4.7.0 rate limited", { source: UNKNOWN }),
    ],
  },
  {
    id: "gmail-flood",
    cause: causes.mailFlood,
    vendor: "Gmail",
    when: { enhanced: ["x.7.28"], words: /unusual rate|rate limited/ },
    source: GMAIL,
    examples: [
      example(
        "DATA",
        "Gmail",
        "421-4.7.28 Gmail has detected an unusual rate of email: this message has been rate limited. - gsmtp",
      ),
    ],
  },
  {
    id: "gmx-many-unknown",
    cause: causes.clientThrottled,
    vendor: "GMX",
    when: { words: /reject due to policy violations/ },
    source: "https://new-faq.comservice-ffo.de/smtp-fehlermeldungen-e-mail-fehler/",
    examples: [
      example("RCPT", "GMX", "421 Reject due to policy violations"),
      example("RCPT", "GMX", "450 Reject due to policy violations.", { source: GMX }),
    ],
  },
  {
    id: "code-552-at-data",
    cause: causes.messageTooLarge,
    when: { stages: ["DATA", "MAIL"], codes: [552] },
    source: "RFC 1870",
    examples: [example("DATA", "RFC 1870", "552 no")],
  },
  {
    id: "several-receivers-452",
    cause: causes.tooManyReceivers,
    when: { stages: ["RCPT"], codes: [452], circumstances: { severalReceivers: true } },
    fix: prose`The server took receivers before this one, so that it may allow fewer in one message: use a distribution list in ${setting("to")} or raise the server's limit; else its disk is full.`,
    retry: never,
    source: "RFC 5321",
    examples: [example("RCPT", "RFC 5321", "452 no", { situation: { receivers: ["a@example.com", "b@example.com"] } })],
  },
];
