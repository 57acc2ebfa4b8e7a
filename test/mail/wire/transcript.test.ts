import { createHmac } from "node:crypto";
import { runProbe, runTest } from "../../../lib/mail";
import { renderWire, ConversationLog } from "../../../lib/mail/wire/transcript";
import { startEchoing, type Echo } from "../../support/echoing-smtp";
import { mailRuntime, mailTarget } from "../../support/mail-runtime";
import { HANG_UP, SILENCE, startScripted, type Script, type ScriptedServer } from "../../support/scripted-smtp";

const password = "correct horse-battery/1";
const login = { username: "alerts", password };
const watch = { signal: new AbortController().signal, redact: (text: string) => text };
const base64 = (text: string) => Buffer.from(text).toString("base64");

let server: { close(): Promise<void> } | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function scripted(script: Partial<Script> = {}, options = {}): Promise<ScriptedServer> {
  const started = await startScripted(script, options);
  server = started;
  return started;
}

function recorder() {
  const runtime = mailRuntime();
  return { ...runtime, wire: new ConversationLog(runtime.clock) };
}

const marked = ({ wire }: { wire: ConversationLog }) => wire.lines.map(({ mark, text }) => `${mark} ${text}`);

describe("the conversation of a probe", () => {
  it("tells who said what, and from where on nobody else could read it", async () => {
    const { port, ca } = await scripted();
    const runtime = recorder();
    await runProbe(mailTarget(port, { login, ca }), runtime, watch);
    const lines = marked(runtime);
    expect(lines.slice(0, 3)).toEqual([
      `== connected to 127.0.0.1:${port}`,
      "<- 220 scripted.test ESMTP",
      expect.stringMatching(/^-> EHLO \S+$/),
    ]);
    const upgraded = lines.findIndex((line) => /^== TLSv1\.[23] established, TLS_/.test(line));
    expect(lines[upgraded - 1]).toBe("<- 220 2.0.0 Ready to start TLS");
    expect(lines.slice(upgraded + 1).every((line) => /^(~>|<~) /.test(line))).toBe(true);
    expect(lines).toContain("~> AUTH PLAIN (user and password, 44 bytes)");
    expect(lines).toContain("<~ 250 2.1.5 Ok");
    expect(lines.at(-1)).toBe("~> QUIT");
  });

  it("is under TLS from the first line on when TLS is implicit", async () => {
    const { port, ca } = await scripted({ ehlo: "250-scripted.test\r\n250 AUTH PLAIN\r\n" }, { implicitTls: true });
    const runtime = recorder();
    await runProbe(mailTarget(port, { login, ca, security: "tls" }), runtime, watch);
    expect(marked(runtime).slice(1, 3)).toEqual([expect.stringMatching(/^== TLSv1/), "<~ 220 scripted.test ESMTP"]);
    expect(marked(runtime).filter((line) => /^(->|<-)/.test(line))).toEqual([]);
  });

  it.each([
    ["silence", { mail: SILENCE }, 400, /^\*\* silence for 0\.\d+ s, gave up$/],
    ["a server that hangs up", { mail: HANG_UP }, 5_000, /^\*\* the server hung up$/],
    ["a server that speaks out of turn", { ehlo: "250 x\r\n250 y\r\n" }, 5_000, /^\*\* the server spoke out of turn:$/],
  ])("shows %s", async (_, script, timeoutMs, expected) => {
    const { port } = await scripted(script);
    const runtime = recorder();
    await runProbe(mailTarget(port, { login: undefined, security: "none", timeoutMs }), runtime, watch);
    expect(marked(runtime)).toContainEqual(expect.stringMatching(expected));
  });

  it("says why there was no connection", async () => {
    const { port, close } = await startScripted();
    await close();
    const runtime = recorder();
    await runProbe(mailTarget(port), runtime, watch);
    expect(marked(runtime)).toEqual([expect.stringMatching(/^\*\* TCP: .*refused/)]);
  });
});

describe("the conversation of a test mail", () => {
  it("is two connections, the message being its headers and its length", async () => {
    const { port, ca } = await scripted();
    const runtime = recorder();
    const request = { target: mailTarget(port, { login, ca }), subject: "Alert mail test", via: [] };
    const outcome = await runTest(request, runtime, watch);
    expect(outcome.ok).toBe(true);
    const second = runtime.wire.lines
      .filter(({ connection }) => connection === 2)
      .map(({ mark, text }) => `${mark} ${text}`);
    expect(second[0]).toBe(`== connected to 127.0.0.1:${port}`);
    expect(second).toContainEqual(expect.stringMatching(/^== TLSv1\.[23] established, TLS_/));
    expect(second).toContain("~> AUTH PLAIN (user and password)");
    const data = second.indexOf("<~ 354 End data with <CR><LF>.<CR><LF>");
    expect(second.slice(data)).toContainEqual(expect.stringMatching(/^~> Subject: \[TEST\] Alert mail test/));
    expect(second.slice(data)).toContainEqual(expect.stringMatching(/^~> \(\d{3,} bytes\)$/));
    expect(second.at(second.indexOf("~> .") + 1)).toBe("<~ 250 2.0.0 Ok: queued as 4F2A1B3C5D");
    expect(second.join("\n")).not.toContain("nothing is broken");
  });

  it("keeps no answer to a 334, not even the user's name", async () => {
    const echoing = await startEchoing("LOGIN", () => []);
    server = echoing;
    const runtime = recorder();
    const target = mailTarget(echoing.port, { login, security: "none" });
    expect((await runTest({ target, subject: "x", via: [] }, runtime, watch)).ok).toBe(true);
    const answers = [1, 2].map((connection) =>
      runtime.wire.lines.filter((line) => line.connection === connection && line.text.startsWith("(user and password")),
    );
    expect(answers.map((lines) => lines.length)).toEqual([2, 2]);
    expect(marked(runtime).join("\n")).not.toContain(base64("alerts"));
  });

  it("shows where the second connection broke", async () => {
    const { port } = await scripted({}, { connections: [{}, { mail: HANG_UP }] });
    const runtime = recorder();
    const target = mailTarget(port, { login: undefined, security: "none" });
    await runTest({ target, subject: "x", via: [] }, runtime, watch);
    expect(marked(runtime)).toContainEqual(expect.stringMatching(/^\*\* .*closed/i));
  });
});

describe("a server that repeats what it is told", () => {
  /** Everything from which the password could be had. */
  function forms(): string[] {
    const digest = createHmac("md5", password).update(Buffer.from("PDEyMy40NTZAZWNobz4=", "base64")).digest("hex");
    const plain = base64(`\0alerts\0${password}`);
    const bearer = base64(`user=alerts\x01auth=Bearer ${password}\x01\x01`);
    return [
      password,
      base64(password),
      plain,
      digest,
      base64(`alerts ${digest}`),
      bearer,
      Buffer.from(password).toString("hex"),
    ];
  }

  const decode = (told: string) => Buffer.from(told.replace(/^AUTH \S+ /, ""), "base64").toString("latin1");
  const inHalves = (text: string) => [
    text.slice(0, Math.floor(text.length / 2)),
    text.slice(Math.floor(text.length / 2)),
  ];
  const ECHOES: Readonly<Record<string, Echo>> = {
    "as it came": (told) => [told],
    decoded: (told) => [decode(told)],
    "in hexadecimal": (told) => [Buffer.from(decode(told), "latin1").toString("hex")],
    "in base64 once more": (told) => [base64(told)],
    "in two lines": (told) => inHalves(told),
    "decoded, in two lines": (told) => inHalves(decode(told)),
    "one character a line": (told) => [...decode(told)].slice(0, 100),
  };
  const cases = Object.keys(ECHOES).flatMap((name) =>
    (["PLAIN", "LOGIN", "CRAM-MD5", "XOAUTH2"] as const).map((mechanism) => [name, mechanism] as const),
  );

  it.each(cases)("%s, by %s, gives nothing away in either connection", async (name, mechanism) => {
    const echoing = await startEchoing(mechanism, ECHOES[name]!);
    server = echoing;
    const runtime = recorder();
    const target = mailTarget(echoing.port, { login: { ...login, mechanism }, security: "none" });
    await runTest({ target, subject: "Alert mail test", via: [] }, runtime, watch);
    const { lines } = runtime.wire;
    expect(Math.max(...lines.map(({ connection }) => connection))).toBe(2);
    const all = renderWire(lines).join("\n");
    const joined = lines
      .map(({ text }) => text.replace(/^\d{3}[ -]/, ""))
      .join("")
      .replace(/\s/g, "");
    for (const form of forms()) {
      expect(all).not.toContain(form);
      expect(joined).not.toContain(form.replace(/\s/g, ""));
    }
    expect(all).toMatch(/\d{3}[ -].*redacted/);
    // What is no secret stays readable.
    expect(all).toContain("EHLO");
    expect(all).toContain("that was it");
  });
});

it("shows no beginning of a password where a line is cut", async () => {
  const { port } = await scripted({ mail: `250 ${"x".repeat(485)} ${password}\r\n` });
  const runtime = recorder();
  runtime.wire.protect(login);
  await runProbe(mailTarget(port, { login: undefined, security: "none" }), runtime, watch);
  expect(marked(runtime)).toContainEqual(expect.stringMatching(/^<- 250 x{485} \(redact/));
  expect(marked(runtime).join()).not.toContain("correct");
});

it("stays within bounds whatever the server sends", async () => {
  const long = `250 ${"x".repeat(4_000)}\r\n`;
  const many = "250-y\r\n".repeat(100);
  const { port } = await scripted({ mail: `${many}${long}`, rcpt: { "*": `${many}250 Ok\r\n` } });
  const runtime = recorder();
  const to = Array.from({ length: 20 }, (_, index) => `r${index}@example.com`);
  await runProbe(mailTarget(port, { login: undefined, security: "none", to }), runtime, watch);
  const { lines } = runtime.wire;
  expect(lines.length).toBe(1_001);
  expect(lines.at(-1)).toMatchObject({ mark: "**", text: expect.stringContaining("left out") });
  expect(Math.max(...lines.map(({ text }) => text.length))).toBeLessThanOrEqual(501);
});

it("is printed with connection, time and direction", () => {
  const lines = [
    { connection: 1, ms: 2, mark: "==", text: "connected to 127.0.0.1:25" },
    { connection: 1, ms: 103, mark: "<-", text: "220 hello" },
  ] as const;
  expect(renderWire(lines)).toEqual(["#1   2 ms  == connected to 127.0.0.1:25", "#1 103 ms  <- 220 hello"]);
});
