import { prose } from "../../../../core/prose";
import * as causes from "../causes";
import { example, type Row } from "../row";
import { setting } from "../setting";
import { MICROSOFT, SES, UNKNOWN } from "../sources";

/** Refusals of receivers in hosted services' own words. */
export const receiverVendors: readonly Row[] = [
  {
    id: "exchange-recipient-not-found",
    cause: causes.noSuchMailbox,
    vendor: "Exchange Server",
    when: {
      words:
        /resolver\.adr\.(recipientnotfound|recipnotfound|exrecipnotfound)|recipientnotfound|recipient .*not found by smtp address/,
    },
    source: MICROSOFT,
    examples: [
      example(
        "DATA",
        "Exchange Server",
        "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient oncall@example.com not found by SMTP address lookup",
      ),
      example("RCPT", "Exchange Server", "550 5.1.1 RESOLVER.ADR.RecipNotFound; not found"),
    ],
  },
  {
    id: "microsoft-edge-blocking",
    cause: causes.noSuchMailbox,
    vendor: "Microsoft 365",
    when: { enhanced: ["5.4.1"], words: /recipient address rejected: access denied/ },
    fix: prose`Check the spelling of the address, or create the mailbox: Microsoft 365 says this of addresses that the organisation's directory does not have (edge blocking). One that exists on premises only has to be synchronised.`,
    source: MICROSOFT,
    examples: [
      example(
        "RCPT",
        "Microsoft 365",
        "550 5.4.1 Recipient address rejected: Access denied. [PR0P264CA0001.FRAP264.PROD.OUTLOOK.COM 2026-11-27T20:00:00.000Z 08DD0F0000000000] AS(201806281)",
      ),
    ],
  },
  {
    id: "outlook-mailbox-unavailable",
    cause: causes.noSuchMailbox,
    vendor: "Outlook.com",
    when: { enhanced: ["5.5.0"], words: /mailbox unavailable/ },
    source: UNKNOWN,
    examples: [
      example(
        "RCPT",
        "Outlook.com",
        "550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302). [DB5EUR03FT001.eop-EUR03.prod.protection.outlook.com]",
      ),
    ],
  },
  {
    id: "exchange-restricted-receiver",
    cause: causes.receiverRestricted,
    vendor: "Exchange Server",
    when: {
      words:
        /resolver\.rst\.(authrequired|notauthorized|sendernotauthenticatedfor\w*|restrictedtorecip\w*|recipsizelimit)|sender (is )?not authenticated for (group|mailbox)|only accepts? messages from people in its organi[sz]ation/,
    },
    source: MICROSOFT,
    examples: [
      example("DATA", "Exchange Server", "550 5.7.1 RESOLVER.RST.AuthRequired; authentication required"),
      example(
        "DATA",
        "Microsoft 365",
        "550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required; Delivery restriction check failed because the sender was not authenticated when sending to this group",
      ),
      example(
        "DATA",
        "Microsoft 365",
        "550 5.7.124 RESOLVER.RST.NotAuthorized; not authorized: sender not in allowed-senders list",
      ),
    ],
  },
  {
    id: "exchange-restricted-codes",
    cause: causes.receiverRestricted,
    vendor: "Microsoft 365",
    when: { enhanced: ["5.7.124", "5.7.133", "5.7.134", "5.7.135", "5.7.136", "5.7.143"] },
    source: MICROSOFT,
    examples: [
      example("DATA", "Microsoft 365", "550 5.7.124 no"),
      example("DATA", "Microsoft 365", "550 5.7.133 no"),
      example("DATA", "Microsoft 365", "550 5.7.136 no"),
    ],
  },
  {
    id: "exchange-transport-rule",
    cause: causes.receiverRefusedByPolicy,
    vendor: "Exchange Server",
    when: { words: /transport\.rules\.rejectmessage|rejected by (the )?(recipient )?organi[sz]ation('s)? policy/ },
    fix: prose`A mail flow rule of the receiving organisation refused the message: have ${setting("from_address")} and this machine's source IP address excepted from it.`,
    source: MICROSOFT,
    examples: [
      example(
        "DATA",
        "Microsoft 365",
        "550 5.7.1 TRANSPORT.RULES.RejectMessage; the message was rejected by organization policy",
      ),
    ],
  },
  {
    id: "microsoft-block-policy",
    cause: causes.receiverRefusedByPolicy,
    vendor: "Microsoft 365",
    when: { enhanced: ["5.7.703", "5.7.700", "5.7.701", "5.7.702"] },
    fix: prose`Have ${setting("from_address")} or the receiver taken off the organisation's block list (Tenant Allow/Block List).`,
    source: MICROSOFT,
    examples: [
      example(
        "DATA",
        "Microsoft 365",
        "550 5.7.703 Your message can't be delivered because one or more recipients are blocked by your organization's tenant recipient block policy",
      ),
    ],
  },
  {
    id: "suppressed",
    cause: causes.receiverSuppressed,
    when: {
      words:
        /suppress(ion|ed)|inactive recipient|(recipient|address) .*(hard ?bounced|marked (as )?(inactive|spam))|unsubscribed (address|recipient)|blocked recipient list|user email address is marked as invalid/,
    },
    source: SES,
    examples: [
      example(
        "DATA",
        "Postmark",
        "550 5.7.1 You tried to send to a recipient that has been marked as inactive: Inactive recipient",
        { source: "https://gist.github.com/abhijit-hota/27f385c8bf90028adc893bdf91482547" },
      ),
      example("RCPT", "Mailgun", "550 5.7.1 Not delivering to previously bounced address: on the suppression list", {
        source: UNKNOWN,
      }),
      example("DATA", "Amazon SES", "554 Message rejected: address is on the suppression list"),
      example(
        "RCPT",
        "Proofpoint Essentials",
        "550 5.7.1 : Recipient address rejected: User email address is marked as invalid.",
        { source: "https://www.spambrella.com/faq/email-delivery-error-codes/" },
      ),
    ],
  },
];
