import { prose } from "../../../../core/prose";
import { asSaid, later, never, type Cause } from "../cause";
import * as mailbox from "./mailbox";
import { setting } from "../setting";

/** The receivers of the mail. */

export const noSuchMailbox: Cause = {
  id: "no-such-mailbox",
  summary: prose`The server does not know this receiver`,
  fix: prose`Check the spelling of the address, or create the mailbox.`,
  retry: never,
  ofMailbox: mailbox.mailboxLoginRefused,
};

export const noSuchDomain: Cause = {
  id: "no-such-domain",
  summary: prose`The receiver's domain does not exist or takes no mail`,
  fix: prose`Check what stands after the @.`,
  retry: never,
};

export const receiverNullMx: Cause = {
  id: "receiver-null-mx",
  summary: prose`The receiver's domain says that it takes no mail (null MX)`,
  fix: prose`Check what stands after the @; if it is right, name a receiver in a domain that takes mail.`,
  retry: never,
};

export const addressRefused: Cause = {
  id: "address-refused",
  summary: prose`The server does not accept the form of this address`,
  fix: prose`Write the plain address, without display name, quotes or characters outside ASCII.`,
  retry: never,
};

export const addressAmbiguous: Cause = {
  id: "address-ambiguous",
  summary: prose`The address fits more than one mailbox`,
  fix: prose`Write the full address of one mailbox, or have the server's directory cleaned of the second one.`,
  retry: never,
};

export const mailboxMoved: Cause = {
  id: "mailbox-moved",
  summary: prose`The mailbox has moved or changed its owner`,
  fix: prose`Ask the receiver for the address of today and write it into ${setting("to")}.`,
  retry: never,
};

export const mailboxDisabled: Cause = {
  id: "mailbox-disabled",
  summary: prose`The receiver's mailbox is disabled`,
  fix: prose`Have it enabled, or name another receiver.`,
  retry: never,
  ofMailbox: mailbox.mailboxAccountDisabled,
};

export const mailboxFull: Cause = {
  id: "mailbox-full",
  summary: prose`The receiver's mailbox is full`,
  fix: prose`Make room in it: real alerts would bounce as well.`,
  retry: never,
  ofMailbox: mailbox.mailboxIsFull,
};

export const listNotExpanded: Cause = {
  id: "list-not-expanded",
  summary: prose`The server cannot tell who is in the distribution list`,
  fix: prose`Have the list's members checked on the server, or name its members in ${setting("to")}.`,
  retry: asSaid,
};

export const receiverRefusedByPolicy: Cause = {
  id: "receiver-refused-by-policy",
  summary: prose`A policy of the server forbids mail from here to this receiver`,
  fix: prose`Have sender and source IP address allowed for this receiver: it may take internal or authenticated mail only.`,
  retry: never,
};

export const receiverRestricted: Cause = {
  id: "receiver-restricted",
  summary: prose`This receiver, often a group, takes mail of certain senders only`,
  fix: prose`Add ${setting("from_address")} to the senders that the group or mailbox accepts, and let it take mail from outside the organisation where that is where alerts come from.`,
  retry: never,
};

export const receiverSuppressed: Cause = {
  id: "receiver-suppressed",
  summary: prose`The mail service sends nothing more to this receiver, after a bounce or a complaint`,
  fix: prose`Take the address from the mail service's suppression list, once it receives mail again; real alerts to it are dropped too.`,
  retry: never,
};

export const receiverUnverified: Cause = {
  id: "receiver-unverified",
  summary: prose`The server asked the receiver's own mail server, and got no answer yet`,
  fix: prose`See whether the mail server behind this one runs and can be reached from it; test again in some minutes.`,
  retry: later(300),
};

export const mailboxUnavailable: Cause = {
  id: "mailbox-unavailable",
  summary: prose`The receiver's mailbox cannot be reached at the moment`,
  fix: prose`Temporary: test again in some minutes; if it stays, have the mailbox looked at on the server.`,
  retry: later(300),
};

export const receiverTooBusy: Cause = {
  id: "receiver-too-busy",
  summary: prose`The receiver's mailbox gets more mail at the moment than the server lets through`,
  fix: prose`Temporary: test again later; send fewer alerts to this mailbox, since a storm of alerts is held back likewise.`,
  retry: later(900),
  ofMailbox: mailbox.mailboxInUse,
};

export const smtpUtf8Needed: Cause = {
  id: "smtputf8-refused",
  summary: prose`An address or header has characters outside ASCII, and the server or the mailbox takes none`,
  fix: prose`Write the addresses in ASCII, their domains as in the DNS (xn--...), or use a server that takes SMTPUTF8 all the way.`,
  retry: never,
};
