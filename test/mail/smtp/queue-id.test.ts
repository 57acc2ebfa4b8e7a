import { queueIdOf } from "../../../lib/mail/smtp/queue-id";
import { parseReply } from "../../../lib/mail/smtp/reply";

it.each([
  ["Postfix", "250 2.0.0 Ok: queued as 4F2A1B3C5D", "4F2A1B3C5D"],
  ["Postfix, long ids", "250 2.0.0 Ok: queued as 4WXyz01234z5Qm", "4WXyz01234z5Qm"],
  ["amavis before it", "250 2.0.0 from MTA(smtp:[127.0.0.1]:10025): 250 2.0.0 Ok: queued as 9C0D1", "9C0D1"],
  [
    "Exchange",
    "250 2.6.0 <d1e2@example.com> [InternalId=4346868138141, Hostname=MB1.example.com] 8331 bytes in 0.124 Queued mail for delivery",
    "4346868138141",
  ],
  ["Gmail", "250 2.0.0 OK  1764273600 a640c23a-aa5998si123a12.34 - gsmtp", "a640c23a-aa5998si123a12.34"],
  [
    "SES",
    "250 Ok 0102018f1a2b3c4d-11111111-2222-3333-4444-555555555555-000000",
    "0102018f1a2b3c4d-11111111-2222-3333-4444-555555555555-000000",
  ],
  ["Exim", "250 OK id=1sAbCd-0000Xy-2Q", "1sAbCd-0000Xy-2Q"],
  ["GMX", "250 Requested mail action okay, completed: id=0MfVrk-1rBDzL3bbY-00OtVs", "0MfVrk-1rBDzL3bbY-00OtVs"],
  ["qmail", "250 ok 1764273600 qp 12345", "1764273600 qp 12345"],
  ["Haraka", "250 Message Queued (0E7D9B2C-1234.1)", "0E7D9B2C-1234.1"],
  ["IronPort", "250 ok:  Message 12345678 accepted", "12345678"],
  ["Sendmail", "250 2.0.0 4ABCdEfG012345 Message accepted for delivery", "4ABCdEfG012345"],
  ["OpenSMTPD", "250 2.0.0 1a2b3c4d Message accepted for delivery", "1a2b3c4d"],
  ["Stalwart", "250 2.0.0 Message queued with id 19f3a.", "19f3a"],
  ["Domino", "250 Message accepted for delivery", undefined],
  ["Kerio", "250 2.0.0 Message accepted for delivery", undefined],
  ["hMailServer", "250 Queued (0.016 seconds)", undefined],
  ["MailEnable", "250 Requested mail action okay, completed", undefined],
  ["nothing at all", "250 Ok", undefined],
])("%s", (_, said, id) => expect(queueIdOf(parseReply(said)!)).toBe(id));
