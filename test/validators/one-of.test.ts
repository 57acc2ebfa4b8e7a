import { oneOf } from "../../lib/validators";

const security = oneOf(["none", "starttls", "tls"]);
const ports = oneOf([25, 465, 587, 2525]);

test("the listed values are allowed", () => {
  expect(security.check("starttls")).toBeUndefined();
  expect(ports.check(587)).toBeUndefined();
});

test.each([
  ["StartTLS", 'Did you mean "starttls"?'],
  ["start-tls", 'Did you mean "starttls"?'],
  ["strattls", 'Did you mean "starttls"?'],
  ["kerberos", "Use one of none, starttls, tls."],
])("%s: %s", (value, fix) => {
  expect(security.check(value)).toMatchObject({ code: "value/not-allowed", fix });
});

test.each([
  [26, 25],
  [588, 587],
  [1_700, 2_525],
  [245, 25],
])("instead of %d, %d is the nearest", (value, nearest) => {
  expect(ports.check(value)?.fix).toBe(`Did you mean ${nearest}?`);
});
