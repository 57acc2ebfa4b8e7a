import type { LineReader } from "../../../lib/core/line-reader";
import { EventEmitter } from "node:events";
import type { Socket } from "node:net";
import { performance } from "node:perf_hooks";
import { runInThisContext } from "node:vm";
import { systemClock } from "../../../lib/core/clock";
import { Redactor } from "../../../lib/core/redaction";
import { renderStages, runProbe, runTest, type ProbeOutcome, type Stage, type Target } from "../../../lib/mail";
import { capabilitiesInWords, describeCapabilities, parseCapabilities } from "../../../lib/mail/smtp/capabilities";
import { Dialogue, DialogueError } from "../../../lib/mail/smtp/dialogue";
import { queueIdOf } from "../../../lib/mail/smtp/queue-id";
import { explainReply, REFUSAL_STAGES } from "../../../lib/mail/diagnosis/refusals";
import { allCauses } from "../../../lib/mail/diagnosis/refusals/all-causes";
import { allRemedies } from "../../../lib/mail/diagnosis/remedies";
import { parseReply, type Reply } from "../../../lib/mail/smtp/reply";
import { renderWire, ConversationLog } from "../../../lib/mail/wire/transcript";
import { hostileReply, pieces } from "../../support/hostile-replies";
import { startHostile, type HostileServer } from "../../support/hostile-smtp";
import { mailRuntime, mailTarget } from "../../support/mail-runtime";
import { quietClock } from "../../support/quiet-clock";
import { pick, seeded, upTo } from "../../support/random";

/** A failing seed is named by the test; run it alone by giving it here, in the environment. */
const ONLY = process.env.FUZZ_SEED === undefined ? undefined : Number(process.env.FUZZ_SEED);
const seeds = (from: number, count: number) =>
  ONLY === undefined ? Array.from({ length: count }, (_, index) => from + index) : [ONLY];

const REPLIES = 12_000;
/** Of one reply, and of everything kept of it. */
const LONGEST_TEXT = 1_100;
const MOST_RECEIVED = 4_096 * 128 + 65_536;

const forever = new AbortController().signal;
const codes = new Set<string>([...allRemedies.map(({ code }) => code), ...allCauses.map(({ id }) => `mail/${id}`)]);

describe("a reply that no honest server sends", () => {
  it(`is read or refused, the same however it arrives, and fit to be shown (${REPLIES} replies)`, async () => {
    for (const seed of seeds(1, REPLIES)) {
      await replayable(seed, async () => {
        const random = seeded(seed);
        const bytes = hostileReply(random);
        const whole = await read([bytes]);
        const broken = await read(pieces(bytes, random));
        expect(broken).toEqual(whole);
        for (const text of textsOf(whole)) expectShown(text, LONGEST_TEXT);
        if ("reply" in whole) {
          expectUsable(whole.reply);
          expectShortLines(bytes, whole.reply.lines.length);
        }
      });
    }
  });

  it("is read the same wherever it is cut", async () => {
    for (const text of [
      "220 one\r\n",
      "250-one\r\n250-SIZE 10\r\n250 two\r\n",
      "250-one\n251 two\n",
      "abc\r\n",
      "\r\n220",
    ]) {
      const bytes = Buffer.from(text);
      const whole = await read([bytes]);
      for (let at = 0; at <= bytes.length; at += 1) {
        expect(await read([bytes.subarray(0, at), bytes.subarray(at)])).toEqual(whole);
      }
    }
  });
});

it("keeps no more of a flood than of the longest reply, while nobody reads and while somebody does", async () => {
  for (const text of ["220 hello\r\n", "", "250-more\r\n"]) {
    const line = new Line();
    const dialogue = new Dialogue(line as unknown as Socket);
    const reading = dialogue.receive(forever).catch(() => undefined);
    line.emit("data", Buffer.from(text));
    await undefined;
    for (let sent = 0; sent < 200 && !line.paused; sent += 1) line.emit("data", Buffer.alloc(65_536, "x"));
    expect(kept(dialogue)).toBeLessThanOrEqual(MOST_RECEIVED);
    expect(line.paused).toBe(true);
    await reading;
  }
});

type Read = { readonly reply: Reply } | { readonly fault: string; readonly evidence: string | undefined };

/** What a dialogue makes of these bytes, and nothing after them. */
async function read(parts: readonly Buffer[]): Promise<Read> {
  const line = new Line();
  const dialogue = new Dialogue(line as unknown as Socket);
  const reading = dialogue.receive(forever).then(
    (reply): Read => ({ reply }),
    (error: unknown): Read => {
      if (!(error instanceof DialogueError)) throw error;
      return { fault: error.fault, evidence: error.evidence };
    },
  );
  for (const part of parts) {
    if (line.paused || line.destroyed) break;
    line.emit("data", part);
    if (kept(dialogue) > MOST_RECEIVED) expect(kept(dialogue)).toBeLessThanOrEqual(MOST_RECEIVED);
    // As on a real socket, the reader has its turn between two chunks.
    await undefined;
  }
  line.emit("end");
  return reading;
}

/** What lies in the dialogue's memory is nobody else's business. */
const kept = (dialogue: Dialogue) =>
  (dialogue as unknown as { lines: { reader: LineReader } }).lines.reader.pending.length;

/** As much of a socket as a dialogue uses. */
class Line extends EventEmitter {
  readonly writable = true;
  paused = false;
  destroyed = false;
  pause(): void {
    this.paused = true;
  }
  destroy(): void {
    this.destroyed = true;
  }
}

const textsOf = (result: Read): readonly string[] =>
  "reply" in result
    ? [result.reply.text, ...result.reply.lines]
    : result.evidence === undefined
      ? []
      : [result.evidence];

/** Everything that is made of a reply later on. */
function expectUsable(reply: Reply): void {
  expect(reply.code).toBeGreaterThanOrEqual(200);
  expect(reply.code).toBeLessThan(600);
  expect(reply.lines.length).toBeLessThanOrEqual(128);
  const capabilities = parseCapabilities(reply);
  for (const text of [describeCapabilities(capabilities), capabilitiesInWords(capabilities)]) {
    expectShown(text, LONGEST_TEXT);
  }
  const { maxSize } = capabilities;
  expect(maxSize === undefined || (Number.isSafeInteger(maxSize) && maxSize > 0)).toBe(true);
  expect(queueIdOf(reply)?.length ?? 0).toBeLessThanOrEqual(LONGEST_TEXT);
  for (const stage of REFUSAL_STAGES) {
    const { problem } = explainReply(reply, { stage });
    if (!codes.has(problem.code)) expect(codes).toContain(problem.code);
    expectShown(problem.summary, LONGEST_TEXT);
  }
  // As the second connection hands replies over.
  expect(parseReply(reply.text)?.code).toBe(reply.code);
}

/** What was taken for a reply is no longer than its lines may be. */
function expectShortLines(bytes: Buffer, count: number): void {
  const lines = bytes.toString("latin1").split(/\r?\n/).slice(0, count);
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(4_096);
}

/** Fit for a terminal, a log and a state file. Asked a million times: `expect` would take most of the time. */
function expectShown(text: string, longest: number): void {
  if (UNFIT.test(text) || text.length > longest) expect({ text, longest }).toBe("fit to be shown");
}

/** Control characters, halves of characters, and what is invisible or turns the direction of the text around it. */
const UNFIT = /[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\p{Surrogate}]/u;

async function replayable(seed: number, body: () => Promise<void>): Promise<void> {
  try {
    await body();
  } catch (error) {
    (error as Error).message = `seed ${seed} (FUZZ_SEED=${seed} runs it alone): ${(error as Error).message}`;
    throw error;
  }
}

const SESSIONS = 400;
const AT_ONCE = 8;
const TIMEOUT_MS = 6_000;
/** On a machine that has other things to do. */
const PATIENCE_MS = 4_000;
const PASSWORD = "c0rrect horse battery";
/** What the kernel takes in for both sides, and what is kept of a reply before it is found too long. */
const MOST_FLOODED = 24 * 1_048_576;

describe("a server that misbehaves", () => {
  const running = new Set<number>();
  // Jest hands tests a copy of the process, which hears of no such thing.
  const outside = runInThisContext("process") as NodeJS.Process;
  const onUncaught = (error: Error) =>
    outside.stderr.write(`uncaught, by one of the seeds ${[...running].join(", ")}: ${error.stack}\n`);
  beforeAll(() => void outside.on("uncaughtExceptionMonitor", onUncaught));
  afterAll(() => void outside.off("uncaughtExceptionMonitor", onUncaught));

  it(`is survived, named and told no secrets (${SESSIONS} probes and deliveries)`, async () => {
    const left = [...seeds(100_001, SESSIONS)];
    const worker = async () => {
      for (let seed = left.shift(); seed !== undefined; seed = left.shift()) {
        running.add(seed);
        await replayable(seed, () => session(seed!));
        running.delete(seed);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    expect([...running]).toEqual([]);
    await expectIdle();
  }, 300_000);
});

/** Nothing goes on working when all is over, for a server that is long gone. */
async function expectIdle(): Promise<void> {
  const before = performance.eventLoopUtilization();
  await systemClock.sleep(200);
  expect(performance.eventLoopUtilization(before).utilization).toBeLessThan(0.5);
}

async function session(seed: number): Promise<void> {
  const random = seeded(seed);
  const security = pick(random, ["starttls", "starttls", "starttls", "tls", "none"] as const);
  const sends = random() < 0.5;
  const server = await startHostile({ random, implicitTls: security === "tls", from: upTo(random, sends ? 18 : 10) });
  const clock = quietClock(() => server.activity());
  const redactor = new Redactor();
  redactor.addCredentials("alerts", PASSWORD);
  const redact = (text: string) => redactor.redact(text);
  const wire = new ConversationLog(clock, redact);
  const mechanism = pick(random, [undefined, undefined, "PLAIN", "LOGIN", "CRAM-MD5", "XOAUTH2"] as const);
  const target = mailTarget(server.port, {
    security,
    ca: server.ca,
    login: random() < 0.9 ? { username: "alerts", password: PASSWORD, mechanism } : undefined,
    onlyIfOffered: !sends && random() < 0.2,
    to: random() < 0.7 ? ["a@example.com"] : ["a@example.com", "b@example.com", "c@example.com"],
    timeoutMs: TIMEOUT_MS,
  });
  const runtime = { ...mailRuntime({ clock }), wire };
  const watch = { signal: forever, redact };
  const began = clock.now();
  try {
    const outcome = sends
      ? await runTest({ target, subject: "x", via: [] }, runtime, watch)
      : await runProbe(target, runtime, watch);
    expect(clock.now() - began).toBeLessThan(TIMEOUT_MS + PATIENCE_MS);
    expectOneFailure(outcome);
    expectShownWell(outcome, renderWire(wire.lines));
    expectNothingGivenAway(server, security);
    expect(server.mostSent()).toBeLessThan(MOST_FLOODED);
  } finally {
    clock.stop();
    await server.close();
  }
}

/** One stage names the failure, those behind it were not reached; receivers fail one by one. */
function expectOneFailure({ ok, verdict, stages }: ProbeOutcome): void {
  const failed = stages.filter(({ status }) => status === "failed");
  const [receivers, others] = [failed.filter(isReceiver), failed.filter((stage) => !isReceiver(stage))];
  expect(ok).toBe(failed.length === 0);
  expect(others.length).toBeLessThanOrEqual(1);
  if (receivers.length > 0 && others.length > 0) expect(others[0]!.name).toBe("DATA");
  if (others.length === 1 && receivers.length === 0) {
    const after = stages.slice(stages.indexOf(others[0]!) + 1);
    expect(after.filter(({ status }) => status !== "skipped")).toEqual([]);
  }
  expect(verdict).toMatch(/^(accepted|partly accepted|reachable|failed|unknown)\b/);
  for (const { status, problem, remedy, name } of stages) {
    if (status === "failed" || status === "warning") {
      expect(codes).toContain(problem?.code);
      expect(remedy).toBe(problem!.fix);
      expectStageOf(problem!.code, name, problem!.summary);
    }
  }
}

const isReceiver = ({ name }: Stage) => name.startsWith("RCPT ");

/** At a stage that the row names; what the second connection broke of is said at MAIL. */
function expectStageOf(code: string, stage: string, summary: string): void {
  if (stage === "MAIL" && summary.startsWith("The second connection")) return;
  // What a server may say at one stage it may say at any other.
  if (allCauses.some(({ id }) => code === `mail/${id}`)) return;
  const { stages } = allRemedies.find((remedy) => remedy.code === code)!;
  expect({ code, stages }).toEqual({ code, stages: expect.arrayContaining([stage.replace(/^RCPT .*/, "RCPT")]) });
}

function expectShownWell(outcome: ProbeOutcome, transcript: readonly string[]): void {
  const stages = outcome.stages.flatMap(({ detail, remedy = "", problem }) => [
    detail,
    remedy,
    ...Object.values(problem ?? {}).filter((value) => typeof value === "string"),
  ]);
  const receivers = outcome.receivers.flatMap(({ reply = "", remedy = "" }) => [reply, remedy]);
  const texts = [...stages, ...receivers, outcome.verdict, ...renderStages(outcome.stages).split("\n"), ...transcript];
  for (const text of texts) {
    expectShown(text, 3_000);
    expectNoSecret(text);
  }
  expect(transcript.length).toBeLessThanOrEqual(1_001);
}

const base64 = (text: string) => Buffer.from(text).toString("base64");
/** The password as it travels, by whatever mechanism; without what base64 shares with its surroundings. */
const SECRETS = [
  PASSWORD,
  base64(PASSWORD).replace(/=*$/, ""),
  base64(`\0alerts\0${PASSWORD}`).slice(12, -2),
  base64(`user=alerts\x01auth=Bearer ${PASSWORD}\x01\x01`).slice(28, -6),
  encodeURIComponent(PASSWORD),
];

function expectNoSecret(text: string): void {
  for (const secret of SECRETS) if (text.includes(secret)) expect(text).not.toContain(secret);
}

/** No login without the encryption that was declared, to a server that is the right one. */
function expectNothingGivenAway(server: HostileServer, security: Target["security"]): void {
  if (security === "none") return;
  const heard = server.trustworthy ? server.plain() : server.plain() + server.encrypted();
  expect(heard).not.toMatch(/^AUTH/im);
  expectNoSecret(heard);
}
