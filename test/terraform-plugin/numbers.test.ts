import { decimalText, fromDouble, isExact, parseNumber } from "../../lib/terraform-plugin/numbers";
import { Decimal } from "../../lib/terraform-plugin/values";

describe("a number", () => {
  it.each(["", " ", "x", "1x", ".", "-", "+", "1e", "1e1.5", "0x10", "NaN", "Infinity", "1_000", "1,5", "--1"])(
    "is not %j",
    (text) => expect(parseNumber(text)).toBeUndefined(),
  );

  it.each<[string, unknown]>([
    ["0", 0],
    ["-0", 0],
    ["000", 0],
    ["0.000", 0],
    ["+7", 7],
    ["007", 7],
    ["5.", 5],
    [".5", 0.5],
    ["1.50", 1.5],
    ["1e3", 1000],
    ["1E-3", 0.001],
    ["0.1", 0.1],
    ["-0.1", -0.1],
    ["123.456", 123.456],
    ["9007199254740991", 9007199254740991],
    ["9007199254740992", 9007199254740992n],
    ["-9007199254740993", -9007199254740993n],
    ["1e21", 10n ** 21n],
    ["1.5e1", 15],
    ["0.10000000000000001", new Decimal("0.10000000000000001")],
    ["0.30000000000000004", 0.30000000000000004],
    ["123456789012345678901234567890.5", new Decimal("123456789012345678901234567890.5")],
    ["1e-400", new Decimal(`0.${"0".repeat(399)}1`)],
    ["1e1000000000", new Decimal("1e1000000000")],
    ["-10e999999999", new Decimal("-1e1000000000")],
  ])("%s has one form", (text, value) => expect(parseNumber(text)).toEqual(value));

  it.each<[number, boolean]>([
    [0.5, true],
    [0.1, false],
    [1.375, true],
    [1e-7, false],
    [2 ** -10, true],
    [2 ** -30, false],
    [5e-324, false],
    [1e300, true],
  ])("%d is exactly what it is printed as: %s", (double, exact) => expect(isExact(double)).toBe(exact));

  it.each([0.1, 1 / 3, 1e-7, 5e-324, 123.456, -0.3])("the double %d keeps its binary value", (double) => {
    const exact = fromDouble(double);
    expect(exact).toBeInstanceOf(Decimal);
    expect(Number((exact as Decimal).digits)).toBe(double);
    expect(parseNumber((exact as Decimal).digits)).toEqual(exact);
  });

  it("is written without an exponent, as Terraform does", () => {
    expect([1e-7, 1.5e-10, 0.1, 1e21, 2n ** 70n, new Decimal("1e3")].map(decimalText)).toEqual([
      "0.0000001",
      "0.00000000015",
      "0.1",
      "1000000000000000000000",
      "1180591620717411303424",
      "1000",
    ]);
  });

  it.each([2 ** 53, -(2 ** 60), 1e22])("of a double beyond 2^53 is the whole number that it is: %d", (double) =>
    expect(fromDouble(double)).toBe(BigInt(double)),
  );

  it("of a double up to 2^53 is that double, and -0 is 0", () => {
    expect([2 ** 53 - 1, -7, -0].map(fromDouble)).toEqual([9007199254740991, -7, 0]);
  });
});
