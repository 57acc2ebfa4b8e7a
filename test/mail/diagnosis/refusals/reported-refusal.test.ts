import { refusalsIn } from "../../../../lib/mail/diagnosis/refusals/reported-refusal";
import { expectLinear } from "../../../support/growth";

const heard = (text: string) =>
  refusalsIn(text).map(({ parsed: { code, enhanced }, stage }) => [code, enhanced, stage]);

it.each([
  ["a reply", "550 5.1.1 User unknown", [[550, "5.1.1", undefined]]],
  [
    "a reply of several lines",
    "550-5.7.26 Blocked\r\n550-5.7.26 SPF or DKIM\r\n550 5.7.26 - gsmtp",
    [[550, "5.7.26", undefined]],
  ],
  [
    "several replies",
    "250 ok\n450 4.2.0 Greylisted\n354 go\n554 5.7.1 Spam",
    [
      [450, "4.2.0", undefined],
      [554, "5.7.1", undefined],
    ],
  ],
  [
    "a transcript",
    "~> MAIL FROM:<a@example.com>\n<~ 530 5.7.0 Authentication required\nS: 421 bye",
    [
      [530, "5.7.0", undefined],
      [421, undefined, undefined],
    ],
  ],
  [
    "a line of Postfix's log",
    "Nov 27 relay postfix/smtp[1]: 4F2A: to=<b@example.com>, relay=mx.example.com[192.0.2.25]:25, delay=3.3, dsn=5.1.1, status=bounced (host mx.example.com[192.0.2.25] said: 550 5.1.1 <b@example.com>: User unknown (in reply to RCPT TO command))",
    [[550, "5.1.1", "RCPT"]],
  ],
  [
    "a line of Exim's log",
    "2026-11-27 ** b@example.com R=dnslookup T=remote_smtp: SMTP error from remote mail server after end of data: 554 5.7.1 Spam message rejected",
    [[554, "5.7.1", "DATA"]],
  ],
  [
    "a bounce",
    "Action: failed\nStatus: 5.4.1\nDiagnostic-Code: smtp; 550 5.4.1 Recipient address\n rejected: Access denied\n",
    [[550, "5.4.1", undefined]],
  ],
  [
    "a Java exception",
    "javax.mail.AuthenticationFailedException: 534-5.7.9 Application-specific password required",
    [[534, "5.7.9", "AUTH"]],
  ],
  [
    "a bad greeting",
    "javax.mail.MessagingException: Got bad greeting from SMTP host: mx, port: 25, response: 554 5.7.1 No",
    [[554, "5.7.1", "banner"]],
  ],
  [
    ".NET without the basic code",
    "Mailbox unavailable. The server response was: 5.7.60 SMTP; Client does not have permissions to send as this sender",
    [[undefined, "5.7.60", undefined]],
  ],
  [
    ".NET about a receiver",
    "SmtpFailedRecipientException: Mailbox unavailable. The server response was: 5.1.1 User unknown",
    [[undefined, "5.1.1", "RCPT"]],
  ],
  [
    "lines that belong to no reply of several lines",
    "550-5.7.26 Blocked\n554 5.7.1 Spam\n550-5.1.1 Nobody\nand then it hung up",
    [
      [550, "5.7.26", undefined],
      [554, "5.7.1", undefined],
      [550, "5.1.1", undefined],
    ],
  ],
  [
    "an answer with a status of its own",
    "400 The server response was: 535 5.7.8 Error: authentication failed",
    [[535, "5.7.8", undefined]],
  ],
  [
    "a Python exception",
    "smtplib.SMTPDataError: (554, b'5.2.0 STOREDRV.Submission.Exception:SendAsDeniedException')",
    [[554, "5.2.0", "DATA"]],
  ],
  [
    "several lines written as one",
    "said: 550-5.7.1 [192.0.2.7] The IP you're using 550 5.7.1 is not authorized (in reply to end of DATA command)",
    [[550, "5.7.1", "DATA"]],
  ],
  [
    "an indented reply of several lines, as in a bounce of Exim's",
    "  SMTP error from remote mail server after RCPT TO:<b@example.com>:\n    550-Verification failed\n    550-No such person\n    550 Sender verify failed",
    [[550, undefined, "RCPT"]],
  ],
  [
    "a line of Sendmail's log",
    "relay sm-mta[9]: x: to=<b@example.com>, mailer=esmtp, relay=mx.example.com., dsn=5.1.1, stat=User unknown",
    [[undefined, "5.1.1", undefined]],
  ],
  [
    "an IMAP server's no",
    "a3 NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)",
    [[undefined, undefined, "IMAP"]],
  ],
  ["an indented line of an IMAP server", "  a3 NO [AUTHENTICATIONFAILED] no", [[undefined, undefined, "IMAP"]]],
  ["an IMAP server's end", "S: * BYE [UNAVAILABLE] Too many connections", [[undefined, undefined, "IMAP"]]],
])("hears in %s what was refused", (_, text, refusals) => {
  expect(heard(text)).toEqual(refusals);
});

it.each([
  ["550-5.1.1 No\n550-such\n550 person", "550 5.1.1 No such person"],
  [
    "host mx said: 550 5.1.1 <b@example.com>: User unknown (in reply to RCPT TO command))",
    "550 5.1.1 <b@example.com>: User unknown",
  ],
  ["x: to=<b@example.com>, dsn=5.1.1, stat=User unknown", "5.1.1 User unknown"],
  ["x: to=<b@example.com>, dsn=5.1.1, User unknown ", "5.1.1 User unknown"],
  [
    "Diagnostic-Code: smtp; 550 5.4.1 Recipient\n   address\n rejected\n\n then more",
    "550 5.4.1 Recipient address rejected",
  ],
  ["Subject: 550 5.4.1 Recipient\n address", "550 5.4.1 Recipient"],
  ["Failed messages: X: (550 5.1.1 Nobody; here') ; nested exception is: 550 x", "550 5.1.1 Nobody; here"],
  ['The server response was: 5.1.1 (nobody"); nested exception is: y', "5.1.1 (nobody"],
])("shows the words of the server alone: %s", (text, words) => {
  const [first] = refusalsIn(text);
  expect(first!.text).toBe(words);
  expect(first!.parsed.words).toContain(/[a-z<][^ ]*$/i.exec(words)![0].toLowerCase());
});

it("hears no more than anybody reads", () => {
  expect(refusalsIn("550 5.1.1 User unknown\n".repeat(300))).toHaveLength(200);
});

it.each([
  ["successes", "250 2.0.0 Ok: queued as 4F2A1B3C5D"],
  ["other numbers", "Nov 27 10:22:01 relay postfix[550]: connect from unknown[192.0.2.7] port 553, 450 ms"],
  ["nothing", ""],
])("hears nothing in %s", (_, text) => {
  expect(heard(text)).toEqual([]);
});

it.each(["550-", "550 x\n", "5.7.1 ", "diagnostic-code:\n ", "(in reply to ", "'", "<"])(
  "is not held up by %j without end",
  (piece) => expectLinear(12_500, (size) => refusalsIn(piece.repeat(size))),
);
