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

test("ports end at 65535 and begin at 1", () => {
  expect([1, 65_535].map((value) => port.check(value))).toEqual([undefined, undefined]);
  expect(port.check(0)?.code).toBe("value/out-of-range");
  expect(port.check(65_536)?.code).toBe("value/out-of-range");
});

test("spaces do not fill a value", () => {
  expect(nonEmpty.check("x")).toBeUndefined();
  expect(nonEmpty.check(" \n")?.code).toBe("value/empty");
});
