import { connect } from "node:net";
import { createTransport } from "nodemailer";
import type { Clock } from "../../../lib/core/clock";
import { systemClock } from "../../../lib/core/clock";
import { startMailServer, type MailServer, type MailServerOptions } from "../../../lib/mail/server";

const PASSWORD = "correct horse battery";
const users = { alerts: PASSWORD };
let server: MailServer;
afterEach(() => server.close());

async function start(options: Partial<MailServerOptions> = {}): Promise<MailServer> {
  server = await startMailServer({ mode: "starttls", users, ...options });
  return server;
}

/** Sends with a client that is not ours; resolves with the server's words, good or bad. */
async function send(options: { pass?: string; text?: string; login?: boolean } = {}): Promise<string> {
  const transport = createTransport({
    host: server.host,
    port: server.port,
    secure: server.url.startsWith("smtps:"),
    ...(options.login === false ? {} : { auth: { user: "alerts", pass: options.pass ?? PASSWORD } }),
    tls: { ca: server.ca },
  });
  return transport
    .sendMail({
      from: "Älerts <alerts@example.com>",
      to: "oncall@example.com",
      subject: "Grüße",
      text: options.text ?? "hello",
    })
    .then(
      ({ response }) => response,
      (error: { response?: string; message: string }) => error.response ?? error.message,
    );
}

it.each(["starttls", "tls", "plain"] as const)("takes mail over %s from a user that logs in", async (mode) => {
  await start({ mode });
  expect(await send()).toMatch(/^250 2\.0\.0 Ok: queued as [0-9A-F]{10}$/);
  const [mail] = server.inbox.messages;
  expect(mail).toMatchObject({
    subject: "Grüße",
    from: "alerts@example.com",
    to: ["oncall@example.com"],
    user: "alerts",
  });
  expect(mail!.tls).toBe(mode === "plain" ? undefined : "TLSv1.3");
});

it("presents a certificate that its own authority vouches for, and nobody else", async () => {
  await start({ mode: "tls" });
  const transport = createTransport({ host: server.host, port: server.port, secure: true });
  await expect(transport.sendMail({ from: "a@example.com", to: "b@example.com", text: "x" })).rejects.toThrow(
    /unable to (verify|get)/,
  );
});

it("refuses a wrong password, and a sender that does not log in", async () => {
  await start();
  expect(await send({ pass: "wrong" })).toBe("535 5.7.8 Error: authentication failed");
  expect(await send({ login: false })).toBe("530 5.7.0 Authentication required");
  expect(server.inbox.messages).toEqual([]);
});

it("takes no login before the line is encrypted", async () => {
  await start();
  const answer = await new Promise<string>((resolve) => {
    const socket = connect(server.port, server.host);
    const steps = ["EHLO client.test\r\n", `AUTH PLAIN ${Buffer.from(`\0alerts\0${PASSWORD}`).toString("base64")}\r\n`];
    let reply = "";
    socket.on("data", (chunk) => {
      reply += chunk.toString();
      if (!/^\d{3} [^\r]*\r\n$/m.test(reply)) return;
      const next = steps.shift();
      if (next === undefined) {
        socket.destroy();
        return resolve(reply);
      }
      reply = "";
      socket.write(next);
    });
  });
  expect(answer).toMatch(/^538 /);
});

it("refuses receivers one by one, and messages that are too large", async () => {
  await start({ sizeLimit: 2_000, hooks: { receiver: () => undefined } });
  expect(await send({ text: "x".repeat(5_000) })).toMatch(/^552 /);
  server.faults.refuseReceivers = { "oncall@example.com": { code: 550, text: "5.1.1 User unknown" } };
  expect(await send()).toBe("550 5.1.1 User unknown");
});

it("greylists a sender it does not know, until the time is over", async () => {
  let now = 1_000_000;
  const clock: Clock = { ...systemClock, now: () => now };
  await start({ clock, faults: { greylistMs: 300_000 } });
  expect(await send()).toMatch(/^450 4\.2\.0 .*Greylisted/);
  now += 299_999;
  expect(await send()).toMatch(/^450/);
  now += 1;
  expect(await send()).toMatch(/^250/);
});

it("can keep a message and hang up instead of saying so", async () => {
  await start({ faults: { dropAfterData: true } });
  expect(await send()).not.toMatch(/^250/);
  expect(server.inbox.messages).toHaveLength(1);
});

it("can lose a message before it says anything", async () => {
  await start({ faults: { dropBeforeReply: true } });
  expect(await send()).not.toMatch(/^250/);
  expect(server.inbox.messages).toEqual([]);
});

it("closes although a silent connection is open", async () => {
  await start({ faults: { silent: true } });
  const socket = connect(server.port, server.host);
  const closed = new Promise((resolve) =>
    socket
      .resume()
      .on("close", resolve)
      .on("error", () => undefined),
  );
  await new Promise((resolve) => socket.on("connect", resolve));
  await server.close();
  await closed;
  expect(socket.destroyed).toBe(true);
});

describe("the inbox", () => {
  const signal = new AbortController().signal;

  it("hands over a message that is still to come", async () => {
    await start();
    const waiting = server.inbox.waitFor(({ subject }) => subject === "Grüße", { signal, timeoutMs: 5_000 });
    await send();
    expect((await waiting).text).toContain("hello");
  });

  it("hands over one that is there already", async () => {
    await start();
    await send();
    expect(await server.inbox.waitFor(() => true, { timeoutMs: 1 })).toBe(server.inbox.messages[0]);
  });

  it("names what did arrive when the awaited one does not", async () => {
    await start();
    await send();
    await expect(server.inbox.waitFor(() => false, { timeoutMs: 5 })).rejects.toThrow('the inbox holds "Grüße"');
  });

  it("stops waiting when told to", async () => {
    await start();
    const controller = new AbortController();
    const waiting = server.inbox.waitFor(() => false, { signal: controller.signal, timeoutMs: 60_000 });
    controller.abort(new Error("enough"));
    await expect(waiting).rejects.toThrow("enough");
  });

  it("has no secret in its snapshot, which is a copy", async () => {
    await start();
    await send();
    const snapshot = server.inbox.snapshot();
    expect(JSON.stringify(snapshot)).not.toContain(PASSWORD);
    expect(snapshot).toEqual(server.inbox.messages);
    expect(snapshot[0]).not.toBe(server.inbox.messages[0]);
  });
});
