import { Decimal } from "../../lib/terraform-plugin/values";
import { integer, nonEmpty, port } from "../../lib/validators";

test("both bounds belong to the range", () => {
  const percent = integer({ min: 0, max: 100 });
  expect([0, 100].map((value) => percent.check(value))).toEqual([undefined, undefined]);
  expect(percent.check(-1)).toMatchObject({ code: "value/out-of-range", fix: "The nearest allowed value is 0." });
  expect(percent.check(101)?.fix).toBe("The nearest allowed value is 100.");
});

test("a fraction is refused, and the nearest whole number is offered", () => {
  expect(integer().check(1.6)).toMatchObject({ code: "value/not-an-integer", fix: "Did you mean 2?" });
});

test("a number beyond JavaScript's own is compared exactly, and printed", () => {
  expect(integer({ min: 0 }).check(2n ** 80n)).toBeUndefined();
  expect(integer({ max: 2 ** 60 }).check(2n ** 60n + 1n)?.code).toBe("value/out-of-range");
  expect(integer({ max: 2 ** 60 }).check(2n ** 60n)).toBeUndefined();
  expect(port.check(203_447_316_518_928_441n)).toMatchObject({
    summary: "203447316518928441 is out of range",
    fix: "The nearest allowed value is 65535.",
  });
  expect(integer({ min: 0 }).check(new Decimal("-1e5000"))?.code).toBe("value/out-of-range");
  expect(integer().check(new Decimal("1e5000"))).toBeUndefined();
});

test.each(["1.00000000000000000000001", "1e-5000"])("%s is no whole number, and is shown as it is", (digits) => {
  expect(integer().check(new Decimal(digits))).toMatchObject({ code: "value/not-an-integer", got: digits });
});

test("nobody reads four thousand digits", () => {
  expect(port.check(10n ** 4000n)?.summary).toBe(`1${"0".repeat(39)}… (4001 digits) is out of range`);
});

test("ports end at 65535 and begin at 1", () => {
  expect([1, 65_535].map((value) => port.check(value))).toEqual([undefined, undefined]);
  expect(port.check(0)?.code).toBe("value/out-of-range");
  expect(port.check(65_536)?.code).toBe("value/out-of-range");
});

test("spaces do not fill a value", () => {
  expect(nonEmpty.check("x")).toBeUndefined();
  expect(nonEmpty.check(" \n")?.code).toBe("value/empty");
});
