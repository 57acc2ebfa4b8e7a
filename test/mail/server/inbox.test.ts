import { createTransport } from "nodemailer";
import { Inbox, startMailServer, type InboxMessage, type Original } from "../../../lib/mail/server";

const message = (subject: string): InboxMessage => ({
  queueId: "AB",
  receivedAt: "2026-01-02T03:04:05.000Z",
  from: "a@example.com",
  to: ["b@example.com"],
  subject,
  text: "",
  headers: {},
  bytes: 1,
});
const original = (bytes: number): Original => ({
  raw: Buffer.alloc(bytes),
  truncated: false,
  headers: [],
  attachments: [],
});
const numbers = (inbox: Inbox) => inbox.numbered().map(({ number, message }) => [number, message.subject]);

it("numbers messages in the order of their arrival, and never gives a number twice", () => {
  const inbox = new Inbox();
  inbox.add(message("first"));
  inbox.add(message("second"));
  expect(numbers(inbox)).toEqual([
    [1, "first"],
    [2, "second"],
  ]);
  expect(inbox.span).toEqual({ first: 1, last: 2 });
  inbox.clear();
  expect(inbox.span).toEqual({ first: 3, last: 2 });
  inbox.add(message("third"));
  expect(numbers(inbox)).toEqual([[3, "third"]]);
  expect(inbox.at(3)!.subject).toBe("third");
  for (const number of [0, 2, 4, -1, NaN]) expect(inbox.at(number)).toBeUndefined();
});

it("keeps a thousand messages; a number stays with its message when older ones go", () => {
  const inbox = new Inbox();
  for (let count = 1; count <= 1_003; count++) inbox.add(message(`no. ${count}`), original(1));
  expect(inbox.messages).toHaveLength(1_000);
  expect(inbox.numbered()[0]).toMatchObject({ number: 4, message: { subject: "no. 4" } });
  expect(inbox.at(1_003)!.subject).toBe("no. 1003");
});

it("forgets the originals of the oldest messages when all together grow too large, and keeps the messages", () => {
  const inbox = new Inbox();
  const half = 15 * 1024 * 1024;
  for (const subject of ["old", "middle", "new"]) inbox.add(message(subject), original(half));
  expect(inbox.messages.map((one) => inbox.original(one) !== undefined)).toEqual([false, true, true]);
  expect(inbox.messages).toHaveLength(3);
});

describe("from a real server", () => {
  async function received(mail: object): Promise<{ message: InboxMessage; original: Original }> {
    const server = await startMailServer({ mode: "plain" });
    try {
      await createTransport({ host: server.host, port: server.port, ignoreTLS: true }).sendMail({
        from: "a@example.com",
        to: "b@example.com",
        subject: "x",
        ...mail,
      });
      const message = server.inbox.messages[0]!;
      return { message, original: server.inbox.original(message)! };
    } finally {
      await server.close();
    }
  }

  it("keeps what crossed the wire: bytes, headers in their order, HTML with its pictures, names of attachments", async () => {
    const { original } = await received({
      text: "plain",
      html: '<p>rich <img src="cid:logo"></p>',
      headers: { "X-Twice": ["one", "two"] },
      attachments: [
        { filename: "logo.png", cid: "logo", contentType: "image/png", content: Buffer.from("png") },
        { filename: "report.csv", contentType: "text/csv", content: "a,b" },
      ],
    });
    expect(original.raw.toString()).toMatch(/^[\s\S]*\r\n\r\n[\s\S]*plain[\s\S]*rich/);
    expect(original.truncated).toBe(false);
    expect(original.headers.filter(([name]) => name === "X-Twice")).toEqual([
      ["X-Twice", "one"],
      ["X-Twice", "two"],
    ]);
    expect(original.html).toContain(`src="data:image/png;base64,${Buffer.from("png").toString("base64")}"`);
    expect(original.attachments).toEqual([
      { name: "logo.png", type: "image/png", bytes: 3 },
      { name: "report.csv", type: "text/csv", bytes: 3 },
    ]);
  });

  it("cuts off what is too long to keep, and says so; the length is still the true one", async () => {
    const { message, original } = await received({ html: `<p>${"x".repeat(700_000)}</p>` });
    expect(original.raw).toHaveLength(512 * 1024);
    expect(original.truncated).toBe(true);
    expect(original.html).toBeUndefined();
    expect(message.bytes).toBeGreaterThan(700_000);
  });
});
