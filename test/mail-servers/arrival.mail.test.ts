import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ImapMailbox } from "../../lib/mail/imap/mailbox";
import { runTest } from "../../lib/mail/diagnosis/run-test";
import { ARRIVAL } from "../../lib/mail/stage/stage";
import { GHOST, PEOPLE, SUSPECTED } from "./people";
import { describeWithServers, mailbox, runtime, target, watch } from "./servers";
import { accessToken } from "./tokens";
import { servers } from "./where";

/** Sends a test to the mailbox's receiver and looks for it there. */
async function sendAndLook(at: ImapMailbox, timeoutMs = 15_000) {
  const to = target(servers().smtp.submission, { to: [at.receiver], timeoutMs });
  const outcome = await runTest({ target: to, subject: "arrival", via: [], mailboxes: [at] }, runtime(), watch);
  const stage = outcome.stages.find(({ name }) => name === ARRIVAL)!;
  return { outcome, stage, arrival: outcome.arrival };
}

const { alerts, oncall, analyst } = PEOPLE;

const postfixLog = () => readFile(join(servers().folder, "postfix/queue/log"), "utf8");

describeWithServers("the mail", () => {
  test("arrives in INBOX", async () => {
    const { outcome, stage, arrival } = await sendAndLook(mailbox(oncall));
    expect(stage).toMatchObject({ status: "passed" });
    expect(arrival).toMatchObject({ folder: "INBOX", junk: false });
    expect(arrival!.latencyMs).toBeGreaterThanOrEqual(0);
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

  test("that is sent back after it was taken does not arrive, and what tells its sender so is not taken for it", async () => {
    const to = target(servers().smtp.submission, { from: alerts.address, to: [GHOST], timeoutMs: 15_000 });
    const at = { ...mailbox(alerts), receiver: GHOST, waitMs: 3_000 };
    const outcome = await runTest({ target: to, subject: "bounce", via: [], mailboxes: [at] }, runtime(), watch);
    const problem = outcome.stages.find(({ name }) => name === ARRIVAL)!.problem;
    expect(problem).toMatchObject({ code: "mail/not-arrived" });
    expect(outcome.verdict).toMatch(/^accepted/);
    expect(await postfixLog()).toMatch(/to=<ghost@outbound\.test>.* status=bounced/);
  });

  test("is seen in plain text, too", async () => {
    const { arrival } = await sendAndLook(mailbox(oncall, { security: "none" }));
    expect(arrival).toMatchObject({ folder: "INBOX" });
  });

  test.each<[string, () => Partial<ImapMailbox>, string]>([
    ["with a wrong password", () => ({ password: "guessed" }), "imap-login-refused"],
    [
      "with a token that somebody else signed",
      () => ({ password: accessToken(oncall.address, Buffer.alloc(32)), accessToken: true }),
      "imap-token-refused",
    ],
    ["by STARTTLS where TLS comes first", () => ({ port: servers().imaps }), "imap-implicit-tls-port"],
    ["by TLS where STARTTLS comes first", () => ({ security: "tls" }), "imap-plain-text-port"],
    ["without the authority's certificate", () => ({ ca: undefined }), "certificate-unknown-issuer"],
    ["under a name that the certificate lacks", () => ({ host: "localhost" }), "imap-certificate-wrong-name"],
  ])("cannot be looked for %s", async (_, overrides, code) => {
    const { stage } = await sendAndLook(mailbox(oncall, overrides()), 6_000);
    expect({ status: stage.status, code: stage.problem?.code }).toEqual({ status: "failed", code: `mail/${code}` });
  });
});
