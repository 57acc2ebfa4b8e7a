import { EventEmitter } from "node:events";
import type { Socket } from "node:net";
import { capabilitiesInWords, describeCapabilities, parseCapabilities } from "../../lib/mail/capabilities";
import { Dialogue, DialogueError } from "../../lib/mail/dialogue";
import { queueIdOf } from "../../lib/mail/queue-id";
import { explainRefusal } from "../../lib/mail/refusals";
import { allRemedies } from "../../lib/mail/remedies";
import { parseReply, type Reply } from "../../lib/mail/reply";
import { hostileReply, pieces } from "../support/hostile-replies";
import { seeded } from "../support/random";

/** A failing seed is named by the test; run it alone by giving it here, in the environment. */
const ONLY = process.env.FUZZ_SEED === undefined ? undefined : Number(process.env.FUZZ_SEED);
const seeds = (from: number, count: number) =>
  ONLY === undefined ? Array.from({ length: count }, (_, index) => from + index) : [ONLY];

const REPLIES = 12_000;
/** Of one reply, and of everything kept of it. */
const LONGEST_TEXT = 1_100;
const MOST_RECEIVED = 4_096 * 128 + 65_536;

const forever = new AbortController().signal;
const codes = new Set<string>(allRemedies.map(({ code }) => code));

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
        if ("reply" in whole) expectUsable(whole.reply);
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
    const kept = (dialogue as unknown as { received: Buffer }).received.length;
    if (kept > MOST_RECEIVED) expect(kept).toBeLessThanOrEqual(MOST_RECEIVED);
    // As on a real socket, the reader has its turn between two chunks.
    await undefined;
  }
  line.emit("end");
  return reading;
}

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
  for (const stage of ["banner", "EHLO", "AUTH", "MAIL", "RCPT", "DATA"] as const) {
    const problem = explainRefusal(stage, reply);
    if (!codes.has(problem.code)) expect(codes).toContain(problem.code);
    expectShown(problem.summary, LONGEST_TEXT);
  }
  // As the second connection hands replies over.
  expect(parseReply(reply.text)?.code).toBe(reply.code);
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
