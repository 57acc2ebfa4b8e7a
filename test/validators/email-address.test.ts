import { emailAddress } from "../../lib/validators";

test.each([
  "oncall@example.com",
  "o.n-call+alerts@sub.example.com",
  '"on call"@example.com',
  "root@localhost",
  "alerts@[192.0.2.1]",
  "alerts@[IPv6:2001:db8::1]",
])("%s is one address", (value) => {
  expect(emailAddress.check(value)).toBeUndefined();
});

test.each([
  ["oncall@example.com\r\nBcc: all@example.com", "contains a line break"],
  ["oncall@example.com\n", "contains a line break"],
  ["on\tcall@example.com", "contains a control character"],
  ["oncall", "has no domain"],
  ["oncall@", "has no domain"],
  ["@example.com", "has nothing before the @"],
  ["oncall@exa mple.com", "has a domain that is not a host name"],
  ["oncall@-example.com", "has a domain that is not a host name"],
  ["oncall@[999.0.2.1]", "has a domain that is not a host name"],
  ["on call@example.com", "has characters that SMTP does not allow before the @"],
  [".oncall@example.com", "has characters that SMTP does not allow before the @"],
  [`${"x".repeat(65)}@example.com`, "is too long"],
])("%j is refused: it %s", (value, what) => {
  expect(emailAddress.check(value)).toMatchObject({
    code: "value/bad-email-address",
    summary: `The e-mail address ${what}`,
  });
});

test.each([
  ["Alerting <alerts@example.com>", 'Did you mean "alerts@example.com"?'],
  ["mailto:oncall@example.com", 'Did you mean "oncall@example.com"?'],
  ["oncall@example.com.", 'Did you mean "oncall@example.com"?'],
  ["oncall@exämple.com", 'Did you mean "oncall@xn--exmple-cua.com"?'],
  ["a@example.com, b@example.com", 'Write them as separate values: "a@example.com", "b@example.com".'],
])("for %j the fix says what was meant", (value, fix) => {
  expect(emailAddress.check(value)?.fix).toBe(fix);
});

test("a line break is shown escaped, so that it cannot forge a line of output", () => {
  expect(emailAddress.check("a@b.c\nDone: 0 errors")?.got).toBe('"a@b.c\\nDone: 0 errors"');
});
