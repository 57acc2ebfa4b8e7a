import { errorCode, errorWords } from "../../lib/core/thrown";

it.each([[undefined], [null], ["text"], [new Error("no code")], [{ code: 5 }]])("%p has no code", (thrown) =>
  expect(errorCode(thrown)).toBe(""),
);

it("tells code and words", () => {
  const error = Object.assign(new Error("connect \u001b[31mrefused"), { code: "ECONNREFUSED" });
  expect(errorCode(error)).toBe("ECONNREFUSED");
  expect(errorWords(error)).not.toContain("\u001b");
  expect(errorWords(error)).toContain("refused");
  expect(errorWords("text")).toBe("text");
});
