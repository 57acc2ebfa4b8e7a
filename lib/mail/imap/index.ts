/** Looks for the test mail by IMAP. Cheap to import: imapflow is loaded when a mailbox is opened. */
export { awaitArrival } from "./await-arrival";
export type { Arrival, ImapMailbox } from "./mailbox";
export type { SentMessage } from "./sent-message";
