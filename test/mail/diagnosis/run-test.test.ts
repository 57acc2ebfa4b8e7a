import { createServer, type AddressInfo, type Server } from "node:net";
import { systemClock, type Clock } from "../../../lib/core/clock";
import { THROTTLE_MS } from "../../../lib/mail/diagnosis/throttle";
import { runTest, type MailRuntime, type Stage, type Target, type TestOutcome } from "../../../lib/mail";
import { Authority, selfSigned } from "../../../lib/mail/server";
import { mailRuntime, mailTarget } from "../../support/mail-runtime";
import {
  HANG_UP,
  scriptedAuthority,
  SILENCE,
  startScripted,
  type Script,
  type ScriptedOptions,
  type ScriptedServer,
} from "../../support/scripted-smtp";

const DAY = 86_400_000;
const namesake = Authority.create("Elsewhere");
const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function scripted(
  script: Partial<Script> = {},
  options: ScriptedOptions = {},
  connections: ScriptedOptions["connections"] = [],
): Promise<ScriptedServer> {
  const server = await startScripted(script, { ...options, connections });
  closers.push(() => server.close());
  return server;
}

function test_(
  target: Target,
  runtime: MailRuntime = mailRuntime(),
  signal = new AbortController().signal,
): Promise<TestOutcome> {
  return runTest({ target, subject: "Alert mail test", via: [] }, runtime, { signal, redact: (text) => text });
}

/** Runs the test against a script in which one thing is wrong. */
async function outcomeOf(
  script: Partial<Script>,
  options: ScriptedOptions = {},
  target: Partial<Target> = {},
): Promise<TestOutcome> {
  const server = await scripted(script, options);
  return test_(mailTarget(server.port, { ca: server.ca, ...target }));
}

const failed = (outcome: TestOutcome): Stage[] => outcome.stages.filter(({ status }) => status === "failed");

function expectFailure(outcome: TestOutcome, name: string, code: string, remedy: RegExp): Stage {
  expect(failed(outcome).map((stage) => [stage.name, stage.problem?.code])).toEqual([[name, `mail/${code}`]]);
  const [stage] = failed(outcome);
  expect(stage!.remedy).toMatch(remedy);
  expect(outcome.ok).toBe(false);
  return stage!;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe("before anything is connected", () => {
  it.each([
    ["smtp_host", { host: "smtp.example.com\r\nMAIL FROM:<x>" }],
    ["from_address", { from: "alerts@example.com\r\nRCPT TO:<victim@example.com>" }],
    ["to[1]", { to: ["a@example.com", "b@example.com\nDATA"] }],
    ["username", { login: { username: "alerts\r\n", password: "x" } }],
    ["password", { login: { username: "alerts", password: "x\0y" } }],
  ])("refuses a control character in %s at the configuration, and connects to nobody", async (field, wrong) => {
    const server = await scripted();
    const outcome = await test_(mailTarget(server.port, wrong));
    const stage = expectFailure(outcome, "config", "line-break", /Remove it/);
    expect(stage.problem!.path).toEqual([field]);
    expect(server.lines).toEqual([]);
  });

  it("says which CA file is missing", async () => {
    const outcome = await test_(mailTarget(1, { ca: "ca/none.pem" }));
    expect(expectFailure(outcome, "config", "ca-file-missing", /PEM text/).detail).toContain("ca/none.pem");
  });

  it.each([
    ["no certificate at all", "-----BEGIN NOTHING-----"],
    ["a damaged one", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"],
  ])("refuses a CA with %s", async (_, ca) => {
    expectFailure(await test_(mailTarget(1, { ca })), "config", "ca-unreadable", /PEM form/);
  });

  it.each([
    ["ENOTFOUND", "no-such-host", /spelling/],
    ["EAI_AGAIN", "resolver-failed", /DNS server/],
  ])("names the resolver's %s", async (code, expected, remedy) => {
    const resolver = async () => Promise.reject(Object.assign(new Error("getaddrinfo"), { code }));
    const outcome = await test_(mailTarget(587, { host: "smtp.example.com" }), mailRuntime({ resolver }));
    expect(expectFailure(outcome, "DNS", expected, remedy).detail).toContain("smtp.example.com");
  });
});

describe("TCP", () => {
  it("names a refused connection", async () => {
    const port = await freePort();
    const stage = expectFailure(await test_(mailTarget(port)), "TCP", "connection-refused", /Nobody listens/);
    expect(stage.detail).toContain(`127.0.0.1:${port}`);
  });

  it("connects to every address, warns of one that does not answer, and goes on with the other", async () => {
    const server = await scripted();
    const resolver = async () => [
      { address: "127.0.0.99", family: 4 },
      { address: "127.0.0.1", family: 4 },
    ];
    const target = mailTarget(server.port, { host: "localhost", ca: server.ca });
    const outcome = await test_(target, mailRuntime({ resolver }));
    const tcp = outcome.stages.find(({ name }) => name === "TCP")!;
    expect(tcp.status).toBe("warning");
    expect(tcp.detail).toContain(`127.0.0.99:${server.port} refused`);
    expect(outcome.ok).toBe(true);
  });
});

describe("banner", () => {
  let silent: Server | undefined;
  afterEach(() => silent?.close());

  it("says that a connection stands but nobody speaks", async () => {
    const outcome = await outcomeOf({ banner: undefined }, {}, { timeoutMs: 300 });
    expectFailure(outcome, "banner", "no-banner", /timeout_seconds/);
  });

  it("finds out that a silent port is one for implicit TLS", async () => {
    const outcome = await outcomeOf({}, { implicitTls: true }, { timeoutMs: 1_000 });
    expectFailure(outcome, "banner", "implicit-tls-port", /security = "tls"/);
  });

  it.each([
    ["an IMAP server", "* OK IMAP4rev1 ready\r\n"],
    ["a web server", "HTTP/1.1 400 Bad Request\r\n"],
    ["an SSH server", "SSH-2.0-OpenSSH_9.6\r\n"],
  ])("recognises %s", async (_, banner) => {
    const stage = expectFailure(await outcomeOf({ banner }), "banner", "not-smtp", /smtp_port/);
    expect(stage.detail).toContain(banner.trim());
  });

  it.each([
    ["554 5.7.1 blocked\r\n", "client-refused", /block list/],
    ["421 4.7.0 Too many connections\r\n", "too-many-connections", /Temporary/],
    [HANG_UP, "connection-closed-before-banner", /load balancer/],
  ])("explains the greeting %j", async (banner, code, remedy) => {
    expectFailure(await outcomeOf({ banner }), "banner", code, remedy);
  });

  it("cuts a reply without end", async () => {
    const outcome = await outcomeOf({ banner: "220-more\r\n".repeat(500) });
    expectFailure(outcome, "banner", "protocol-violation", /firewall/);
  });
});

describe("TLS", () => {
  it("never goes on in plain text when STARTTLS is not offered", async () => {
    const server = await scripted({ ehlo: "250-scripted.test\r\n250 AUTH PLAIN\r\n" });
    const outcome = await test_(mailTarget(server.port));
    const stage = expectFailure(outcome, "TLS", "starttls-not-offered", /nothing was sent in the clear/);
    expect(stage.detail).toContain("AUTH PLAIN");
    expect(server.lines.map((line) => line.split(" ")[0])).toEqual(["EHLO"]);
  });

  it("never goes on in plain text when STARTTLS is refused", async () => {
    const server = await scripted({ starttls: "554 5.7.3 Unable to initialize security subsystem\r\n" });
    expectFailure(await test_(mailTarget(server.port)), "TLS", "starttls-refused", /Repair the server.s TLS settings/);
    expect(server.lines.some((line) => line.startsWith("AUTH") || line.startsWith("MAIL"))).toBe(false);
  });

  it("refuses plain text that follows the consent to STARTTLS", async () => {
    const outcome = await outcomeOf({ starttls: "220 2.0.0 Ready\r\n250-injected\r\n250 AUTH PLAIN\r\n" });
    expectFailure(outcome, "TLS", "starttls-injection", /Do not send mail/);
  });

  it("says since when a certificate is expired", async () => {
    const certificate = scriptedAuthority.issue({
      name: "127.0.0.1",
      hosts: ["127.0.0.1"],
      notBefore: Date.parse("2020-01-01"),
      notAfter: Date.parse("2020-02-01"),
    });
    const stage = expectFailure(await outcomeOf({}, { certificate }), "TLS", "certificate-expired", /Renew/);
    expect(stage.detail).toContain("2020-02-01");
  });

  it("tells a certificate that is not valid yet from a wrong clock", async () => {
    const certificate = scriptedAuthority.issue({ name: "x", hosts: ["127.0.0.1"], notBefore: Date.now() + DAY });
    expectFailure(await outcomeOf({}, { certificate }), "TLS", "certificate-not-yet-valid", /clock/);
  });

  it("names a self-signed certificate", async () => {
    const certificate = selfSigned({ name: "127.0.0.1", hosts: ["127.0.0.1"] });
    expectFailure(await outcomeOf({}, { certificate }), "TLS", "certificate-self-signed", /ca_certificate/);
  });

  it("trusts a self-signed certificate that is given as the CA", async () => {
    const certificate = selfSigned({ name: "127.0.0.1", hosts: ["127.0.0.1"] });
    const outcome = await outcomeOf({}, { certificate }, { ca: certificate.certificate });
    expect(failed(outcome)).toEqual([]);
  });

  it.each([
    ["when none was given", undefined, "certificate-unknown-issuer", /full chain/],
    ["when another one was given", scriptedAuthority.pem, "certificate-not-by-given-authority", /now: CN=Scripted CA/],
    ["when one of the same name was given", namesake.pem, "certificate-authority-replaced", /confirms the new key/],
  ])("names an unknown authority %s", async (_, ca, code, remedy) => {
    const certificate = Authority.create("Elsewhere").issue({ name: "127.0.0.1", hosts: ["127.0.0.1"] });
    const stage = expectFailure(await outcomeOf({}, { certificate }, { ca }), "TLS", code, remedy);
    expect(stage.detail).toContain("CN=Elsewhere");
  });

  it("names the names of a certificate made for another host", async () => {
    const certificate = scriptedAuthority.issue({ name: "mail.example.com", hosts: ["mail.example.com"] });
    const stage = expectFailure(await outcomeOf({}, { certificate }), "TLS", "certificate-wrong-name", /smtp_host/);
    expect(stage.detail).toContain("made for mail.example.com");
  });

  it.each([
    [20, /Renew the server's certificate now/],
    [45, /Plan the renewal/],
  ])("warns of a certificate that expires in %i days, and sends", async (days, remedy) => {
    const certificate = scriptedAuthority.issue({
      name: "127.0.0.1",
      hosts: ["127.0.0.1"],
      notBefore: Date.now() - 300 * 86_400_000,
      notAfter: Date.now() + days * DAY + DAY / 2,
    });
    const outcome = await outcomeOf({}, { certificate });
    const tls = outcome.stages.find(({ name }) => name === "TLS")!;
    expect(tls.status).toBe("warning");
    expect(tls.remedy).toMatch(remedy);
    expect(tls.problem!.summary).toContain(`${days} days`);
    expect(outcome.ok).toBe(true);
  });

  it("recognises a plain-text port behind security = tls", async () => {
    expectFailure(await outcomeOf({}, {}, { security: "tls" }), "TLS", "plain-text-port", /security = "starttls"/);
  });

  it("gives up on a handshake that never answers", async () => {
    const server = await scripted({ banner: undefined });
    const outcome = await test_(mailTarget(server.port, { security: "tls", timeoutMs: 300 }));
    expectFailure(outcome, "TLS", "no-reply", /overloaded/);
  });
});

describe("AUTH", () => {
  it("fails when credentials are configured and the server offers no AUTH", async () => {
    const outcome = await outcomeOf({ ehloTls: "250-scripted.test\r\n250 SIZE 1000\r\n" });
    expectFailure(outcome, "AUTH", "auth-not-offered", /Remove `username`/);
  });

  it("fails when no mechanism is in common, and names those offered", async () => {
    const outcome = await outcomeOf({ ehloTls: "250-scripted.test\r\n250 AUTH GSSAPI SCRAM-SHA-256\r\n" });
    const stage = expectFailure(outcome, "AUTH", "no-common-mechanism", /PLAIN, LOGIN/);
    expect(stage.detail).toContain("wanted: PLAIN, LOGIN, CRAM-MD5; offered: GSSAPI, SCRAM-SHA-256");
  });

  it.each([
    ["535 5.7.8 Error: authentication failed\r\n", "login-refused", /password_wo_version/],
    ["535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled\r\n", "login-disabled", /Enable/],
    ["534 5.7.9 Application-specific password required\r\n", "application-password-required", /application password/],
    ["538 5.7.11 Encryption required for requested mechanism\r\n", "encryption-required", /security = /],
    ["454 4.7.0 Temporary authentication failure\r\n", "login-unavailable", /Temporary/],
    [HANG_UP, "login-connection-closed", /hang up/],
  ])("explains %j", async (auth, code, remedy) => {
    expectFailure(await outcomeOf({ auth }), "AUTH", code, remedy);
  });

  it("sends the password after TLS only", async () => {
    const server = await scripted();
    await test_(mailTarget(server.port, { ca: server.ca }));
    const verbs = server.lines.map((line) => line.split(" ")[0]);
    expect(verbs.slice(0, 4)).toEqual(["EHLO", "STARTTLS", "EHLO", "AUTH"]);
  });
});

describe("MAIL, RCPT and DATA", () => {
  it.each([
    ["550 5.7.60 Client does not have permissions to send as this sender\r\n", "sender-not-allowed", /Send as/],
    ["530 5.7.0 Must issue a STARTTLS command first\r\n", "encryption-required", /security = /],
    ["530 5.7.0 Authentication required\r\n", "login-required", /username/],
    ["451 4.7.1 Greylisting in action\r\n", "greylisted", /Temporary/],
    ["552 5.3.4 Message size exceeds limit\r\n", "message-too-large", /size limit/],
    [HANG_UP, "connection-closed", /hang up/],
  ])("explains the sender's %j, and tries no receiver", async (mail, code, remedy) => {
    const server = await scripted({ mail });
    const outcome = await test_(mailTarget(server.port, { ca: server.ca }));
    expectFailure(outcome, "MAIL", code, remedy);
    expect(server.lines.some((line) => line.startsWith("DATA"))).toBe(false);
    expect(outcome.messageId).toBeUndefined();
  });

  it.each([
    ["550 5.1.1 User unknown\r\n", "no-such-mailbox", /spelling/],
    ["550 5.7.1 Relaying denied\r\n", "relay-denied", /source IP address/],
    ["554 5.7.1 <x>: Relay access denied\r\n", "relay-denied", /source IP address/],
    ["550 5.7.1 Not allowed\r\n", "receiver-refused-by-policy", /allowed for this receiver/],
    ["450 4.2.0 Greylisted, please try again later\r\n", "greylisted", /5 to 15 minutes/],
    ["452 4.2.2 Mailbox full\r\n", "mailbox-full", /Make room/],
    ["553 5.1.3 Bad address syntax\r\n", "address-refused", /plain address/],
    ["550 5.2.1 Mailbox disabled\r\n", "mailbox-disabled", /enabled/],
    ["499 4.9.9 Something else\r\n", "refused-for-now", /temporary/],
    ["599 5.9.9 Something else\r\n", "refused", /permanent/],
  ])("explains a receiver's %j", async (reply, code, remedy) => {
    const outcome = await outcomeOf({ rcpt: { "*": reply } });
    expectFailure(outcome, "RCPT oncall@example.com", code, remedy);
    expect(outcome.stages.at(-1)).toMatchObject({ name: "DATA", status: "skipped" });
  });

  it("fails the one refused receiver by name, though the server took the message for the other", async () => {
    const outcome = await outcomeOf(
      { rcpt: { "b@example.com": "550 5.1.1 User unknown\r\n", "*": "250 2.1.5 Ok\r\n" } },
      {},
      { to: ["a@example.com", "b@example.com"] },
    );
    expectFailure(outcome, "RCPT b@example.com", "no-such-mailbox", /spelling/);
    expect(outcome.stages.find(({ name }) => name === "RCPT a@example.com")!.status).toBe("passed");
    expect(outcome.verdict).toMatch(/^partly accepted: .* for 1 of 2 receivers, refused: b@example\.com\./);
    expect(outcome.messageId).toBeDefined();
  });

  it.each([
    ["data", "554 5.5.1 No valid recipients\r\n", "no-such-mailbox"],
    ["message", "554 5.7.1 Message rejected as spam\r\n", "content-refused"],
    ["message", "554 5.7.60 SendAsDenied; not allowed to send as\r\n", "sender-not-allowed"],
    ["message", "550 5.7.26 Unauthenticated email is not accepted due to DMARC policy\r\n", "sender-not-authenticated"],
    ["message", "554 5.6.0 Content rejected\r\n", "content-refused"],
    ["message", "452 4.3.1 Insufficient system storage\r\n", "server-full"],
  ])("explains a refusal of the %s: %j", async (step, reply, code) => {
    const outcome = await outcomeOf({ [step]: reply });
    expect(failed(outcome).map((stage) => [stage.name, stage.problem?.code])).toEqual([["DATA", `mail/${code}`]]);
    expect(outcome.messageId).toBeUndefined();
  });

  it.each([HANG_UP, SILENCE])("does not claim to know what became of a message after %s", async (message) => {
    const outcome = await outcomeOf({ message }, {}, { timeoutMs: 1_000 });
    expectFailure(outcome, "DATA", "effect-unknown", /inbox/);
    expect(outcome.verdict).toMatch(/^unknown: /);
    expect(outcome.messageId).toMatch(/^<outbound-test\./);
  });

  it("says so when the server turns away the second connection, which carries the message", async () => {
    const server = await scripted({}, {}, [{}, { banner: "421 4.7.0 Too many connections\r\n" }]);
    const outcome = await test_(mailTarget(server.port, { ca: server.ca }));
    const stage = expectFailure(outcome, "MAIL", "too-many-connections", /may limit connections/);
    expect(stage.detail).toContain("second connection");
    expect(stage.detail).toContain("421 4.7.0 Too many connections");
  });

  it("names the login refused on the second connection", async () => {
    const server = await scripted({}, {}, [{}, { auth: "535 5.7.8 Error: authentication failed\r\n" }]);
    expectFailure(await test_(mailTarget(server.port, { ca: server.ca })), "MAIL", "login-refused", /password/);
  });

  it("does not fall back to plain text on the second connection either", async () => {
    const server = await scripted({}, {}, [
      {},
      { ehlo: "250-scripted.test\r\n250 AUTH PLAIN\r\n", starttls: "502 5.5.1 Not implemented\r\n" },
    ]);
    const outcome = await test_(mailTarget(server.port, { ca: server.ca }));
    expect(failed(outcome).map(({ name }) => name)).toEqual(["MAIL"]);
    expect(server.lines.filter((line) => line.startsWith("AUTH"))).toHaveLength(1);
    expect(server.lines.some((line) => line.startsWith("MAIL"))).toBe(false);
  });

  it("judges the certificate of the second connection too", async () => {
    const certificate = selfSigned({ name: "127.0.0.1", hosts: ["127.0.0.1"] });
    const server = await scripted({}, {}, [{}, { certificate }]);
    const outcome = await test_(mailTarget(server.port, { ca: server.ca }));
    expect(failed(outcome)).toMatchObject([{ name: "MAIL", detail: expect.stringContaining("self-signed") }]);
    expect(server.lines.some((line) => line.startsWith("MAIL"))).toBe(false);
  });

  it("does not send a message larger than the server takes", async () => {
    const server = await scripted({ ehloTls: "250-scripted.test\r\n250-SIZE 100\r\n250 AUTH PLAIN\r\n" });
    expectFailure(await test_(mailTarget(server.port, { ca: server.ca })), "MAIL", "message-too-large", /size limit/);
    expect(server.lines.some((line) => line.startsWith("MAIL"))).toBe(false);
  });
});

describe("stopping", () => {
  it("ends at once when it is interrupted in the middle, and says where", async () => {
    const server = await scripted({ auth: SILENCE });
    const controller = new AbortController();
    const running = test_(
      mailTarget(server.port, { ca: server.ca, timeoutMs: 60_000 }),
      mailRuntime(),
      controller.signal,
    );
    await server.heard("AUTH");
    controller.abort(new Error("stop"));
    const outcome = await running;
    expectFailure(outcome, "AUTH", "interrupted", /Run it again/);
  });

  it("ends at once when it is interrupted while the message is under way", async () => {
    const server = await scripted({ data: SILENCE });
    const controller = new AbortController();
    const running = test_(
      mailTarget(server.port, { ca: server.ca, timeoutMs: 60_000 }),
      mailRuntime(),
      controller.signal,
    );
    await server.heard("DATA");
    controller.abort(new Error("stop"));
    expectFailure(await running, "DATA", "interrupted", /Run it again/);
  });

  it("gives a command that is never answered its share of the time only", async () => {
    const outcome = await outcomeOf({ auth: SILENCE }, {}, { timeoutMs: 1_500 });
    expectFailure(outcome, "AUTH", "no-reply", /look at its log/);
  });
});

describe("a whole test", () => {
  it("lists every stage in order and proves what it says", async () => {
    const outcome = await outcomeOf({}, {}, { to: ["a@example.com", "b@example.com"] });
    expect(outcome.stages.map(({ name, status }) => `${name} ${status}`)).toEqual([
      "config passed",
      "DNS skipped",
      "TCP passed",
      "banner passed",
      "EHLO passed",
      "TLS passed",
      "EHLO over TLS passed",
      "AUTH passed",
      "MAIL passed",
      "RCPT a@example.com passed",
      "RCPT b@example.com passed",
      "DATA passed",
    ]);
    expect(outcome.stages.at(-1)!.detail).toContain("queued as 4F2A1B3C5D");
    expect(outcome.verdict).toMatch(
      /^accepted: .*queue id 4F2A1B3C5D.* for 2 of 2 receivers\. Accepted is not yet delivered/,
    );
    expect(outcome.verdict).toContain("this machine");
  });

  it("speaks implicit TLS", async () => {
    const outcome = await outcomeOf({}, { implicitTls: true }, { security: "tls" });
    expect(outcome.stages.map(({ name }) => name).slice(2, 6)).toEqual(["TCP", "TLS", "banner", "EHLO"]);
    expect(failed(outcome)).toEqual([]);
  });

  it.each([
    ["starttls", 1],
    ["tls", 0],
  ] as const)("with %s, a greeting that takes its time is used to prepare encryption: %d", async (security, times) => {
    const server = await scripted({}, { implicitTls: security === "tls" });
    const slept: number[] = [];
    const sleep: Clock["sleep"] = (ms, signal) => {
      slept.push(ms);
      return systemClock.sleep(ms, signal);
    };
    const target = mailTarget(server.port, { ca: server.ca, security });
    expect((await test_(target, mailRuntime({ clock: { ...systemClock, sleep } }))).ok).toBe(true);
    expect(slept.filter((ms) => ms === 5)).toHaveLength(times);
  });

  it("makes a second mail to the same server and receivers wait its turn, and says so", async () => {
    const server = await scripted();
    const slept: number[] = [];
    const clock: Clock = {
      now: systemClock.now,
      // Steps may take longer than the pace, so that only the wait for the turn is cut short.
      sleep: (ms, signal) => (ms > THROTTLE_MS ? systemClock.sleep(ms, signal) : Promise.resolve(void slept.push(ms))),
    };
    const target = mailTarget(server.port, { ca: server.ca, timeoutMs: 60_000 });
    const first = await test_(target, mailRuntime({ clock }));
    const second = await test_(target, mailRuntime({ clock }));
    expect(first.stages[0]!.name).toBe("config");
    expect(second.stages[0]).toMatchObject({
      name: "rate limit",
      status: "passed",
      detail: expect.stringMatching(/5 s/),
    });
    // The others are shorter: a greeting's, while encryption is prepared.
    expect(slept.filter((ms) => ms > 5)).toEqual([second.stages[0]!.durationMs]);
    expect([first.ok, second.ok]).toEqual([true, true]);
  });

  it("sends without login and encryption when nothing else is declared", async () => {
    const outcome = await outcomeOf({}, {}, { security: "none", login: undefined });
    expect(failed(outcome)).toEqual([]);
    expect(outcome.stages.filter(({ status }) => status === "skipped").map(({ name }) => name)).toEqual([
      "DNS",
      "TLS",
      "AUTH",
    ]);
  });
});
