/** A real SMTP server for the sandbox and for tests. */
export { Authority, selfSigned } from "./certificates";
export { Inbox, type InboxMessage, type Original } from "./inbox";
export { startMailServer, type MailServer, type MailServerOptions, type SmtpRefusal } from "./mail-server";
