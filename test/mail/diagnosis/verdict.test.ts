import type { Delivery } from "../../../lib/mail/diagnosis/delivery/delivery";
import { testVerdict, type TestFacts } from "../../../lib/mail/diagnosis/verdict";
import { mailTarget } from "../../support/mail-runtime";

const A = "a@example.com";
const B = "b@example.com";

const verdict = (
  delivery: Partial<Delivery>,
  arrival?: Partial<NonNullable<TestFacts["arrival"]>>,
  platforms: TestFacts["platforms"] = { passed: [], failed: [], unavailable: [] },
) =>
  testVerdict({
    target: mailTarget(587, { host: "smtp.example.com", to: [A, B] }),
    stages: [],
    delivery: { accepted: [A, B], sent: true, receivers: [], takenAt: new Map(), queueIds: new Map(), ...delivery },
    messageId: "<outbound-test.1@example.com>",
    arrival: arrival && {
      folder: "INBOX",
      junk: false,
      latencyMs: 2_130,
      raw: Buffer.alloc(0),
      authenticationResults: [],
      ...arrival,
    },
    platforms,
  });

it("says delivered, and where, once the mail was found", () => {
  expect(verdict({}, {})).toMatch(/^delivered: found in INBOX after 2\.1 s; smtp\.example\.com:587 took the message/);
  expect(verdict({}, {})).not.toContain("not yet delivered");
});

it("names the junk folder as that", () => {
  expect(verdict({}, { folder: "Spam", junk: true })).toMatch(/^delivered: found in the junk folder Spam after/);
});

it("says accepted, and no more, where arrival was not proved", () => {
  expect(verdict({})).toMatch(/^accepted: .*Accepted is not yet delivered: look for <outbound-test/);
});

it("keeps refused receivers in sight, though the mail was found", () => {
  expect(verdict({ accepted: [A] }, {})).toMatch(/^partly delivered: found in INBOX .* refused: b@example\.com\./);
});

it("resolves by the mailbox what the broken connection left open", () => {
  const delivery = { accepted: [], sent: "unknown" } as const;
  expect(verdict(delivery)).toMatch(/^unknown: /);
  expect(verdict(delivery, {})).toMatch(/^delivered: found in INBOX .* although the connection .* broke/);
});

it("says of a platform whose test passed that it is otherwise there, where ours failed", () => {
  const platforms = { passed: ["vrops"], failed: [], unavailable: [] };
  expect(verdict({}, {}, platforms)).toContain("Seen from the platform too: the test of vrops passed.");
  const failed = verdict({ accepted: [], sent: false }, undefined, platforms);
  expect(failed).toContain("Seen from the platform it is otherwise: the test of vrops passed.");
  expect(failed).not.toContain(" too:");
});
