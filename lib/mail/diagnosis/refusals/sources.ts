/** Pages that are the source of several rows. */
export const GMAIL = "https://support.google.com/a/answer/3726730";
export const MICROSOFT =
  "https://learn.microsoft.com/en-us/exchange/troubleshoot/email-delivery/ndr/non-delivery-reports-in-exchange-online";
export const SES = "https://docs.aws.amazon.com/ses/latest/dg/troubleshoot-error-messages.html";
export const SENDGRID = "https://sendgrid.com/docs/for-developers/sending-email/smtp-errors-and-troubleshooting/";
export const YAHOO = "https://senders.yahooinc.com/smtp-error-codes/";
export const GMX = "https://postmaster.gmx.com/en/error-messages";
export const MIMECAST =
  "https://mimecastsupport.zendesk.com/hc/en-us/articles/34000709564691-Policies-Mimecast-SMTP-Error-Codes";
export const HMAILSERVER = "https://www.hmailserver.com/documentation/latest/?page=reference_error_messages_smtp";
export const MAILENABLE = "http://gaurang-microsofttechnology.blogspot.com/2012/10/smtp-custome-error-codes.html";
export const UNKNOWN = "known, not looked up";
export const OBSERVED = "observed";
