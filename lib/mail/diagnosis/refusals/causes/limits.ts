import { prose } from "../../../../core/prose";
import { later, never, type Cause } from "../cause";
import * as mailbox from "./mailbox";
import { setting } from "../setting";

/** Quantities, sizes and rates. */

export const sendingLimit: Cause = {
  id: "sending-limit-reached",
  summary: prose`The account has sent as much as it may for now`,
  fix: prose`Wait until the limit is renewed (often 24 hours), or have the limit raised: real alerts are refused as well until then.`,
  retry: later(86_400),
};

export const creditsUsedUp: Cause = {
  id: "credits-used-up",
  summary: prose`The quota that was bought at the mail service is used up, or the account is not paid`,
  fix: prose`Raise the plan or pay at the mail service: no alert leaves until then.`,
  retry: never,
};

export const accountNotActivated: Cause = {
  id: "account-not-activated",
  summary: prose`The mail service has not yet opened the account for sending`,
  fix: prose`Finish the activation at the mail service, or ask its support to open the account; the login itself is right.`,
  retry: never,
};

export const accountInSandbox: Cause = {
  id: "account-in-sandbox",
  summary: prose`The account or domain is one for trials: it sends to registered receivers only`,
  fix: prose`Add the receiver to the authorized recipients of the account, or use a domain of your own there and have the sandbox lifted.`,
  retry: never,
};

export const rateLimited: Cause = {
  id: "rate-limited",
  summary: prose`The server was sent too much in too short a time`,
  fix: prose`Temporary: wait some minutes and test again, without asking at once; ask for a higher limit where many alerts come together.`,
  retry: later(600),
  ofMailbox: mailbox.mailboxTooManyConnections,
};

export const tooManyConnections: Cause = {
  id: "too-many-connections",
  summary: prose`The server has too many connections, of this machine or at all`,
  fix: prose`Temporary: close what else is connected from here, test again in some minutes, and ask for a higher connection limit for this machine's IP address.`,
  retry: later(300),
  ofMailbox: mailbox.mailboxTooManyConnections,
};

export const tooManyReceivers: Cause = {
  id: "too-many-receivers",
  summary: prose`The server takes fewer receivers in one message`,
  fix: prose`Use a distribution list in ${setting("to")}, or raise the server's limit: real alerts go to as many.`,
  retry: never,
};

export const messageTooLarge: Cause = {
  id: "message-too-large",
  summary: prose`The message is larger than the server accepts`,
  fix: prose`Raise the server's size limit: the test mail has a few kilobytes only, a limit this low would also stop real alerts.`,
  retry: never,
};

export const mailFlood: Cause = {
  id: "mail-flood",
  summary: prose`The server sees a flood of mail from here and holds it back`,
  fix: prose`Stop asking for a while, at best some hours; find out what else sends from this machine's IP address or in the name of this domain, then send slowly.`,
  retry: later(3_600),
};
