import { queueIdOf } from "../../../lib/mail/smtp/queue-id";
import { parseReply } from "../../../lib/mail/smtp/reply";
import { ExchangeLog } from "../../../lib/mail/smtp/exchange-log";

/** What nodemailer logs, each line a moment after the one before. */
function listen(lines: readonly [who: "client" | "server", text: string, at: number][]): ExchangeLog {
  let now = 0;
  const transcript = new ExchangeLog({ now: () => now, sleep: async () => undefined });
  for (const [tnx, text, at] of lines) {
    now = at;
    transcript.logger.debug({ tnx }, text);
  }
  return transcript;
}

it("gives each pipelined command its own answer and its own time", () => {
  const transcript = listen([
    ["server", "220 hello", 5],
    ["client", "EHLO x", 6],
    ["server", "250-hello\r\n250 PIPELINING", 10],
    ["client", "MAIL FROM:<a@example.com> SIZE=1", 20],
    ["client", "RCPT TO:<b@example.com>", 20],
    ["client", "RCPT TO:<c@example.com>", 20],
    ["client", "DATA", 20],
    ["server", "250 2.1.0 Ok", 23],
    ["server", "250 2.1.5 Ok", 30],
    ["server", "550 5.1.1 No", 31],
    ["server", "354 Go ahead", 40],
    ["server", "250 2.0.0 Ok: queued as A1", 90],
  ]);
  expect(transcript.mail()).toMatchObject({ durationMs: 3, reply: { code: 250 } });
  expect(transcript.rcpt("b@example.com")).toMatchObject({ durationMs: 7, reply: { enhanced: "2.1.5" } });
  expect(transcript.rcpt("c@example.com")).toMatchObject({ durationMs: 1, reply: { code: 550 } });
  expect(transcript.data()).toMatchObject({ durationMs: 9 });
  expect(transcript.end()).toMatchObject({ durationMs: 50, reply: { code: 250 } });
});

it("keeps no line of a login", () => {
  const transcript = listen([
    ["client", "AUTH PLAIN AHRpbQB0YW5zdGFhZg==", 1],
    ["server", "334 ", 2],
    ["client", "c2VjcmV0cGFzc3dvcmQ=", 3],
  ]);
  expect(JSON.stringify(transcript)).not.toMatch(/AHRpbQB0YW5zdGFhZg|c2VjcmV0/);
});

it("knows whether the message was asked for when the connection is gone", () => {
  const asked = listen([
    ["client", "DATA", 1],
    ["server", "354 Go ahead", 2],
  ]);
  expect(asked.messageWanted).toBe(true);
  expect(asked.end()).toBeUndefined();
  expect(listen([["client", "DATA", 1]]).messageWanted).toBe(false);
});

it.each([
  ["250 2.0.0 Ok: queued as 4F2A1B3C5D", "4F2A1B3C5D"],
  ["250 OK id=1qXyZ0-0003Ab-2C", "1qXyZ0-0003Ab-2C"],
  ["250 2.0.0 3ALMHx1y012345 Message accepted for delivery", "3ALMHx1y012345"],
  ["250 2.6.0 Thank you", undefined],
])("finds the queue id in %j", (said, id) => {
  expect(queueIdOf(parseReply(said)!)).toBe(id);
});
