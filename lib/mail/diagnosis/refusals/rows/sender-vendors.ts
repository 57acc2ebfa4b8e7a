import { prose } from "../../../../core/prose";
import * as causes from "../causes";
import { example, type Row } from "../row";
import { setting } from "../setting";
import { MICROSOFT, SENDGRID, SES, UNKNOWN } from "../sources";

/** Refusals of senders and accounts in hosted services' own words. */
export const senderVendors: readonly Row[] = [
  {
    id: "microsoft-send-as",
    cause: causes.senderNotAllowed,
    vendor: "Microsoft 365",
    when: { words: /sendasdenied|not (have )?permissions? to send as this sender/ },
    fix: prose`Use as ${setting("from_address")} the mailbox of ${setting("username")}, or give that account the "Send as" right on the sender's mailbox.`,
    source: MICROSOFT,
    examples: [
      example(
        "DATA",
        "Microsoft 365",
        "554 5.2.252 SendAsDenied; alerts@example.com not allowed to send as noreply@example.com; STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied; Failed to process message due to a permanent exception with message [BeginDiagnosticData]Cannot submit message. [Hostname=PR0P264MB0001.FRAP264.PROD.OUTLOOK.COM]",
      ),
      example(
        "DATA",
        "Microsoft 365",
        "554 5.2.0 STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied; Failed to process message [Hostname=PR0P264MB0001.FRAP264.PROD.OUTLOOK.COM]",
      ),
      example(
        "DATA",
        "Exchange Server",
        "550 5.7.60 SMTP; Client does not have permissions to send as this sender [mx.example.com]",
        { source: "https://pastebin.com/wtU9XT6T" },
      ),
      example("MAIL", "Exchange Server", "550 5.7.1 Client does not have permissions to send as this sender", {
        source: UNKNOWN,
      }),
    ],
  },
  {
    id: "exchange-5.7.60",
    cause: causes.senderNotAllowed,
    vendor: "Exchange Server",
    when: { enhanced: ["x.7.60", "x.2.252"] },
    fix: prose`Use as ${setting("from_address")} the mailbox of ${setting("username")}, or give that account the "Send as" right on the sender's mailbox.`,
    source: MICROSOFT,
    examples: [example("DATA", "Exchange Server", "550 5.7.60 no")],
  },
  {
    id: "microsoft-outbound-restricted",
    cause: causes.accountRestricted,
    vendor: "Microsoft 365",
    when: {
      words:
        /bad outbound sender|outboundspam|verdict is suspend|(exceeded|tenant).*threshold|suspicious activity.*(tenant|account)|tenant has exceeded/,
    },
    fix: prose`An administrator unblocks the account under "Restricted entities" in the Defender portal, after its password is changed and it is clear what was sent from it; until then no alert leaves.`,
    source: "https://c7solutions.com/category/error",
    examples: [
      example(
        "DATA",
        "Microsoft 365",
        "550 5.1.8 Access denied, bad outbound sender AS(42003). For more information please go to http://go.microsoft.com/fwlink/?LinkId=875724. [PR0P264MB0001.FRAP264.PROD.OUTLOOK.COM]",
      ),
      example(
        "DATA",
        "Microsoft 365",
        "554 5.2.0 STOREDRV.Submission.Exception:OutboundSpamException; Failed to process message [BeginDiagnosticData]WASCL UserAction verdict is Suspend. OutboundSpamException: WASCL UserAction verdict is Suspend.[EndDiagnosticData]",
        { source: UNKNOWN },
      ),
      example("DATA", "Microsoft 365", "550 5.7.705 Access denied, tenant has exceeded threshold. AS(7550)", {
        source: MICROSOFT,
      }),
    ],
  },
  {
    id: "microsoft-abuse-codes",
    cause: causes.accountRestricted,
    vendor: "Microsoft 365",
    when: { enhanced: ["5.7.501", "5.7.502", "5.7.503"] },
    source: MICROSOFT,
    examples: [
      example("DATA", "Microsoft 365", "550 5.7.501 Access denied, spam abuse detected."),
      example("DATA", "Microsoft 365", "550 5.7.502 Access denied, banned sender"),
    ],
  },
  {
    id: "microsoft-unregistered-domain",
    cause: causes.senderNotVerified,
    vendor: "Microsoft 365",
    when: { enhanced: ["5.7.750"] },
    fix: prose`Add the domain of ${setting("from_address")} to the organisation's accepted domains in Microsoft 365: it blocks mail of domains that are not registered there.`,
    source: MICROSOFT,
    examples: [
      example(
        "DATA",
        "Microsoft 365",
        "550 5.7.750 Service unavailable. Client blocked from sending from unregistered domains.",
      ),
    ],
  },
  {
    id: "account-restricted",
    cause: causes.accountRestricted,
    when: {
      words:
        /unusual (sending )?activity|(account|user|sender|domain|mailbox|you) (\w+ )?(is|has been|have been|was) (temporarily )?(blocked|restricted|suspended|banned|disabled) (from|for) (sending|outgoing|spam)|outgoing (mail|messages?) (from \S+ )?(is|has been|are) (suspended|blocked|disabled)|sending (is|has been) (suspended|blocked|disabled|paused)|suspected of sending spam|sending paused|outgoing mail suspension|account (is |was |has been )?(locked|blocked|suspended)\W.*(spam|abuse)|(spam|abuse) .*account (is |was |has been )?(locked|blocked|suspended)/,
    },
    source: "https://github.com/cachethq/cachet/issues/3052",
    examples: [
      example("DATA", "Zoho", "550 5.4.6 Unusual sending activity detected. Please try after sometime."),
      example(
        "DATA",
        "Amazon SES",
        "554 Message rejected: Sending paused for this account. For more information, please check the inbox of the email address associated with your AWS account.",
        { source: SES },
      ),
      example("RCPT", "cPanel", '550 Outgoing mail from "alerts@example.com" has been suspended.', { source: UNKNOWN }),
      example("MAIL", "OVHcloud", "550 5.7.1 Your account has been blocked for spam", {
        source: "https://github.com/ovh/docs/pull/6139",
      }),
      example("MAIL", "Gandi", "554 5.7.1 Your mailbox is blocked from sending", { source: UNKNOWN }),
    ],
  },
  {
    id: "sender-not-verified",
    cause: causes.senderNotVerified,
    when: {
      words:
        /(email address|domain|sender|from( address)?|identity|signature|envelope) (\w+ )?(is |was |has )?(not |n't )(been )?(yet )?(verified|validated|confirmed|authori[sz]ed by your account)|does not match a verified sender|verified sender identity|sender signature|not a verified (sender|identity|domain|from)|(unverified|unvalidated|inactive|unconfigured) (sending |sender )?(sender|domain|from|email|identity)/,
      not: /receiver|recipient address|unverified address/,
    },
    source: SES,
    examples: [
      example(
        "DATA",
        "Amazon SES",
        "554 Message rejected: Email address is not verified. The following identities failed the check in region EU-WEST-1: alerts@example.com",
        { source: "https://repost.aws/es/knowledge-center/ses-554-400-message-rejected-error" },
      ),
      example(
        "DATA",
        "SendGrid",
        "550 The from address does not match a verified Sender Identity. Mail cannot be sent until this error is resolved. Visit https://sendgrid.com/docs/for-developers/sending-email/sender-identity/ to see the Sender Identity requirements",
        { source: "https://github.com/sahat/hackathon-starter/issues/1083" },
      ),
      example(
        "DATA",
        "Postmark",
        "550 5.7.1 The 'From' address you supplied is not a Sender Signature on your account",
        { source: "https://gist.github.com/abhijit-hota/27f385c8bf90028adc893bdf91482547" },
      ),
      example("DATA", "Postmark", "550 5.7.1 Sender signature not confirmed", {
        source: "https://gist.github.com/abhijit-hota/27f385c8bf90028adc893bdf91482547",
      }),
      example("MAIL", "Mailjet", "550 5.7.1 Sender address is not validated", { source: UNKNOWN }),
      example("DATA", "Brevo", "550 5.7.1 Sending has been rejected: sender is not verified", { source: UNKNOWN }),
      example("MAIL", "Scaleway", "550 5.7.1 Domain not verified", { source: UNKNOWN }),
    ],
  },
  {
    id: "ses-key-may-not-send",
    cause: causes.senderNotAllowed,
    vendor: "Amazon SES",
    when: { words: /is not authori[sz]ed to perform/ },
    summary: prose`The policy of the access key behind this login does not let it send as this sender`,
    fix: prose`Allow ses:SendRawEmail for the identity of ${setting("from_address")} in the IAM policy of the user whose key makes the login.`,
    source: "https://github.com/sisimai/p5-sisimai",
    examples: [
      example(
        "DATA",
        "Amazon SES",
        "554 Access denied: User 'arn:aws:iam::123456789012:user/alerts' is not authorized to perform 'ses:SendRawEmail' on resource 'arn:aws:ses:eu-west-1:123456789012:identity/example.com'",
      ),
    ],
  },
  {
    id: "sendgrid-403",
    cause: causes.senderNotVerified,
    vendor: "SendGrid",
    when: { words: /not authori[sz]ed to send from that email address/ },
    source: SENDGRID,
    examples: [example("DATA", "SendGrid", "550 You are not authorized to send from that email address")],
  },
  {
    id: "zoho-relaying-as",
    cause: causes.senderNotAllowed,
    vendor: "Zoho",
    when: { words: /relaying disallowed( as)?/ },
    fix: prose`Use as ${setting("from_address")} the address or an alias of the account in ${setting("username")}; Zoho sends for no other.`,
    source: "https://github.com/mybb/mybb/issues/2644",
    examples: [
      example("RCPT", "Zoho", "553 Relaying disallowed as alerts@example.com"),
      example("DATA", "Zoho", "553 5.7.1 Relaying disallowed as alerts@example.com", {
        source: "https://github.com/mattermost/mattermost/issues/13224",
      }),
      example("DATA", "Zoho", "553 Relaying disallowed", { source: "https://github.com/odoo/odoo/issues/1493" }),
    ],
  },
];
