import { readPlan } from "../../lib/plan";
import { Meanings } from "../../lib/review/meaning";
import { BeforeAndAfter } from "../../lib/review/before-and-after";
import { resourceSchemas } from "../../lib/topology";
import { planJson, TEST, test as testMail } from "./support/plan-json";

const imap = { host: "imap.example.com", port: 993, username: "oncall", password_wo_version: 1 };
const alignment = { source_ips: null, dkim_selectors: null, require: ["dmarc"] };

/** What the review says of the test's change. */
function meaning(before: object | null, after: object | null): string {
  const values = (more: object | null) =>
    more === null ? null : testMail({ imap: null, more_mailboxes: null, alignment: null, ...more });
  const change = { type: TEST, before: values(before), after: values(after), actions: ["delete", "create"] };
  const plan = readPlan(planJson([{ ...change, ...(before === null ? { actions: ["create"] } : {}) }]), {
    source: "plan.json",
    schemas: resourceSchemas(),
  });
  return new Meanings(new BeforeAndAfter(plan)).of(plan.resources[0]!);
}

it("says of a new test how far it proves the way", () => {
  const through = "tests smtp.example.com:587 (STARTTLS, with login) with a mail to oncall@example.com";
  expect(meaning(null, {})).toBe(through);
  expect(meaning(null, { imap, alignment })).toBe(
    `${through}, looks for it by IMAP at imap.example.com, judges SPF, DKIM and DMARC`,
  );
});

it.each<[object, object, string]>([
  [{}, {}, "tests again"],
  [{ imap }, { imap }, "tests again"],
  [{}, { imap }, "tests again; looks for the mail by IMAP at imap.example.com"],
  [
    { imap },
    { imap: { ...imap, host: "other.example.com" } },
    "tests again; looks for the mail by IMAP at other.example.com",
  ],
  [{ imap }, {}, "tests again; no longer looks whether the mail arrives"],
  [{}, { alignment }, "tests again; judges SPF, DKIM and DMARC"],
  [{ alignment }, {}, "tests again; no longer judges SPF, DKIM and DMARC"],
])("from %j to %j: %s", (before, after, expected) => {
  expect(meaning(before, after)).toBe(expected);
});
