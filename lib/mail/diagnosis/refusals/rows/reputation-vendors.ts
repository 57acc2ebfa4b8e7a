import { prose } from "../../../../core/prose";
import { asSaid } from "../cause";
import * as causes from "../causes";
import { example, type Row } from "../row";
import { setting } from "../setting";
import { GMAIL, MICROSOFT, UNKNOWN, YAHOO } from "../sources";

/** Refusals of the client's address in mailbox providers' own words. */
export const reputationVendors: readonly Row[] = [
  {
    id: "microsoft-ip-blocked",
    cause: causes.clientRefused,
    vendor: "Microsoft 365",
    when: {
      words:
        /traffic not accepted from this ip|banned sending ip|access denied, traffic|weren't sent.*part of their network is on our block list|network is on our block list/,
    },
    fix: prose`Have this machine's public IP address delisted (https://sender.office.com, or the portal that the reply names), or send through a connector or relay that is known; new tenants and addresses of hosting networks are refused like this.`,
    source: MICROSOFT,
    examples: [
      example(
        "DATA",
        "Microsoft 365",
        "550 5.7.708 Service unavailable. Access denied, traffic not accepted from this IP. For more information please go to http://go.microsoft.com/fwlink/?LinkId=526653. AS(7230) [PR0P264CA0001.FRAP264.PROD.OUTLOOK.COM]",
      ),
      example(
        "RCPT",
        "Microsoft 365",
        "550 5.7.606 Access denied, banned sending IP [203.0.113.25]. To request removal from this list please visit https://sender.office.com/ and follow the directions. AS(16012609)",
        { source: "https://smtpfieldmanual.com/spamfilter/exchangeonline" },
      ),
      example(
        "MAIL",
        "Outlook.com",
        "550 5.7.1 Unfortunately, messages from [203.0.113.25] weren't sent. Please contact your Internet service provider since part of their network is on our block list (S3150).",
        { source: UNKNOWN },
      ),
    ],
  },
  {
    id: "microsoft-ip-codes",
    cause: causes.clientRefused,
    vendor: "Microsoft 365",
    when: { enhanced: ["5.7.708", "5.7.511", ...range("5.7", 600, 649)] },
    source: MICROSOFT,
    examples: [
      example("DATA", "Microsoft 365", "550 5.7.708 no"),
      example("DATA", "Microsoft 365", "550 5.7.606 no"),
      example("DATA", "Microsoft 365", "550 5.7.649 no"),
    ],
  },
  {
    id: "microsoft-throttled",
    cause: causes.clientThrottled,
    vendor: "Microsoft 365",
    when: {
      enhanced: [
        "4.7.500",
        "4.7.501",
        "4.7.502",
        ...range("4.7", 503, 550),
        "4.7.650",
        "4.7.651",
        "4.7.652",
        "4.7.653",
        "4.7.654",
      ],
    },
    source:
      "https://support.smartfense.com/hc/en-us/articles/14217721708443-What-does-the-error-451-4-7-500-Server-busy-mean-in-Exchange-Online",
    examples: [
      example(
        "RCPT",
        "Microsoft 365",
        "451 4.7.500 Server busy. Please try again later from [203.0.113.25]. (S77719) [PR0P264CA0001.FRAP264.PROD.OUTLOOK.COM]",
      ),
      example("RCPT", "Microsoft 365", "451 4.7.550 Access denied, please try again later. AS(9001)", {
        source: MICROSOFT,
      }),
      example(
        "RCPT",
        "Outlook.com",
        "451 4.7.650 The mail server [203.0.113.25] has been temporarily rate limited due to IP reputation. For e-mail delivery information, see https://postmaster.live.com (S775)",
        { source: UNKNOWN },
      ),
    ],
  },
  {
    id: "yahoo-deferred",
    cause: causes.clientThrottled,
    vendor: "Yahoo",
    when: { words: /(temporarily|permanently) deferred( due to)?|\btss?\d\d\b/, not: /authentication/ },
    source: YAHOO,
    examples: [
      example(
        "MAIL",
        "Yahoo",
        "421 4.7.0 [TSS04] Messages from 203.0.113.25 temporarily deferred due to unexpected volume or user complaints - 4.16.55.1; see https://postmaster.yahooinc.com/error-codes",
        { source: "https://smtp.codes/yahoo" },
      ),
      example(
        "banner",
        "Yahoo",
        "421 4.7.1 [TS03] All messages from 203.0.113.25 will be permanently deferred; Retrying will NOT succeed. See https://postmaster.yahooinc.com/error-codes",
        {
          source:
            "http://help.yahoo.com/kb/index?page=content&y=PROD_MAIL_MOBILE&locale=en_US&id=SLN3436&impressions=false",
        },
      ),
    ],
  },
  {
    id: "gmail-ip-not-allowed",
    cause: causes.clientRefused,
    vendor: "Gmail",
    when: { words: /not authori[sz]ed to send email directly to our servers|ip you're using to send mail/ },
    fix: prose`Send through your provider's or organisation's relay as ${setting("smtp_host")}: Gmail takes no mail straight from addresses of access networks and most clouds.`,
    source: "https://github.com/iredmail/iRedMail/issues/264",
    examples: [
      example(
        "DATA",
        "Gmail",
        "550-5.7.1 [203.0.113.25] The IP you're using to send mail is not authorized to\n550-5.7.1 send email directly to our servers. Please use the SMTP relay at your\n550-5.7.1 service provider instead.\n550 5.7.1  https://support.google.com/mail/?p=NotAuthorizedError 4fb4d7f45d1cf - gsmtp",
      ),
    ],
  },
  {
    id: "gmail-reputation",
    cause: causes.clientRefused,
    vendor: "Gmail",
    when: {
      words:
        /(very )?low reputation of the sending|unusual rate of unsolicited mail|unsolicited mail originating from your ip|suspicious due to the nature/,
    },
    retry: asSaid,
    source: GMAIL,
    examples: [
      example(
        "DATA",
        "Gmail",
        "550-5.7.1 [203.0.113.25] Gmail has detected that this message is likely suspicious due to the very low reputation of the sending IP address. To best protect our users from spam, the message has been blocked. - gsmtp",
      ),
      example(
        "DATA",
        "Gmail",
        "421-4.7.0 [203.0.113.25 15] Our system has detected an unusual rate of unsolicited mail originating from your IP address. To protect our users from spam, mail sent from your IP address has been temporarily rate limited. - gsmtp",
      ),
    ],
  },
  {
    id: "french-providers-blocked",
    cause: causes.clientRefused,
    vendor: "Orange, SFR, Laposte.net",
    when: {
      words:
        /gu_eib|lpn\d+_(102|103|110)|ofr\w*\d_(102|103|110)|abus d.?tect|bloqu\S+ pour (incident|spam)|client host blocked for spam/,
    },
    retry: asSaid,
    source: "https://github.com/sisimai/p5-sisimai",
    examples: [
      example("banner", "SFR", "550 5.7.1 Client host rejected: Abus detecte GU_EIB_02"),
      example(
        "banner",
        "Orange",
        "550 ME Adresse IP source bloquee pour incident de spam. Client host blocked for spamming issues. OFR006_102",
        { source: UNKNOWN },
      ),
    ],
  },
  {
    id: "french-providers-later",
    cause: causes.clientThrottled,
    vendor: "Orange, SFR, Laposte.net",
    when: { codes: [4], words: /service refus|veuillez essayer plus tard|lpn\d+_5\d\d|ofr\w*\d_5\d\d/ },
    source: "https://bentonow.com/smtp-errors/laposte",
    examples: [
      example(
        "RCPT",
        "Laposte.net",
        "450 4.7.1 Client host rejected: Service refuse. Veuillez essayer plus tard. service refused, please try later. LPN027_503",
      ),
    ],
  },
  {
    id: "symantec-policy",
    cause: causes.clientRefused,
    vendor: "Symantec",
    when: { words: /connection rejected by policy/ },
    retry: asSaid,
    source: UNKNOWN,
    examples: [example("RCPT", "Symantec", "501 Connection rejected by policy [7.7] 14307")],
  },
];

/** "5.7.600" to "5.7.649". */
function range(family: string, from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, index) => `${family}.${from + index}`);
}
