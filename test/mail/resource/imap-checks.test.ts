import type { Problem } from "../../../lib/core/problem";
import { testEmailSchema } from "../../../lib/mail";
import { validateConfig } from "../../../lib/terraform-plugin/validate";
import { UNKNOWN, type ValueObject } from "../../../lib/terraform-plugin/values";

const base: ValueObject = {
  ...Object.fromEntries(Object.keys(testEmailSchema.attributes).map((name) => [name, null])),
  smtp_host: "smtp.example.com",
  smtp_port: 587,
  from_address: "alerts@example.com",
  to: ["oncall@example.com"],
};
const mailbox: ValueObject = {
  ...Object.fromEntries(Object.keys(testEmailSchema.attributes.imap.nested.attributes).map((name) => [name, null])),
  host: "imap.example.com",
  username: "oncall",
  password_wo: "correct horse",
};

function problems(imap: ValueObject, values: ValueObject = {}): readonly Problem[] {
  return validateConfig(testEmailSchema as never, { ...base, ...values, imap: { ...mailbox, ...imap } });
}
const found = (imap: ValueObject, values?: ValueObject) =>
  problems(imap, values).map(({ severity, code, path }) => `${severity} ${code} ${path?.join(".")}`);

const TWO = { to: ["oncall@example.com", "lead@example.com"] };

it("finds nothing wrong with what is usual", () => {
  expect(found({})).toEqual([]);
  expect(found({ port: 143, security: "starttls" })).toEqual([]);
  expect(found({ security: "starttls" })).toEqual([]);
  expect(found({ receiver: "lead@example.com" }, TWO)).toEqual([]);
  expect(found({ receiver: "Lead@Example.com" }, TWO)).toEqual([]);
  expect(found({ wait_seconds: 90 }, { timeout_seconds: 120 })).toEqual([]);
  expect(found({ host: "127.0.0.1", port: 143, security: "none" })).toEqual([]);
  expect(found({ host: "outlook.office365.com", access_token: true })).toEqual([]);
});

it.each<[ValueObject, ValueObject, string]>([
  [{ password_wo: null }, {}, "error mail/mailbox-without-password imap.password_wo"],
  [{}, TWO, "error mail/mailbox-receiver-missing imap.receiver"],
  [{ receiver: "boss@example.com" }, TWO, "error mail/mailbox-of-somebody-else imap.receiver"],
  [{ receiver: "boss@example.com" }, {}, "error mail/mailbox-of-somebody-else imap.receiver"],
  [{ receiver: "boss" }, {}, "error value/bad-email-address imap.receiver"],
  [{ host: "imap.example.com:993" }, {}, "error value/bad-host-name imap.host"],
  [{ port: 0 }, {}, "error value/out-of-range imap.port"],
  [{ username: "on\r\ncall" }, {}, "error value/line-break imap.username"],
  [{ folder: "IN\nBOX" }, {}, "error value/line-break imap.folder"],
  [{ wait_seconds: 0 }, {}, "error value/out-of-range imap.wait_seconds"],
  [{ wait_seconds: 90 }, {}, "warning mail/wait-exceeds-timeout imap.wait_seconds"],
  [{}, { timeout_seconds: 20 }, "warning mail/wait-exceeds-timeout imap.wait_seconds"],
  [{ port: 993, security: "starttls" }, {}, "warning mail/unusual-imap-port imap.security"],
  [{ port: 143 }, {}, "warning mail/unusual-imap-port imap.security"],
  [{ port: 143, security: "none" }, {}, "warning mail/credentials-in-clear imap.security"],
  [{ host: "outlook.office365.com" }, {}, "warning mail/mailbox-wants-token imap.access_token"],
  [{ security: "ssl" }, {}, "error value/not-allowed imap.security"],
])("explains %j beside %j", (imap, values, expected) => {
  expect(found(imap, values)).toEqual([expected]);
});

it("names the receivers to choose from, and a time that would do", () => {
  expect(problems({}, TWO)[0]).toMatchObject({ expected: "one of oncall@example.com, lead@example.com" });
  expect(problems({ receiver: "boss@example.com" })[0]).toMatchObject({ expected: "oncall@example.com" });
  expect(problems({ wait_seconds: 90 })[0]!.fix).toContain("timeout_seconds = 120");
});

it("holds back while values are not known yet, and only about these", () => {
  expect(found({ password_wo: UNKNOWN, receiver: UNKNOWN, wait_seconds: UNKNOWN }, TWO)).toEqual([]);
  expect(found({ receiver: "boss@example.com" }, { to: UNKNOWN })).toEqual([]);
  expect(found({ wait_seconds: 90 }, { timeout_seconds: UNKNOWN })).toEqual([]);
  expect(found({ port: UNKNOWN, security: "starttls" })).toEqual([]);
  expect(found({ host: "outlook.office365.com", access_token: UNKNOWN })).toEqual([]);
  expect(found({ port: 143, security: UNKNOWN })).toEqual([]);
  expect(found({ password_wo: UNKNOWN, port: 993, security: "starttls" })).toEqual([
    "warning mail/unusual-imap-port imap.security",
  ]);
});

describe("mailboxes of further receivers", () => {
  const THREE = { to: ["oncall@example.com", "lead@example.com", "boss@example.com"] };
  const lead = { ...mailbox, username: "lead", receiver: "lead@example.com" };
  const first = { receiver: "oncall@example.com" };
  const beside = (further: ValueObject | null, ...more: ValueObject[]) =>
    found(first, { ...THREE, more_mailboxes: [lead, ...more, ...(further ? [further] : [])] });

  it("are in order when each is of another receiver", () => {
    expect(beside(null)).toEqual([]);
    expect(beside({ ...lead, username: "boss", receiver: "boss@example.com" })).toEqual([]);
    const alone = validateConfig(testEmailSchema as never, { ...base, ...THREE, more_mailboxes: [lead] });
    expect(alone).toEqual([]);
  });

  it.each<[ValueObject, string]>([
    [{ username: "boss" }, "error mail/second-mailbox more_mailboxes.1.receiver"],
    [{ username: "boss", receiver: "ONCALL@example.com" }, "error mail/second-mailbox more_mailboxes.1.receiver"],
    [{ receiver: "boss@example.com" }, "error mail/shared-mailbox more_mailboxes.1.username"],
    [
      { receiver: "boss@example.com", host: "IMAP.example.com", folder: "Alerts" },
      "error mail/shared-mailbox more_mailboxes.1.username",
    ],
    [{ username: "x", receiver: "x@example.com" }, "error mail/mailbox-of-somebody-else more_mailboxes.1.receiver"],
    [{ username: "x", receiver: null }, "error mail/mailbox-receiver-missing more_mailboxes.1.receiver"],
    [
      { username: "x", receiver: "boss@example.com", password_wo: null },
      "error mail/mailbox-without-password more_mailboxes.1.password_wo",
    ],
    [
      { username: "x", receiver: "boss@example.com", wait_seconds: 90 },
      "warning mail/wait-exceeds-timeout more_mailboxes.1.wait_seconds",
    ],
  ])("are explained like the first: %j", (further, expected) => {
    expect(beside({ ...lead, ...further })).toEqual([expected]);
  });

  it("are second ones of the only receiver, named or not", () => {
    const [problem, ...others] = problems({}, { more_mailboxes: [{ ...mailbox, username: "other" }] });
    expect(others).toEqual([]);
    expect(problem).toMatchObject({
      summary: "There are two mailboxes for oncall@example.com",
      got: "`imap` and `more_mailboxes[0]`",
      fix: expect.stringContaining("`more_mailboxes[0].receiver`"),
    });
  });

  it("are judged as far as each is known", () => {
    const unknown = { ...lead, host: UNKNOWN, receiver: UNKNOWN, username: UNKNOWN, password_wo: UNKNOWN };
    expect(beside(unknown)).toEqual([]);
    expect(beside({ ...unknown, receiver: "x@example.com" })).toEqual([
      "error mail/mailbox-of-somebody-else more_mailboxes.1.receiver",
    ]);
    expect(found(first, { ...THREE, more_mailboxes: UNKNOWN })).toEqual([]);
    expect(found(first, { ...THREE, more_mailboxes: [UNKNOWN] })).toEqual([]);
  });
});
