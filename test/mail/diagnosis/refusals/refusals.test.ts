import { explainReply, type RefusalStage } from "../../../../lib/mail/diagnosis/refusals";
import { meaningOf } from "../../../../lib/mail/diagnosis/refusals/registry";
import { parseReply } from "../../../../lib/mail/smtp/reply";

const explained = (stage: RefusalStage, said: string) => explainReply(parseReply(said)!, { stage }).problem;

it.each<[RefusalStage, string, string]>([
  ["banner", "554 No SMTP service here", "client-refused"],
  ["EHLO", "550 Access denied", "client-refused"],
  ["EHLO", "421 4.7.1 mail.example.com Error: No client certificate presented", "client-certificate-required"],
  ["AUTH", "525 5.7.13 Account disabled", "account-disabled"],
  ["AUTH", "504 5.5.4 Unrecognized authentication type", "mechanism-refused"],
  ["AUTH", "538 5.7.0 Error: Must issue a STARTTLS command first", "encryption-required"],
  ["MAIL", "553 5.1.8 Domain of sender address does not exist", "sender-domain-unknown"],
  ["MAIL", "421 4.3.2 Shutting down", "service-unavailable"],
  ["RCPT", "550 No such user", "no-such-mailbox"],
  ["RCPT", "551 User not local", "relay-denied"],
  ["RCPT", "550 5.7.23 SPF validation failed", "sender-not-authenticated"],
  ["RCPT", "550 5.1.10 Recipient not found", "receiver-null-mx"],
  ["RCPT", "550 5.1.2 Host unknown", "no-such-domain"],
  ["RCPT", "552 Mailbox full", "mailbox-full"],
  ["RCPT", "554 5.7.1 <unknown[192.0.2.7]>: Client host rejected: Access denied", "login-required"],
  ["RCPT", "554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using dnsbl.example.org", "client-refused"],
  ["RCPT", "553 5.7.1 <a@example.com>: Sender address rejected: not owned by user b", "sender-not-allowed"],
  ["RCPT", "450 4.1.8 <a@example.com>: Sender address rejected: Domain not found", "sender-domain-unknown"],
  ["RCPT", "450 4.2.0 <a@example.com>: Sender address rejected: Greylisted", "greylisted"],
  ["RCPT", "450 4.7.25 Client host rejected: cannot find your hostname, [192.0.2.7]", "client-without-name"],
  ["RCPT", "450 4.3.2 Service currently unavailable", "greylisted"],
  ["RCPT", "504 5.5.2 <vm>: Helo command rejected: need fully-qualified hostname", "client-name-refused"],
  ["RCPT", "454 4.7.1 Relay access denied", "relay-denied"],
  ["RCPT", "451 Greylisting enabled, come back", "greylisted"],
  ["RCPT", "452 4.5.3 Too many recipients", "too-many-receivers"],
  ["DATA", "552 Too much mail data", "message-too-large"],
])("explains at %s: %s", (stage, said, code) => {
  expect(explained(stage, said)).toMatchObject({ code: `mail/${code}`, evidence: said });
});

it("says that a temporary refusal without a reason is temporary", () => {
  for (const said of ["450 4.2.0 later", "451 4.7.1 later", "421 later", "454 4.7.0 later"]) {
    for (const stage of ["AUTH", "MAIL", "RCPT", "DATA"] as const) {
      expect(`${stage} ${said}: ${explained(stage, said).fix}`).toMatch(/temporary|later|test again/i);
    }
  }
});

it.each([
  ["5.7.8", "security or policy: the credentials are invalid"],
  ["4.2.2", "mailbox: the mailbox is full"],
  ["2.0.0", "other"],
  ["5.7.999", "security or policy"],
  ["5.9.1", "subject 9"],
])("decodes %s", (code, meaning) => {
  expect(meaningOf(code)).toBe(meaning);
});

it.each(["3.0.0", "5.7", "5.7.8.9", "x"])("takes %j for no enhanced code", (code) => {
  expect(meaningOf(code)).toBeUndefined();
});
