import { rmSync } from "node:fs";
import { startMailServer, type MailServer } from "../../lib/mail/server";
import { HANG_UP, startScripted, type Script, type ScriptedServer } from "../support/scripted-smtp";
import { startNameServer } from "../support/name-server";
import { Place } from "./mail/run-outbound";

describe("outbound send", () => {
  const password = "send-password-1";
  const place = new Place();
  let server: MailServer;
  let ca: string;
  beforeAll(async () => {
    server = await startMailServer({ mode: "starttls", users: { alerts: password } });
    ca = place.write("ca.pem", server.ca);
  });
  afterAll(async () => {
    await server.close();
    rmSync(place.directory, { recursive: true });
  });
  beforeEach(() => (place.environment = { SEND_PASSWORD: password }));

  let scripted: ScriptedServer | undefined;
  afterEach(async () => {
    await scripted?.close();
    scripted = undefined;
  });

  /** To a receiver of its own: at most one test mail in five seconds goes to the same ones. */
  let receivers = 0;
  const to = () => `receiver-${++receivers}@example.com`;
  const login = ["--username", "alerts", "--password-environment", "SEND_PASSWORD"];
  const send = (...more: string[]) =>
    place.run([
      "send",
      "127.0.0.1",
      "--port",
      String(server.port),
      "--from",
      "alerts@example.com",
      "--ca",
      ca,
      ...more,
    ]);
  async function sendTo(script: Partial<Script>, ...more: string[]) {
    scripted = await startScripted(script);
    const argv = [
      "send",
      "127.0.0.1",
      "--port",
      String(scripted.port),
      "--from",
      "alerts@example.com",
      "--security",
      "none",
    ];
    return place.run([...argv, ...more]);
  }

  it("sends one mail, and says where to look for it", async () => {
    const receiver = to();
    const { code, out } = await send(
      ...login,
      "--to",
      receiver,
      "--subject",
      "Relay of Monday",
      "--from-name",
      "Alerting",
    );
    expect(code).toBe(0);
    const [message, ...more] = server.inbox.messages;
    expect(more).toEqual([]);
    expect(message).toMatchObject({ subject: expect.stringMatching(/^\[TEST\] Relay of Monday \(/) });
    expect(out).toMatch(/^accepted: .*look for <outbound-test\.\w+@example\.com>/m);
  });

  it("tells everything as JSON", async () => {
    const receiver = to();
    const { code, out } = await send(...login, "--to", receiver, "--json");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      ok: true,
      exitCode: 0,
      kind: "send",
      title: `127.0.0.1:${server.port}`,
      receivers: [{ address: receiver, status: "accepted" }],
      certificateExpiresAt: expect.stringMatching(/^\d{4}-/),
      arrival: null,
      messageId: expect.stringMatching(/^<outbound-test/),
      target: { subject: "Alert mail test", via: null, imap: null, password_environment: "SEND_PASSWORD" },
    });
    expect(out).not.toContain(password);
  });

  it("has an exit code for receivers that are refused, all or some of them", async () => {
    const [good, bad] = [to(), to()];
    const rcpt = { [bad]: "550 5.1.1 No such user\r\n", "*": "250 2.1.5 Ok\r\n" };
    expect(await sendTo({ rcpt }, "--to", bad)).toMatchObject({ code: 18 });
    await scripted!.close();
    const { code, out } = await sendTo({ rcpt }, "--to", good, "--to", bad);
    expect(code).toBe(19);
    expect(out).toMatch(/partly accepted/);
  });

  it("has one for a message that is refused, and one for a message of which nobody knows", async () => {
    expect(await sendTo({ message: "554 5.7.1 Spam\r\n" }, "--to", to())).toMatchObject({ code: 20 });
    await scripted!.close();
    expect(await sendTo({ message: HANG_UP }, "--to", to())).toMatchObject({ code: 24 });
  });

  it("lets a platform send its own test, configured by the environment", async () => {
    const { code, out } = await send(...login, "--to", to(), "--via", "vrops:12345");
    expect(code).toBe(21);
    expect(out).toMatch(/FAIL\s+vrops test 12345/);
    expect(out).toContain("VROPS_URL");
    expect(out).toMatch(/ok\s+DATA/);
  });

  it("fails at the mailbox when it cannot be looked into, its password being no word of the output", async () => {
    place.environment["IMAP_PASSWORD"] = "imap-password-3";
    const mailbox = ["--imap-host", "127.0.0.1", "--imap-port", "1", "--imap-security", "none"];
    const { code, out, err } = await send(
      ...[...login, "--to", to(), ...mailbox, "--imap-password-environment", "IMAP_PASSWORD", "--json"],
    );
    expect(code).toBe(22);
    const { ok, arrival, stages, target } = JSON.parse(out);
    expect([ok, arrival]).toEqual([false, null]);
    expect(stages).toContainEqual(expect.objectContaining({ name: "arrival", status: "failed" }));
    expect(target.imap).toMatchObject({ port: 1, folder: "INBOX", password_environment: "IMAP_PASSWORD" });
    expect(out + err).not.toContain("imap-password-3");
  });

  it("fails at the sender's domain when a required check does not hold, asking the name server that is given", async () => {
    const names = await startNameServer({ "example.com": { TXT: ["v=spf1 ip4:203.0.113.25 -all"] } });
    const checks = ["--require", "spf", "--source-ip", "203.0.113.99", "--dns-server", names.address];
    const { code, out } = await send(...login, "--to", to(), ...checks);
    await names.close();
    expect(out).toMatch(/^FAIL +SPF /m);
    expect(code).toBe(23);
  });

  it("fails at a platform that does not exist", async () => {
    const { code, out } = await send(...login, "--to", to(), "--via", "nagios:1");
    expect(code).toBe(21);
    expect(out).toContain("no such system");
  });

  it.each([
    ["no receiver", [], "cli/option-missing", 2],
    ["what is no platform and id", ["--to", "a@example.com", "--via", "vrops"], "cli/bad-option", 2],
    ["a mailbox without a server", ["--to", "a@example.com", "--imap-folder", "Junk"], "cli/option-missing", 2],
    [
      "a mailbox without a password",
      ["--to", "a@example.com", "--imap-host", "imap.example.com"],
      "cli/option-missing",
      2,
    ],
    [
      "a mailbox of nobody in particular",
      [
        "--to",
        "a@example.com",
        "--to",
        "b@example.com",
        "--imap-host",
        "imap.example.com",
        "--imap-password-environment",
        "SEND_PASSWORD",
      ],
      "mail/mailbox-receiver-missing",
      2,
    ],
    [
      "a password in place of its variable's name",
      ["--to", "a@example.com", "--username", "alerts", "--password-environment", "hunter2-hunter2!"],
      "mail/not-an-environment-name",
      2,
    ],
    [
      "a mailbox whose password is not set",
      ["--to", "a@example.com", "--imap-host", "imap.example.com", "--imap-password-environment", "NOT_SET"],
      "cli/variable-missing",
      10,
    ],
  ])("refuses %s", async (_what, argv, code, exitCode) => {
    const result = await send(...argv);
    expect(result.err).toContain(`(${code})`);
    expect(result.err).not.toContain("hunter2");
    expect([result.code, result.out]).toEqual([exitCode, ""]);
  });

  it("shows the settings of mailbox and alignment without asking anybody", async () => {
    const mailbox = [
      "--imap-host",
      "imap.example.com",
      "--imap-password-environment",
      "SEND_PASSWORD",
      "--imap-remove",
    ];
    const { out } = await send(
      "--to",
      "a@example.com",
      ...mailbox,
      "--require",
      "spf,dmarc",
      "--dkim-selector",
      "s1",
      "--dry-run",
    );
    expect(out).toMatch(/^imap-username +a@example\.com$/m);
    expect(out).toMatch(/^imap-remove +yes$/m);
    expect(out).toMatch(/^imap-password-environment +SEND_PASSWORD$/m);
    expect(out).toMatch(/^require +spf, dmarc$/m);
    expect(out).toMatch(/^dkim-selector +s1$/m);
    expect(server.inbox.messages.map(({ subject }) => subject).join()).not.toContain("a@example.com");
  });
});
