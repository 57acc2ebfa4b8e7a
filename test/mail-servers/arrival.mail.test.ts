import type { Mailbox } from "../../lib/mail/arrival/mailbox";
import { runTest } from "../../lib/mail/run-test";
import { ARRIVAL } from "../../lib/mail/stage";
import { PEOPLE, SUSPECTED } from "./people";
import { describeWithServers, mailbox, runtime, target, watch } from "./servers";
import { accessToken } from "./tokens";
import { servers } from "./where";

/** Sends a test to the mailbox's receiver and looks for it there. */
async function sendAndLook(at: Mailbox) {
  const to = target(servers().smtp.submission, { to: [at.receiver], timeoutMs: 15_000 });
  const outcome = await runTest({ target: to, subject: "arrival", via: [], mailbox: at }, runtime(), watch);
  const stage = outcome.stages.find(({ name }) => name === ARRIVAL)!;
  return { outcome, stage, arrival: outcome.arrival };
}

const { oncall, analyst } = PEOPLE;

describeWithServers("the mail", () => {
  test("arrives in INBOX", async () => {
    const { outcome, stage, arrival } = await sendAndLook(mailbox(oncall));
    expect(stage).toMatchObject({ status: "passed" });
    expect(arrival).toMatchObject({ folder: "INBOX", junk: false });
    expect(arrival!.latencyMs).toBeLessThan(8_000);
    expect(outcome.ok).toBe(true);
    expect(outcome.verdict).toMatch(/^delivered/);
  });

  test("arrives where implicit TLS leads to", async () => {
    const { arrival } = await sendAndLook(mailbox(oncall, { port: servers().imaps, security: "tls" }));
    expect(arrival).toMatchObject({ folder: "INBOX", junk: false });
  });

  test("is seen by somebody with an access token", async () => {
    const token = { password: accessToken(oncall.address), accessToken: true };
    expect((await sendAndLook(mailbox(oncall, token))).arrival).toMatchObject({ folder: "INBOX" });
  });

  test("lands in Junk, which is a finding", async () => {
    const { outcome, stage, arrival } = await sendAndLook(mailbox(analyst, { receiver: SUSPECTED }));
    expect(arrival).toMatchObject({ folder: "Junk", junk: true });
    expect(stage.problem?.code).toBe("mail/arrived-in-junk");
    expect(stage.remedy).toMatch(/\w/);
    expect(outcome.verdict).toContain("Junk");
  });

  test("is gone after it was found, when it is to be removed", async () => {
    const { outcome, stage } = await sendAndLook(mailbox(oncall, { remove: true }));
    expect(stage.detail).toMatch(/removed|deleted/);
    expect(outcome.ok).toBe(true);
  });

  test("that went to somebody else does not arrive", async () => {
    const { outcome, stage, arrival } = await sendAndLook({
      ...mailbox(analyst),
      receiver: oncall.address,
      waitMs: 2_000,
    });
    expect(arrival).toBeUndefined();
    expect(stage).toMatchObject({ status: "failed", problem: { code: "mail/not-arrived" } });
    expect(outcome.ok).toBe(false);
    // It was taken all the same.
    expect(outcome.verdict).toMatch(/^accepted/);
  });

  test.each<[string, Partial<Mailbox>, string]>([
    ["with a wrong password", { password: "guessed" }, "mail/imap-login-refused"],
    ["with a token that somebody else signed", { password: "x.y.z", accessToken: true }, "mail/imap-token-refused"],
    ["without the authority's certificate", { ca: undefined }, "mail/certificate-unknown-issuer"],
    ["under a name that the certificate lacks", { host: "localhost" }, "mail/imap-certificate-wrong-name"],
  ])("cannot be looked for %s", async (_, overrides, code) => {
    const { stage } = await sendAndLook(mailbox(oncall, overrides));
    expect({ status: stage.status, code: stage.problem?.code }).toEqual({ status: "failed", code });
  });
});
