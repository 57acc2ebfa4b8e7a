import type { Mailbox } from "../../../../lib/mail/imap/mailbox";
import { runProbe, runTest, type SenderAlignment } from "../../../../lib/mail";
import { mailRuntime, mailTarget } from "../../../support/mail-runtime";
import { startNameServer } from "../../../support/name-server";
import { HANG_UP, startScripted, type Script } from "../../../support/scripted-smtp";

const A = "a@example.com";
const B = "b@example.com";

/** A mailbox at a port where nobody listens. */
const mailbox: Mailbox = {
  host: "127.0.0.1",
  port: 9,
  security: "none",
  username: "a",
  password: "correct horse",
  receiver: A,
  waitMs: 200,
};

async function tested(script: Partial<Script>, more: { mailboxes?: readonly Mailbox[]; alignment?: SenderAlignment }) {
  const server = await startScripted(script);
  const names = await startNameServer({ "example.com": { A: ["127.0.0.1"], TXT: ["v=spf1 ip4:192.0.2.0/24 -all"] } });
  const target = mailTarget(server.port, { ca: server.ca, to: [A, B], dnsServers: [names.address], timeoutMs: 10_000 });
  const watch = { signal: new AbortController().signal, redact: (text: string) => text };
  try {
    return await runTest({ target, subject: "x", via: [], ...more }, mailRuntime(), watch);
  } finally {
    await server.close();
    await names.close();
  }
}

const stage = (outcome: Awaited<ReturnType<typeof tested>>, name: string) =>
  outcome.stages.find((found) => found.name === name)!;

describe("the arrival", () => {
  it.each<[string, Partial<Script>, RegExp]>([
    ["the login was refused", { auth: "535 5.7.8 No\r\n" }, /^not looked for: no message was taken$/],
    ["the message was refused", { message: "554 5.7.1 Spam\r\n" }, /^not looked for: no message was taken$/],
    [
      "this one receiver was refused",
      { rcpt: { [A]: "550 5.1.1 User unknown\r\n", "*": "250 Ok\r\n" } },
      /^not looked for: the server did not take the message for a@example\.com$/,
    ],
  ])("is not looked for when %s", async (_, script, reason) => {
    const outcome = await tested(script, { mailboxes: [mailbox] });
    expect(stage(outcome, "arrival")).toMatchObject({ status: "skipped", detail: expect.stringMatching(reason) });
    expect(outcome.arrival).toBeUndefined();
  });

  it.each<[string, Partial<Script>]>([
    [
      "the message was taken for the receiver, though not for others",
      { rcpt: { [B]: "550 5.1.1 No\r\n", "*": "250 Ok\r\n" } },
    ],
    ["nobody knows what became of the message", { message: HANG_UP }],
  ])("is looked for when %s", async (_, script) => {
    const outcome = await tested(script, { mailboxes: [mailbox] });
    // Nobody listens there, which only shows whoever tried.
    expect(stage(outcome, "arrival").status).toBe("failed");
  });

  it("is no stage where no mailbox was given", async () => {
    const outcome = await tested({}, {});
    expect(stage(outcome, "arrival")).toBeUndefined();
  });
});

describe("the sender's domain", () => {
  const alignment: SenderAlignment = { sourceIps: ["192.0.2.7"], require: ["spf"] };

  it.each<[string, Partial<Script>]>([
    ["after a message", {}],
    ["without one, from DNS alone", { banner: "554 5.7.1 Go away\r\n" }],
  ])("is judged %s", async (_, script) => {
    const outcome = await tested(script, { alignment });
    expect(outcome.stages.slice(-4).map(({ name }) => name)).toEqual(["SPF", "DKIM", "DMARC", "PTR"]);
    expect(stage(outcome, "SPF").status).not.toBe("failed");
  });

  it("is judged by a probe too, and not once it was interrupted", async () => {
    const controller = new AbortController();
    controller.abort();
    const outcome = await runProbe(
      mailTarget(9, { security: "none", login: undefined, to: [] }),
      mailRuntime(),
      { signal: controller.signal, redact: (text) => text },
      alignment,
    );
    expect(outcome.stages.slice(-3)).toMatchObject(
      ["SPF", "DKIM", "DMARC"].map((name) => ({ name, status: "skipped", detail: "not reached: interrupted" })),
    );
  });
});

it("keeps a login to itself that a server repeats in any spelling", async () => {
  const password = "Tr0ub4dor-and-3";
  const spellings = [
    password,
    Buffer.from(password).toString("base64"),
    Buffer.from(`\0alerts\0${password}`).toString("base64"),
    Buffer.from(password).toString("hex"),
    encodeURIComponent(password).replace("-", "%2D"),
  ];
  for (const said of spellings) {
    const server = await startScripted({ auth: `535 5.7.8 I do not know <${said}>\r\n` });
    const outcome = await runProbe(
      mailTarget(server.port, { ca: server.ca, to: [], login: { username: "alerts", password } }),
      mailRuntime(),
      { signal: new AbortController().signal, redact: (text) => text },
    );
    await server.close();
    expect(outcome.stages.find(({ name }) => name === "AUTH")!.problem!.evidence).toContain("I do not know");
    expect(JSON.stringify(outcome)).not.toContain(said);
  }
});
