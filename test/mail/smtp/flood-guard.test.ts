import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { runTest, type TestOutcome } from "../../../lib/mail";
import { UnguardedConnection, guardAgainstFlood } from "../../../lib/mail/smtp/flood-guard";
import { mailRuntime, mailTarget } from "../../support/mail-runtime";

let server: Server | undefined;
const sockets = new Set<Socket>();
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  if (server) await new Promise((resolve) => server!.close(resolve));
  server = undefined;
});

/** A test mail to a server that behaves at first, and sends this for ever on the second connection. */
async function flooded(text: string): Promise<TestOutcome> {
  let connections = 0;
  server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    if (connections++ > 0) return pour(socket, text);
    socket.write("220 mx\r\n");
    socket.on("data", (chunk) =>
      /^QUIT/.test(String(chunk)) ? socket.end("221 bye\r\n") : socket.write("250 ok\r\n"),
    );
  });
  await new Promise<void>((resolve) => server!.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const target = mailTarget(port, { security: "none", login: undefined, timeoutMs: 10_000 });
  const watch = { signal: new AbortController().signal, redact: (said: string) => said };
  return runTest({ target, subject: "x", via: [] }, mailRuntime(), watch);
}

function pour(socket: Socket, text: string): void {
  while (socket.writable && socket.bytesWritten < 64e6) {
    if (!socket.write(text)) return void socket.once("drain", () => pour(socket, text));
  }
}

it.each([
  ["empty lines", "\r\n".repeat(30_000)],
  ["a line without end", "x".repeat(65_536)],
  ["a reply without end", "250-more\r\n".repeat(6_000)],
  ["replies that nobody asked for", "250 done\r\n".repeat(6_000)],
])("hangs up on a server that floods the message's connection with %s", async (_, text) => {
  const outcome = await flooded(text);
  expect(outcome.stages.find(({ name }) => name === "MAIL")).toMatchObject({
    status: "failed",
    problem: { code: "mail/protocol-violation" },
  });
});

describe("what is handed on", () => {
  const guarded = (receivers: number) => {
    const read: string[] = [];
    const floods: unknown[] = [];
    const connection = { _onData: (chunk: Buffer) => void read.push(chunk.toString()) };
    guardAgainstFlood(connection, receivers, (error) => floods.push(error));
    return { say: (text: string) => connection._onData(Buffer.from(text)), read, floods };
  };

  it("is everything of a server that says what a server has to say", () => {
    const { say, read, floods } = guarded(1);
    for (let reply = 0; reply < 900; reply += 1) say("250 2.1.5 Ok, thank you very much\r\n");
    expect([read.length, floods]).toEqual([900, []]);
  });

  it("grows with the receivers, each of whom is answered", () => {
    const many = guarded(500);
    for (let receiver = 0; receiver < 500; receiver += 1) many.say(`250-${"x".repeat(400)}\r\n`.repeat(5));
    expect([many.read.length, many.floods]).toEqual([500, []]);
    const few = guarded(1);
    for (let receiver = 0; receiver < 500; receiver += 1) few.say(`250-${"x".repeat(400)}\r\n`.repeat(5));
    expect(few.floods.length).toBeGreaterThan(0);
  });

  it.each([1, 3])("is so many lines for so many receivers, however they are cut, and not one more: %i", (receivers) => {
    const most = 1_000 + 32 * receivers;
    const cut = guarded(receivers);
    for (const text of ["\n".repeat(most - 2), "\r\n", "\nno end yet"]) cut.say(text);
    expect([cut.read.length, cut.floods]).toEqual([3, []]);
    cut.say("\n");
    expect([cut.read.length, cut.floods]).toMatchObject([3, [{ fault: "too-long" }]]);
    const whole = guarded(receivers);
    whole.say("\n".repeat(most + 1));
    expect([whole.read.length, whole.floods.length]).toEqual([0, 1]);
  });

  it.each([1, 3])("is so many bytes for so many receivers, and not one more: %i", (receivers) => {
    const most = 65_536 + 4_096 * receivers;
    const { say, read, floods } = guarded(receivers);
    say("x".repeat(most));
    expect([read.length, floods]).toEqual([1, []]);
    say("x");
    expect([read.length, floods]).toMatchObject([1, [{ fault: "too-long" }]]);
  });

  it("is nothing any more once it was too much", () => {
    const { say, read, floods } = guarded(1);
    say("\n".repeat(2_000));
    say("250 ok");
    expect([read.length, floods.length]).toEqual([0, 2]);
  });
});

it("ends the run where nodemailer reads in another way: that says nothing about the server", async () => {
  const { default: SmtpConnection } = await import("nodemailer/lib/smtp-connection");
  const reads = Object.getOwnPropertyDescriptor(SmtpConnection.prototype, "_onData")!;
  Reflect.deleteProperty(SmtpConnection.prototype, "_onData");
  try {
    await expect(flooded("")).rejects.toThrow(UnguardedConnection);
  } finally {
    Object.defineProperty(SmtpConnection.prototype, "_onData", reads);
  }
});
