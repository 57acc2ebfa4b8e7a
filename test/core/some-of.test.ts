import { problemDetail } from "../../lib/core/problem";
import { someOf } from "../../lib/core/some-of";

test("names all of a few, and the first of many with how many there are besides", () => {
  expect(someOf(["a", "b"])).toBe("a, b");
  expect(someOf(["a", "b", "c"], 2)).toBe("a, b and 1 more");
  expect(someOf(Array.from({ length: 550_000 }, (_, at) => `name ${at}`)).length).toBeLessThan(300);
});

test("no message is longer than people read, whatever a system has", () => {
  const endless = "name, ".repeat(550_000);
  const problem = {
    code: "x/y",
    severity: "error",
    summary: "s",
    got: endless,
    expected: endless,
    evidence: endless,
    fix: "Do it.",
  } as const;
  expect(problemDetail(problem).length).toBeLessThan(20_000);
  expect(problemDetail(problem)).toContain("What to do: Do it.");
});
