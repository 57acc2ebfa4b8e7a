import { explainServer } from "../../../lib/mail/diagnosis/refusals/explain-server";
import { testFailed } from "../../../lib/systems/uipath/errors";
import { testRemedy } from "../../../lib/systems/uipath/test-remedy";

const remedy = (words: string) => {
  const found = testRemedy(words, (said) => explainServer(said, { host: "smtp.example.com", login: "alerts" }));
  return { ...testFailed(found, words), kind: found.kind };
};

it.each([
  [
    "Mailbox unavailable. The server response was: 5.7.60 SMTP; Client does not have permissions to send as this sender",
    "sender-not-allowed",
    /`sender_address`/,
  ],
  [
    "The SMTP server requires a secure connection or the client was not authenticated. The server response was: 5.7.0 Must issue a STARTTLS command first",
    "encryption-required",
    /enable_ssl = true/,
  ],
  [
    "The SMTP server requires a secure connection or the client was not authenticated. The server response was: 5.7.57 Client not authenticated to send mail. Error: 535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.",
    "login-disabled",
    /Set-CASMailbox/,
  ],
  [
    "MailKit.Security.AuthenticationException: 535: 5.7.8 Username and Password not accepted",
    "login-refused",
    /application password/,
  ],
  [
    "The SMTP server requires a secure connection or the client was not authenticated.",
    "login-required",
    /enable_ssl = true/,
  ],
  ["The remote certificate was rejected: RevocationStatusUnknown", "revocation", /port 80/],
  [
    "System.IO.IOException: Unable to read data from the transport connection: net_io_connectionclosed.",
    "connection-closed",
    /587/,
  ],
  [
    "Service not available, closing transmission channel. The server response was: 4.4.2 Timeout exceeded, closing",
    "connection-timed-out",
    /test again/,
  ],
  ["something that nobody has heard", "failed", /See the answer/],
])("understands %s", (words, kind, fix) => {
  expect(remedy(words)).toMatchObject({ kind, fix: expect.stringMatching(fix) });
});
