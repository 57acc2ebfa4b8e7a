import * as ofAlertMail from "../../lib/constructs/alert-mail.errors";
import * as general from "../../lib/constructs/errors";
import * as ofSecrets from "../../lib/constructs/secret.errors";
import type { Problem } from "../../lib/core/problem";

/** Each factory with arguments that can be told apart in the text. */
const problems = Object.entries({ ...general, ...ofSecrets, ...ofAlertMail }).map(
  ([name, factory]): [string, Problem] => [name, (factory as (...texts: string[]) => Problem)("ARG1", "ARG2", "ARG3")],
);

it.each(problems)("%s says what happened and what to do, under a stable code", (_, problem) => {
  expect(problem.code).toMatch(/^constructs\/[a-z]+(-[a-z]+)*$/);
  expect(problem.summary).not.toMatch(/\.$/);
  expect(problem.fix).toMatch(/[.?]$/);
});

it("has no code twice", () => {
  const codes = problems.map(([, { code }]) => code);
  expect(new Set(codes).size).toBe(codes.length);
});
