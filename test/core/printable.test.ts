import { printable } from "../../lib/core/printable";

it.each([
  ["one\r\ntwo", "one two"],
  ["\u001b[2Jcleared", "[2Jcleared"],
  ["admin\u202egpj.exe", "admin gpj.exe"],
  ["\ufeffbom", "bom"],
  ["half \ud83d", "half"],
])("makes %j fit for a terminal", (text, shown) => {
  expect(printable(text)).toBe(shown);
});

it("cuts what is endless, and no character in two", () => {
  expect(printable("x".repeat(400))).toBe(`${"x".repeat(300)}…`);
  expect(printable("a😀b", 2)).toBe("a…");
});
