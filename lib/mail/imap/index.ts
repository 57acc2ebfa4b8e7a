/** Whether the test mail arrived, by IMAP. Light at import: imapflow is loaded when a mailbox is opened. */
export { awaitArrival } from "./await-arrival";
export type { Arrival, Mailbox } from "./mailbox";
export type { ExplainEntryRefusal, ImapEntryRefusal } from "./refusal";
export type { SentMessage } from "./sent-message";
