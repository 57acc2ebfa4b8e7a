import { createServer, type AddressInfo } from "node:net";
import { systemClock } from "../../../lib/core/clock";
import { runProbe, type Stage } from "../../../lib/mail";
import { probed, tested, type Oddities } from "../../support/diagnosed";
import { mailRuntime, mailTarget } from "../../support/mail-runtime";
import { HANG_UP, SILENCE, type Script } from "../../support/scripted-smtp";

/** Where something goes wrong, and the stage that has to say so. The message is sent over a second connection. */
const STEPS = {
  banner: "banner",
  ehlo: "EHLO",
  starttls: "TLS",
  ehloTls: "EHLO over TLS",
  auth: "AUTH",
  "mail of the probe": "MAIL",
  "rcpt of the probe": "RCPT oncall@example.com",
  mail: "MAIL",
  rcpt: "RCPT oncall@example.com",
  data: "DATA",
  message: "DATA",
} as const;
type Step = keyof typeof STEPS;

const OF_THE_MESSAGE: readonly Step[] = ["mail", "rcpt", "data", "message"];
const LONG = "x".repeat(9_000);

/** What the server does, and what it is called; by step where that differs. */
const FAULTS: Readonly<Record<string, { reply: string; code: string } & Partial<Record<Step, string>>>> = {
  "stays silent": { reply: SILENCE, code: "no-reply", banner: "no-banner", message: "effect-unknown" },
  "hangs up": {
    reply: HANG_UP,
    code: "connection-closed",
    banner: "connection-closed-before-banner",
    auth: "login-connection-closed",
    message: "effect-unknown",
  },
  "ends the session by 421": {
    reply: "421 4.3.2 Shutting down\r\n",
    code: "service-unavailable",
  },
  "refuses by 554": {
    reply: "554 5.0.0 No\r\n",
    code: "refused",
    banner: "client-refused",
    ehlo: "client-refused",
    ehloTls: "client-refused",
    starttls: "starttls-refused",
    data: "content-refused",
    message: "content-refused",
  },
  "talks of something else": {
    reply: "hello there\r\n",
    code: "protocol-violation",
    banner: "not-smtp",
    message: "effect-unknown",
  },
  "sends NUL bytes": {
    reply: "\0\0\0\r\n",
    code: "protocol-violation",
    banner: "not-smtp",
    message: "effect-unknown",
  },
  "sends a line without end": {
    reply: `250 ${LONG.repeat(10)}`,
    code: "protocol-violation",
    message: "effect-unknown",
  },
  "sends lines without end": {
    reply: "250-more\r\n".repeat(20_000),
    code: "protocol-violation",
    message: "effect-unknown",
  },
};

/** Silence takes as long as it is given: where encryption does not matter, it is left out, for it takes its time too. */
function inGoodTime(step: Step, reply: string, script: Partial<Script>): Oddities {
  if (reply !== SILENCE) return { script, target: { timeoutMs: 10_000 } };
  if (step === "starttls" || step === "ehloTls") return { script, target: { timeoutMs: 2_000 } };
  const ehlo = "250-scripted.test\r\n250 AUTH PLAIN\r\n";
  return { script: { ehlo, ...script }, target: { security: "none", timeoutMs: 400 } };
}

const cases = Object.entries(FAULTS).flatMap(([what, fault]) =>
  (Object.keys(STEPS) as Step[]).map((step) => [what, step, fault] as const),
);

it.each(cases)("a server that %s at %s is told at that stage, with what to do", async (_, step, fault) => {
  const field = step.split(" ")[0] as keyof Script;
  const script = { [field]: field === "rcpt" ? { "*": fault.reply } : fault.reply } as Partial<Script>;
  const run = OF_THE_MESSAGE.includes(step) ? tested : probed;
  const { outcome } = await run(inGoodTime(step, fault.reply, script));
  const failed = outcome.stages.filter(({ status }) => status === "failed");
  expect(failed.map(({ name, problem }) => [name, problem?.code])).toEqual([
    [STEPS[step], `mail/${fault[step] ?? fault.code}`],
  ]);
  expect(failed[0]!.remedy).toMatch(/\w.*[.?]$/);
  expect(JSON.stringify(outcome)).not.toMatch(/\\u0000|x{400}/);
  expect(outcome.ok).toBe(false);
});

it.each(["banner", "mail", "rcpt", "message"] as const)(
  "takes a NUL byte in the words of %s for a space",
  async (step) => {
    const reply = `${step === "banner" ? 220 : 250} a\0b\r\n`;
    const { outcome } = await tested({ script: { [step]: step === "rcpt" ? { "*": reply } : reply } });
    expect(outcome.ok).toBe(true);
    expect(outcome.stages.some(({ detail }) => detail.includes("a b"))).toBe(true);
  },
);

it.each([
  ["auth", "250 2.0.0 Ok\r\n", "AUTH"],
  ["mail", "354 Go ahead\r\n", "MAIL"],
  ["ehloTls", "334 What?\r\n", "EHLO over TLS"],
])("does not take just any friendly reply for a yes: %s by %j", async (step, reply, name) => {
  const { stage } = await probed({ script: { [step]: reply } });
  expect(stage(name).problem).toMatchObject({ code: "mail/protocol-violation" });
});

it("asks for no other receiver after a 421", async () => {
  const to = ["a@example.com", "b@example.com"];
  const { outcome, lines, stage } = await probed({
    target: { to },
    script: { rcpt: { "a@example.com": "421 4.3.2 Shutting down\r\n" } },
  });
  expect(lines.filter((line) => line.startsWith("RCPT"))).toHaveLength(1);
  expect(outcome.receivers).toMatchObject([{ status: "deferred" }, { status: "untried", attempts: 0 }]);
  expect(stage("RCPT b@example.com").status).toBe("skipped");
});

describe("after the server's consent to STARTTLS", () => {
  /** A server that says 220 and then does this. */
  async function consenting(then: (socket: import("node:net").Socket) => void): Promise<Stage> {
    const server = createServer((socket) => {
      socket.on("error", () => undefined);
      socket.write("220 scripted.test\r\n");
      socket.on("data", (chunk: Buffer) => {
        const line = chunk.toString("latin1");
        if (line.startsWith("EHLO")) socket.write("250-scripted.test\r\n250 STARTTLS\r\n");
        else if (line.startsWith("STARTTLS")) socket.write("220 Go\r\n");
        else then(socket);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      const outcome = await runProbe(
        mailTarget((server.address() as AddressInfo).port, { timeoutMs: 500 }),
        mailRuntime({ clock: systemClock }),
        { signal: new AbortController().signal, redact: (text) => text },
      );
      return outcome.stages.find(({ status }) => status === "failed")!;
    } finally {
      server.close();
    }
  }

  it.each([
    ["stays silent", () => undefined, "no-reply"],
    ["hangs up", (socket: import("node:net").Socket) => socket.end(), "connection-closed"],
    ["resets the connection", (socket: import("node:net").Socket) => socket.resetAndDestroy(), "connection-closed"],
    ["goes on in clear", (socket: import("node:net").Socket) => socket.write("250 Ok\r\n"), "plain-text-port"],
    [
      "sends NUL bytes",
      (socket: import("node:net").Socket) => socket.write(Buffer.alloc(4_096)),
      /^mail\/(tls-failed|plain-text-port|tls-version)$/,
    ],
  ] as const)("a server that %s fails at TLS", async (_, then, code) => {
    const stage = await consenting(then);
    expect(stage.name).toBe("TLS");
    if (typeof code === "string") expect(stage.problem!.code).toBe(`mail/${code}`);
    else expect(stage.problem!.code).toMatch(code);
  });
});
