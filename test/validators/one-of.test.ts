import { Decimal } from "../../lib/terraform-plugin/values";
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

test.each([
  [203_447_316_518_928_441n, "203447316518928441", 2525],
  [-(10n ** 400n), "-1", 25],
  [new Decimal("25.000000000000000000001"), "25.000000000000000000001", 25],
])("a number beyond JavaScript's own is printed, and the nearest offered: %s", (value, shown, nearest) => {
  expect(ports.check(value)).toMatchObject({
    summary: expect.stringContaining(shown) as string,
    fix: `Did you mean ${nearest}?`,
  });
});
