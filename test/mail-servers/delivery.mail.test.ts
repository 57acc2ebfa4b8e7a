import type { Target } from "../../lib/mail";
import { runTest } from "../../lib/mail/diagnosis/run-test";
import { runProbe } from "../../lib/mail/diagnosis/run-probe";
import { GREY, NEVER, PEOPLE, UNKNOWN } from "./people";
import { expectOpinions, SOME_ARE_NOT_ALL } from "./second-opinion";
import { describeWithServers, runtime, target, watch } from "./servers";
import type { ServiceName } from "./services";
import { askSwaks } from "./swaks";
import { servers } from "./where";

/** Sends a test and has swaks send a mail of its own to the same place. */
async function send(service: ServiceName, overrides: Partial<Target> = {}, more: readonly string[] = []) {
  const to = target(servers().smtp[service], overrides);
  const [outcome, swaks] = await Promise.all([
    runTest({ target: to, subject: "delivery", via: [] }, runtime(), watch),
    // Another sender: greylisting must not take it for ours.
    askSwaks({ ...to, from: "swaks@aligned.test" }, { send: true, more }),
  ]);
  const failed = outcome.stages.find((stage) => stage.status === "failed");
  return { outcome, swaks, code: failed?.problem?.code, receivers: outcome.receivers };
}

describeWithServers("a test mail", () => {
  test("is taken, with its queue id", async () => {
    const { outcome, swaks } = await send("submission");
    expectOpinions({ ours: "none", swaks: "none" }, outcome.stages, swaks);
    expect(outcome.verdict).toMatch(/^accepted: .*\(queue id [0-9A-F]{8,}\)/);
    expect(outcome.receivers).toEqual([
      { address: PEOPLE.oncall.address, status: "accepted", reply: expect.stringMatching(/^250 /), attempts: 1 },
    ]);
    expect(outcome.messageId).toMatch(/^<outbound-test\./);
  });

  test("is taken by a server without pipelining", async () => {
    const { outcome, swaks } = await send("unpipelined");
    expectOpinions({ ours: "none", swaks: "none" }, outcome.stages, swaks);
  });

  test("that is taken for one receiver and not for the other fails, by name", async () => {
    const { outcome, swaks, code } = await send("submission", { to: [PEOPLE.oncall.address, UNKNOWN] });
    expectOpinions(
      {
        ours: "RCPT",
        swaks: "none",
        because: SOME_ARE_NOT_ALL,
      },
      outcome.stages,
      swaks,
    );
    expect(code).toBe("mail/no-such-mailbox");
    expect(outcome.verdict).toMatch(/^partly accepted/);
    expect(outcome.receivers.map(({ address, status }) => [address, status])).toEqual([
      [PEOPLE.oncall.address, "accepted"],
      [UNKNOWN, "refused"],
    ]);
  });

  test("for nobody that the server knows is not sent", async () => {
    const { outcome, swaks, code } = await send("submission", { to: [UNKNOWN] });
    expectOpinions({ ours: "RCPT", swaks: "RCPT" }, outcome.stages, swaks);
    expect(code).toBe("mail/no-such-mailbox");
    expect(outcome.messageId).toBeUndefined();
  });

  test("that is greylisted comes again, and is taken then", async () => {
    const { outcome, swaks, receivers } = await send("greylisting", { to: [GREY], timeoutMs: 15_000 });
    expectOpinions(
      { ours: "none", swaks: "RCPT", because: "swaks asks once; greylisting lets in those who come again" },
      outcome.stages,
      swaks,
    );
    expect(receivers).toMatchObject([{ status: "accepted", attempts: 2 }]);
    expect(outcome.stages.find(({ name }) => name === `RCPT ${GREY}`)?.detail).toMatch(/greylisted, accepted at try 2/);
  });

  test("that is greylisted for longer than there is time says so", async () => {
    const { outcome, swaks, code, receivers } = await send("greylisting", { to: [NEVER], timeoutMs: 7_000 });
    expectOpinions({ ours: "RCPT", swaks: "RCPT" }, outcome.stages, swaks);
    expect(code).toBe("mail/still-greylisted");
    expect(receivers).toMatchObject([{ status: "deferred", attempts: 2 }]);
  });

  // Without swaks: whoever comes first is looked at, and all others from the same address are let in.
  test("that is screened comes again, and is taken then", async () => {
    const to = target(servers().smtp.screened, { security: "none", login: undefined, timeoutMs: 15_000 });
    const outcome = await runTest({ target: to, subject: "delivery", via: [] }, runtime(), watch);
    expect(outcome.ok).toBe(true);
    expect(outcome.receivers).toMatchObject([{ status: "accepted", attempts: 2 }]);
    // It greets strangers slowly.
    expect(outcome.stages.find(({ name }) => name === "banner")!.durationMs).toBeGreaterThan(900);
  });

  test("of which the server says beforehand that it is too large is not sent", async () => {
    const { outcome, swaks, code } = await send("small", {}, ["--body", "x".repeat(2_000)]);
    expectOpinions(
      {
        ours: "MAIL",
        swaks: "DATA",
        because: "swaks sends the message without looking at the SIZE that the server announced",
      },
      outcome.stages,
      swaks,
    );
    expect(code).toBe("mail/message-too-large");
    expect(outcome.messageId).toBeUndefined();
  });

  test("that proves too large is refused with the message", async () => {
    const { outcome, swaks, code } = await send("smallUnannounced", {}, ["--body", "x".repeat(2_000)]);
    expectOpinions({ ours: "DATA", swaks: "DATA" }, outcome.stages, swaks);
    expect(code).toBe("mail/message-too-large");
  });
});

describeWithServers("a probe", () => {
  test("comes again where it is greylisted, too", async () => {
    const to = target(servers().smtp.greylisting, { to: [GREY], from: "probe@aligned.test", timeoutMs: 15_000 });
    const outcome = await runProbe(to, runtime(), watch);
    expect(outcome.ok).toBe(true);
    expect(outcome.receivers).toMatchObject([{ status: "accepted", attempts: 2 }]);
  });
});
