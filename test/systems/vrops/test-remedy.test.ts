import { explainServer } from "../../../lib/mail/diagnosis/refusals/explain-server";
import { testFailed } from "../../../lib/systems/vrops/errors";
import { testRemedy } from "../../../lib/systems/vrops/test-remedy";

const remedy = (words: string) => {
  const found = testRemedy(words, (said) => explainServer(said, { host: "smtp.example.com", login: "alerts" }));
  return { ...testFailed(found, words), kind: found.kind };
};

it.each([
  [
    "javax.mail.AuthenticationFailedException: 534-5.7.9 Application-specific password required",
    "application-password-required",
    /password_wo_version/,
  ],
  [
    "javax.mail.AuthenticationFailedException: 535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.",
    "login-disabled",
    /Set-CASMailbox/,
  ],
  [
    "com.sun.mail.smtp.SMTPSendFailedException: 550 5.7.60 SMTP; Client does not have permissions to send as this sender",
    "sender-not-allowed",
    /`sender_address`/,
  ],
  [
    "javax.mail.MessagingException: Got bad greeting from SMTP host: mx.example.com, port: 25, response: 554 5.7.1 No",
    "client-refused",
    /IP address/,
  ],
  ["com.sun.mail.smtp.SMTPAddressFailedException: 451 4.7.1 Greylisted", "greylisted", /Temporary/],
  [
    "com.sun.mail.smtp.SMTPAddressFailedException: 554 5.7.1 <b@example.com>: Relay access denied",
    "relay-denied",
    /relay/,
  ],
  [
    "javax.mail.MessagingException: Could not connect to SMTP host: mx.example.com, port: 465, response: -1",
    "security-mismatch",
    /security = "tls"/,
  ],
  [
    "javax.net.ssl.SSLHandshakeException: No appropriate protocol (protocol is disabled or cipher suites are inappropriate)",
    "tls-version",
    /TLS 1\.2/,
  ],
  [
    "javax.net.ssl.SSLHandshakeException: Received fatal alert: handshake_failure",
    "tls-version",
    /certificate has nothing to do/,
  ],
  [
    "javax.net.ssl.SSLHandshakeException: PKIX path building failed: unable to find valid certification path",
    "certificate",
    /thumbprint/,
  ],
  ["java.net.ConnectException: Connection timed out", "unreachable", /flow/],
  ["something that nobody has heard", "failed", /See the answer/],
])("understands %s", (words, kind, fix) => {
  expect(remedy(words)).toMatchObject({ kind, fix: expect.stringMatching(fix) });
});
