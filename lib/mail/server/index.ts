/** A real SMTP server for the sandbox and for tests. */
export { Authority, selfSigned, type CertificateRequest, type Issued } from "./certificates";
export type { MailFaults } from "./faults";
export { Inbox, type InboxMessage, type Original } from "./inbox";
export {
  startMailServer,
  type MailHooks,
  type MailServer,
  type MailServerMode,
  type MailServerOptions,
  type Refusal,
} from "./mail-server";
