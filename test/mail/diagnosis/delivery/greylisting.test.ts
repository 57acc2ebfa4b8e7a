import { askedToWaitMs, RetryWaits, type DeliveryAnswer } from "../../../../lib/mail/diagnosis/delivery/greylisting";
import { Deadline } from "../../../../lib/mail/wire/deadline";
import { HANG_UP } from "../../../support/scripted-smtp";
import { probed, tested } from "../../../support/diagnosed";

const LATER = "450 4.2.0 Greylisted, please come back\r\n";
const [A, B] = ["a@example.com", "b@example.com"] as const;
const to = [A, B];

/** Connections of which the first ones put off one receiver. */
const putOff = (receiver: string, times: number) =>
  Array.from({ length: times }, () => ({ rcpt: { [receiver]: LATER, "*": "250 2.1.5 Ok\r\n" } }));

const heard = (lines: readonly string[], start: string) => lines.filter((line) => line.startsWith(start));

describe("the waits", () => {
  /** Waits within 100 seconds, of which 20 are for later stages; `meanwhile` happens in each of them. */
  function waits(meanwhile: () => void = () => undefined) {
    const stop = new AbortController();
    const slept: number[] = [];
    const clock = {
      now: () => slept.reduce((sum, ms) => sum + ms, 0),
      sleep: async (ms: number) => (meanwhile(), void slept.push(ms)),
    };
    return { stop, slept, all: new RetryWaits(clock, new Deadline(clock, 100_000, stop.signal), 20_000) };
  }

  it("end where later stages need the time", async () => {
    const { all, slept } = waits();
    while (await all.wait());
    expect(slept).toEqual([3_000, 6_000, 12_000, 24_000, 30_000]);
    expect(all.waited).toBe("75 s");
  });

  it("are as long as the server asks, and none where there is no time for that: it would start anew", async () => {
    const { all, slept } = waits();
    expect(await all.wait(75_001)).toBe(false);
    expect(await all.wait(40_000)).toBe(true);
    expect(await all.wait(35_000)).toBe(true);
    expect(slept).toEqual([40_000, 35_000]);
  });

  it("end when the run is told to stop, and by no other error silently", async () => {
    const stopped = waits(() => {
      stopped.stop.abort();
      throw new Error("stopped");
    });
    expect(await stopped.all.wait()).toBe(false);
    expect(await stopped.all.wait()).toBe(false);
    const broken = waits(() => {
      throw new Error("broken");
    });
    await expect(broken.all.wait()).rejects.toThrow("broken");
  });

  it("are the longest that a server asks for that wants another try", () => {
    const answer = (kind: "soon" | "never", askedToWait?: number) =>
      ({ refusal: { retry: { kind }, askedToWait }, durationMs: 1, tries: 1 }) as unknown as DeliveryAnswer;
    const accepted = { durationMs: 1, tries: 1 };
    expect(askedToWaitMs([accepted, undefined, answer("soon")])).toBe(0);
    expect(askedToWaitMs([answer("soon", 30), answer("never", 90), answer("soon", 60), undefined])).toBe(60_000);
  });
});

describe("a probe", () => {
  it.each([
    [20, [20_000], true],
    [600, [], false],
  ])("waits as long as the server asks where there is time for that: %s s", async (seconds, waited, ok) => {
    const { outcome, skipped } = await probed({
      hurried: true,
      target: { to: [A], timeoutMs: 120_000 },
      connections: [{ rcpt: { "*": `450 4.2.0 Greylisted, come back in ${seconds} seconds\r\n` } }],
    });
    expect([skipped, outcome.ok]).toEqual([waited, ok]);
  });

  it("comes back to the greylisted receiver alone, and says at which try it was accepted", async () => {
    const { outcome, lines, skipped, stage } = await probed({
      hurried: true,
      target: { to },
      connections: putOff(B, 2),
    });
    expect(skipped).toEqual([3_000, 6_000]);
    expect(stage(`RCPT ${B}`)).toMatchObject({
      status: "passed",
      // Nine seconds of waits, and what this machine takes besides.
      detail: expect.stringMatching(/^accepted so far: 250 2\.1\.5 Ok; greylisted, accepted at try 3 after (9|1\d) s$/),
    });
    expect(outcome.receivers).toEqual([
      { address: A, status: "accepted", reply: "250 2.1.5 Ok", attempts: 1 },
      { address: B, status: "accepted", reply: "250 2.1.5 Ok", attempts: 3 },
    ]);
    expect(heard(lines, `RCPT TO:<${A}>`)).toHaveLength(1);
    expect(heard(lines, `RCPT TO:<${B}>`)).toHaveLength(3);
    expect(outcome.stages.map(({ name }) => name).slice(-3)).toEqual(["MAIL", `RCPT ${A}`, `RCPT ${B}`]);
  });

  it("waits longer from time to time, and gives up when the time is used up", async () => {
    const { outcome, skipped, stage } = await probed({
      hurried: true,
      target: { to: [A], timeoutMs: 120_000 },
      script: { rcpt: { "*": LATER } },
    });
    expect(skipped.slice(0, 5)).toEqual([3_000, 6_000, 12_000, 24_000, 48_000]);
    // The last wait ends when there is just time for one more try.
    expect(skipped).toHaveLength(6);
    expect(skipped.reduce((sum, ms) => sum + ms)).toBeLessThanOrEqual(115_000);
    expect(stage(`RCPT ${A}`)).toMatchObject({ status: "failed", problem: { code: "mail/still-greylisted" } });
    expect(stage(`RCPT ${A}`).remedy).toMatch(/Raise `timeout_seconds`.* exempted/);
    expect(outcome.receivers).toMatchObject([{ address: A, status: "deferred", attempts: 7 }]);
  });

  it("comes back to a server that greylists the sender", async () => {
    const { outcome, stage } = await probed({ hurried: true, connections: [{ mail: "451 4.7.1 Greylisted\r\n" }] });
    expect(outcome.ok).toBe(true);
    expect(stage("MAIL").detail).toContain("greylisted, accepted at try 2 after 3 s");
  });

  it("takes what it heard before for the last word when the server lets nobody in any more", async () => {
    const { outcome, stage } = await probed({
      hurried: true,
      target: { to },
      connections: [...putOff(B, 1), { banner: "421 4.7.0 Too many connections\r\n" }],
    });
    expect(stage(`RCPT ${A}`).status).toBe("passed");
    expect(outcome.receivers).toMatchObject([{ status: "accepted" }, { status: "deferred", attempts: 1 }]);
  });

  it.each(["550 5.1.1 User unknown\r\n", "452 4.2.2 Mailbox full\r\n", "450 4.1.8 Domain not found\r\n"])(
    "does not come back after %j",
    async (reply) => {
      const { skipped } = await probed({ hurried: true, script: { rcpt: { "*": reply } } });
      expect(skipped).toEqual([]);
    },
  );

  it("can be interrupted while it waits", async () => {
    const { outcome, stage } = await probed({
      target: { to: [A], timeoutMs: 600_000 },
      script: { rcpt: { "*": LATER } },
      interruptAt: "RSET",
    });
    expect(stage(`RCPT ${A}`).problem).toMatchObject({ code: "mail/interrupted" });
    expect(outcome.receivers).toMatchObject([{ status: "deferred" }]);
  });
});

describe("a test mail", () => {
  /** The first connection is the probe's own. */
  const after = (...connections: object[]) => [{}, ...connections];

  it("goes again to the greylisted receiver alone, with the same Message-ID", async () => {
    const { outcome, lines, stage } = await tested({
      hurried: true,
      target: { to },
      connections: after(...putOff(B, 2)),
    });
    expect(outcome.ok).toBe(true);
    expect(heard(lines, "RCPT")).toEqual([A, B, B, B].map((receiver) => `RCPT TO:<${receiver}>`));
    expect(heard(lines, "DATA")).toHaveLength(2);
    expect(stage(`RCPT ${B}`).detail).toContain("greylisted, accepted at try 3 after 9 s");
    expect(stage("DATA").detail).toMatch(/queued as .*; greylisted, accepted at try 3 .* Message-ID <outbound-test\./);
    expect(outcome.receivers.map(({ status, attempts }) => [status, attempts])).toEqual([
      ["accepted", 1],
      ["accepted", 3],
    ]);
    expect(outcome.verdict).toMatch(/^accepted: .* for 2 of 2 receivers/);
  });

  it("fails the receiver that is put off for ever, though the other one got it", async () => {
    const { outcome, lines } = await tested({
      hurried: true,
      target: { to, timeoutMs: 30_000 },
      script: { rcpt: { [B]: LATER } },
    });
    expect(outcome.verdict).toMatch(/^partly accepted: .* for 1 of 2 receivers, put off: b@example\.com\./);
    expect(outcome.receivers).toMatchObject([
      { address: A, status: "accepted", attempts: 1 },
      { address: B, status: "deferred", remedy: expect.stringContaining("timeout_seconds") },
    ]);
    expect(heard(lines, `RCPT TO:<${A}>`)).toHaveLength(1);
  });

  it.each([
    ["mail", "451 4.7.1 Greylisted\r\n", "MAIL"],
    ["message", "451 4.7.1 Greylisting in action\r\n", "DATA"],
    ["data", "450 4.2.0 Greylisted\r\n", "DATA"],
  ])("comes back after the refusal of %s by %j", async (step, reply, name) => {
    const { outcome, stage } = await tested({ hurried: true, connections: after({ [step]: reply }) });
    expect(outcome.ok).toBe(true);
    expect(stage(name).detail).toContain("greylisted, accepted at try 2 after 3 s");
    expect(outcome.receivers).toMatchObject([{ status: "accepted", attempts: 2 }]);
  });

  it("does not send again what the server may have taken", async () => {
    const { outcome, lines } = await tested({ hurried: true, connections: after({ message: HANG_UP }) });
    expect(heard(lines, "DATA")).toHaveLength(1);
    expect(outcome.receivers).toMatchObject([{ status: "unknown", attempts: 1 }]);
  });

  it("forgets nobody whom the server had taken when a later connection fails", async () => {
    const { outcome } = await tested({
      hurried: true,
      target: { to },
      connections: after(...putOff(B, 1), { banner: "554 5.7.1 Go away\r\n" }),
    });
    expect(outcome.verdict).toMatch(/^partly accepted/);
    expect(outcome.receivers).toMatchObject([{ status: "accepted" }, { status: "deferred", attempts: 1 }]);
    expect(outcome.ok).toBe(false);
  });
});
