import type { Delivery } from "../../../lib/mail/diagnosis/delivery/delivery";
import { probeVerdict, testVerdict, type TestFacts } from "../../../lib/mail/diagnosis/verdict";
import { mailTarget } from "../../support/mail-runtime";

const A = "a@example.com";
const B = "b@example.com";
const C = "c@example.com";

type Arrival = TestFacts["arrivals"][number];
const at = (receiver: string, more: Partial<Arrival> = {}): Arrival => ({
  receiver,
  folder: "INBOX",
  junk: false,
  latencyMs: 2_130,
  raw: Buffer.alloc(0),
  authenticationResults: [],
  ...more,
});

interface Case {
  readonly to?: readonly string[];
  /** Whose mailboxes are looked into. */
  readonly mailboxes?: readonly string[];
  readonly arrivals?: readonly Arrival[];
  readonly platforms?: TestFacts["platforms"];
}

function verdict(delivery: Partial<Delivery>, { to = [A], mailboxes = [A], arrivals = [], platforms }: Case = {}) {
  return testVerdict({
    target: mailTarget(587, { host: "smtp.example.com", to }),
    stages: [],
    delivery: { accepted: to, sent: true, receivers: [], takenAt: new Map(), queueIds: new Map(), ...delivery },
    messageId: "<outbound-test.1@example.com>",
    mailboxes: mailboxes.map((receiver) => ({ receiver })),
    arrivals,
    platforms: platforms ?? { passed: [], failed: [], unavailable: [] },
  });
}

it("says accepted, and no more, where arrival was not proved", () => {
  expect(verdict({})).toMatch(/^accepted: .*Accepted is not yet delivered: look for <outbound-test/);
  expect(verdict({}, { to: [A, B], mailboxes: [A, B] })).toMatch(
    /^accepted: .* for 2 of 2 receivers\. Accepted is not/,
  );
});

it("says delivered, and where, once the mail of the only receiver was found", () => {
  const found = verdict({}, { arrivals: [at(A)] });
  expect(found).toMatch(/^delivered: found in INBOX after 2\.1 s; smtp\.example\.com:587 took the message/);
  expect(found).not.toContain("not yet delivered");
});

it("names the junk folder as that", () => {
  const junk = { folder: "Spam", junk: true };
  expect(verdict({}, { arrivals: [at(A, junk)] })).toMatch(/^delivered: found in the junk folder Spam after/);
  expect(verdict({}, { to: [A, B], mailboxes: [A, B], arrivals: [at(A), at(B, junk)] })).toMatch(
    /^delivered: arrived at a@example\.com \(INBOX after 2\.1 s\), b@example\.com \(the junk folder Spam after/,
  );
});

it("tells by name of whom nothing is proved", () => {
  const found = verdict({}, { to: [A, B, C], arrivals: [at(A)] });
  expect(found).toMatch(
    /^delivered: arrived at a@example\.com \(.*\); accepted for b@example\.com, c@example\.com, whose mailboxes nobody looked into; /,
  );
});

it("is partly delivered, and says whose mail was not seen, where one mailbox of several does not show it", () => {
  const found = verdict({}, { to: [A, B, C], mailboxes: [A, B], arrivals: [at(A)] });
  expect(found).toMatch(
    /^partly delivered: arrived at a@example\.com \(.*\); not seen in the mailbox of b@example\.com; accepted for c@example\.com, whose mailbox nobody/,
  );
});

it("keeps refused receivers in sight, though the mail was found, and does not look for their mail", () => {
  const found = verdict({ accepted: [A] }, { to: [A, B], mailboxes: [A, B], arrivals: [at(A)] });
  expect(found).toMatch(/^partly delivered: arrived at a@example\.com .* refused: b@example\.com\./);
  expect(found).not.toMatch(/not seen|accepted for/);
});

it("resolves by the mailboxes what the broken connection left open", () => {
  const delivery = { accepted: [], sent: "unknown" } as const;
  expect(verdict(delivery)).toMatch(/^unknown: /);
  expect(verdict(delivery, { arrivals: [at(A)] })).toMatch(
    /^delivered: found in INBOX .* although the connection .* broke/,
  );
  const several = verdict(delivery, { to: [A, B, C], mailboxes: [A, B], arrivals: [at(B)] });
  expect(several).toMatch(/^partly delivered: arrived at b@.*; not seen in the mailbox of a@.*; not known for c@/);
  expect(several).not.toContain("accepted for");
});

it("says of a platform whose test passed that it is otherwise there, where ours failed", () => {
  const platforms = { passed: ["vrops"], failed: [], unavailable: [] };
  expect(verdict({}, { arrivals: [at(A)], platforms })).toContain(
    "Seen from the platform too: the test of vrops passed.",
  );
  const failed = verdict({ accepted: [], sent: false }, { platforms });
  expect(failed).toContain("Seen from the platform it is otherwise: the test of vrops passed.");
  expect(failed).not.toContain(" too:");
});

describe("of a probe, the verdict", () => {
  type Stages = Parameters<typeof probeVerdict>[1];
  const stage = (name: string, status: string, detail = "…") => ({ name, status, detail });
  const probed = (stages: readonly object[], more: Parameters<typeof mailTarget>[1] = {}) =>
    probeVerdict(mailTarget(587, { host: "smtp.example.com", to: [], ...more }), stages as Stages);

  it("is failed where a stage has, whatever passed, with all that failed and the reason of the first", () => {
    const stages = [stage("TCP", "passed"), stage("TLS", "failed", "expired"), stage("MAIL", "failed", "refused")];
    expect(probed(stages)).toMatch(/^failed at TLS and MAIL: expired\. .*nothing was sent\.$/);
  });

  it.each([[[]], [[stage("TCP", "passed")]], [[stage("TCP", "passed"), stage("MAIL", "skipped")]]])(
    "says no more than what was tried where the sender was not named",
    (stages) => {
      expect(probed(stages, { lastStage: "TLS" })).toMatch(
        /^reachable: smtp\.example\.com:587 passed as far as TLS; nothing else/,
      );
      expect(probed(stages)).toContain("passed as far as asked");
    },
  );

  it.each([
    [[], "the sender"],
    [["a@example.com"], "1 receiver"],
    [["a@example.com", "b@example.com"], "2 receivers"],
  ])("of %j says who was accepted, and that the message itself was not", (to, who) => {
    const said = probed([stage("TCP", "passed"), stage("MAIL", "passed")], { to });
    expect(said).toMatch(new RegExp(`^reachable: smtp\\.example\\.com:587 accepts ${who} so far; it may still refuse`));
  });
});

it("is failed where no message was taken, with the stage and its reason, or that nothing was tried", () => {
  const said = (stages: readonly object[]) =>
    testVerdict({
      target: mailTarget(587, { host: "smtp.example.com", to: [A] }),
      stages: stages as TestFacts["stages"],
      messageId: "<x@example.com>",
      mailboxes: [],
      arrivals: [],
      platforms: { passed: [], failed: [], unavailable: [] },
    } as unknown as TestFacts);
  expect(said([])).toMatch(/^failed at the start: nothing was tried\. No message was taken\./);
  expect(said([{ name: "TLS", status: "failed", detail: "expired" }])).toMatch(/^failed at TLS: expired\./);
});
