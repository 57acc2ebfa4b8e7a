import { prose } from "../../../../core/prose";
import { asSaid, never, type Cause } from "../cause";
import * as mailbox from "./mailbox";
import { setting } from "../setting";

/** The sender of the mail. */

export const senderNotAllowed: Cause = {
  id: "sender-not-allowed",
  summary: prose`The server does not accept this sender`,
  fix: prose`Use a ${setting("from_address")} that this login may send as, of a domain that exists, or have it allowed on the server.`,
  unless: [
    {
      when: { login: "none" },
      fix: prose`Log in with ${setting("username")} as somebody who may send as ${setting("from_address")}, or have the sender address allowed on the server.`,
    },
  ],
  retry: never,
};

export const senderNotVerified: Cause = {
  id: "sender-not-verified",
  summary: prose`The mail service sends only for senders that were verified there`,
  fix: prose`Verify the address or the domain of ${setting("from_address")} at the mail service, or use one that is verified.`,
  retry: never,
};

export const senderMalformed: Cause = {
  id: "sender-malformed",
  summary: prose`The server does not accept the form of the sender address`,
  fix: prose`Write ${setting("from_address")} as a plain address with a full domain, without display name.`,
  retry: never,
};

export const senderDomainUnknown: Cause = {
  id: "sender-domain-unknown",
  summary: prose`The server finds no such domain as the sender's`,
  fix: prose`Use a ${setting("from_address")} of a domain that the public DNS knows, with MX or address records.`,
  retry: never,
};

export const senderNullMx: Cause = {
  id: "sender-null-mx",
  summary: prose`The sender's domain says that it takes no mail (null MX), so that nothing could be returned to it`,
  fix: prose`Use a ${setting("from_address")} of a domain that receives mail, or take the null MX record ("MX 0 .") out of the domain's DNS.`,
  retry: never,
};

export const senderUnverifiable: Cause = {
  id: "sender-unverifiable",
  summary: prose`The server asked the sender's own mail server, which does not know the sender`,
  fix: prose`Create the mailbox of ${setting("from_address")}, or use an address that can receive mail: this server calls back before it believes a sender.`,
  retry: asSaid,
};

export const accountRestricted: Cause = {
  id: "account-restricted",
  summary: prose`The account is blocked for sending, as a source of unwanted mail`,
  fix: prose`Have the account unblocked by its administrator, once its password is changed and it is clear what was sent from it; until then no alert leaves.`,
  retry: never,
  ofMailbox: mailbox.mailboxAccountDisabled,
};

export const senderNotAuthenticated: Cause = {
  id: "sender-not-authenticated",
  summary: prose`The sender's domain does not authorise this server (SPF, DKIM or DMARC)`,
  fix: prose`Publish this server in the sender domain's SPF record and sign with DKIM, or use a ${setting("from_address")} of a domain that does.`,
  retry: never,
};

export const senderDomainListed: Cause = {
  id: "sender-domain-listed",
  summary: prose`The domain of the sender or of this machine is on a block list`,
  fix: prose`Look the domain up at the list that is named and have it removed, or use a ${setting("from_address")} of another domain.`,
  retry: never,
};
