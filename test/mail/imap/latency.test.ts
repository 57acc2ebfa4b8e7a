import { latencyOf } from "../../../lib/mail/imap/latency";

const ACCEPTED = Date.UTC(2026, 10, 22, 1, 2, 3, 400);
const second = (at: number) => Math.floor(at / 1_000) * 1_000;

it("is what was observed here, where the mailbox tells nothing", () => {
  expect(latencyOf(ACCEPTED, ACCEPTED + 2_100, undefined)).toEqual({ ms: 2_100, clock: "by this machine's clock" });
});

it("is what was observed here, where the mailbox's whole seconds tell less", () => {
  const storedAt = second(ACCEPTED + 300);
  expect(latencyOf(ACCEPTED, ACCEPTED + 350, storedAt)).toEqual({ ms: 350, clock: "by this machine's clock" });
});

it("is what the mailbox tells, where the mail lay there for long", () => {
  const storedAt = second(ACCEPTED + 1_800);
  const { ms, clock } = latencyOf(ACCEPTED, ACCEPTED + 9_000, storedAt);
  expect(ms).toBeGreaterThanOrEqual(1_800);
  expect(ms).toBeLessThan(2_800);
  expect(clock).toContain("mailbox's clock");
});

it("does not believe a mailbox whose clock is behind or ahead", () => {
  expect(latencyOf(ACCEPTED, ACCEPTED + 900, ACCEPTED - 3_600_000)).toEqual({
    ms: 900,
    clock: "by this machine's clock; the mailbox's is behind",
  });
  expect(latencyOf(ACCEPTED, ACCEPTED + 900, ACCEPTED + 3_600_000)).toMatchObject({ ms: 900 });
});

it("is never negative", () => {
  for (const storedAt of [undefined, ACCEPTED - 1_001, ACCEPTED - 999, ACCEPTED, ACCEPTED + 5_000]) {
    expect(latencyOf(ACCEPTED, ACCEPTED - 50, storedAt).ms).toBeGreaterThanOrEqual(0);
  }
});
