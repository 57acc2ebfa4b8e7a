import type { ImapMailbox } from "../../../../lib/mail/imap/mailbox";
import { kindOf, runProbe, runTest, type AlignmentOptions, type TestRequest } from "../../../../lib/mail";
import { startMailServer, type MailServer } from "../../../../lib/mail/server";
import { ARRIVAL } from "../../../../lib/mail/stage/stage";
import { DeliveringInbox } from "../../../support/delivering-inbox";
import { ImapFolder } from "../../../support/imap-folders";
import { mailRuntime, mailTarget } from "../../../support/mail-runtime";
import { startNameServer } from "../../../support/name-server";
import { startScriptedImap, type ImapScript, type ScriptedImap } from "../../../support/scripted-imap";
import { HANG_UP, startScripted, type Script } from "../../../support/scripted-smtp";

const A = "a@example.com";
const B = "b@example.com";
const C = "c@example.com";

/** A mailbox at a port where nobody listens. */
const mailbox: ImapMailbox = {
  host: "127.0.0.1",
  port: 9,
  security: "none",
  username: "a",
  password: "correct horse",
  receiver: A,
  waitMs: 200,
};

async function tested(
  script: Partial<Script>,
  more: { mailboxes?: readonly ImapMailbox[]; alignment?: AlignmentOptions },
) {
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

describe("the arrival at several receivers", () => {
  const inbox = new DeliveringInbox();
  const junk = new ImapFolder("Spam", ["\\Junk"]);
  /** Said by the server of the second mailbox in place of its own answers. */
  let answers: Record<string, ImapScript["answers"][string]>;
  let smtp: MailServer;
  let one: ScriptedImap;
  let two: ScriptedImap;
  beforeEach(async () => {
    answers = {};
    [smtp, one, two] = await Promise.all([
      startMailServer({ mode: "starttls", users: { alerts: "for sending" }, inbox }),
      startScriptedImap({ user: "a", password: "of the first" }),
      startScriptedImap({ user: "b", password: "of the second", answers }, { folders: [junk] }),
    ]);
    inbox.folders.set(A, one.inbox).set(B, two.inbox);
  });
  afterEach(() => Promise.all([smtp.close(), one.close(), two.close()]));

  const at = (server: ScriptedImap, more: Partial<ImapMailbox>): ImapMailbox => ({
    host: "127.0.0.1",
    port: server.port,
    security: "starttls",
    username: "a",
    password: "of the first",
    ca: server.ca,
    receiver: A,
    waitMs: 0,
    ...more,
  });
  const second = { username: "b", password: "of the second", receiver: B, setting: "more_mailboxes[0]" };

  /** Both mailboxes, the second declared as `more_mailboxes[0]`; C has none. */
  async function looked(
    first: Partial<ImapMailbox> = {},
    other: Partial<ImapMailbox> = {},
    more: Partial<TestRequest> = {},
  ) {
    const login = { username: "alerts", password: "for sending" };
    const target = mailTarget(smtp.port, { ca: smtp.ca, login, to: [A, B, C], timeoutMs: 20_000 });
    const mailboxes = [at(one, first), at(two, { ...second, ...other })];
    const watch = { signal: new AbortController().signal, redact: (text: string) => text };
    return runTest({ target, subject: "x", via: [], mailboxes, ...more }, mailRuntime(), watch);
  }
  const summary = ({ stages }: Awaited<ReturnType<typeof looked>>) =>
    stages.filter((found) => kindOf(found) === ARRIVAL).map((found) => [found.name, found.status, found.problem?.code]);

  it("is not proved for whoever's mailbox refuses the login, and what to mend is said of that one", async () => {
    const outcome = await looked({}, { password: "a password that is wrong" });
    expect(summary(outcome)).toEqual([
      [`arrival ${A}`, "passed", undefined],
      [`arrival ${B}`, "failed", "mail/imap-login-refused"],
    ]);
    expect(outcome).toMatchObject({ ok: false, arrival: { folder: "INBOX" } });
    expect(outcome.arrivals!.map(({ receiver }) => receiver)).toEqual([A]);
    expect(outcome.verdict).toMatch(
      /^partly delivered: arrived at a@.*; not seen in the mailbox of b@.*; accepted for c@example\.com, whose mailbox nobody/,
    );
    const { remedy } = stage(outcome, `arrival ${B}`);
    expect(remedy).toContain("Check `more_mailboxes[0].username`");
    expect(remedy).not.toContain("imap.");
    for (const password of ["of the first", "of the second", "a password that is wrong"]) {
      expect(JSON.stringify(outcome)).not.toContain(password);
    }
  });

  it("is proved for one, and not for whoever's mail does not come in time", async () => {
    inbox.folders.delete(B);
    const outcome = await looked();
    expect(summary(outcome)).toEqual([
      [`arrival ${A}`, "passed", undefined],
      [`arrival ${B}`, "failed", "mail/not-arrived"],
    ]);
    expect(outcome.verdict).toMatch(/^partly delivered: arrived at a@/);
    expect(outcome.receivers.map(({ status }) => status)).toEqual(["accepted", "accepted", "accepted"]);
  });

  it("of the second alone is no arrival in the first, and the sender is judged by the mail that there is", async () => {
    inbox.folders.delete(A);
    const names = await startNameServer({ "example.com": { A: ["127.0.0.1"], TXT: ["v=spf1 -all"] } });
    const outcome = await looked({}, {}, { alignment: { sourceIps: ["192.0.2.7"], require: [] } });
    await names.close();
    expect(outcome.arrival).toBeUndefined();
    expect(outcome.arrivals).toMatchObject([{ receiver: B, folder: "INBOX", junk: false }]);
    expect(outcome.verdict).toMatch(/^partly delivered: arrived at b@.*; not seen in the mailbox of a@/);
    expect(stage(outcome, "DKIM").problem!.code).toBe("mail/dkim-unsigned");
  });

  it("in the junk folder of one fails for that one", async () => {
    inbox.folders.set(B, junk);
    const outcome = await looked();
    expect(summary(outcome)).toEqual([
      [`arrival ${A}`, "passed", undefined],
      [`arrival ${B}`, "failed", "mail/arrived-in-junk"],
    ]);
    expect(outcome.arrivals).toMatchObject([{ junk: false }, { receiver: B, folder: "Spam", junk: true }]);
    expect(outcome.verdict).toMatch(/^delivered: arrived at a@.*, b@example\.com \(the junk folder Spam after/);
  });

  it("is waited for in all mailboxes at the same time, and told in the order of the mailboxes", async () => {
    inbox.folders.delete(A);
    // The first gets its mail once somebody looks into the second.
    answers["UID SEARCH"] = () => {
      if (one.inbox.messages.length === 0) one.inbox.store(two.inbox.messages[0]!.raw);
      return undefined;
    };
    const outcome = await looked({ waitMs: 3_000 }, {});
    expect(summary(outcome)).toEqual([
      [`arrival ${A}`, "passed", undefined],
      [`arrival ${B}`, "passed", undefined],
    ]);
    expect(outcome).toMatchObject({ ok: true, verdict: expect.stringMatching(/^delivered: arrived at a@.*, b@/) });
  });
});

describe("the sender's domain", () => {
  const alignment: AlignmentOptions = { sourceIps: ["192.0.2.7"], require: ["spf"] };

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
