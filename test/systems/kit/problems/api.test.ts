import { HttpError } from "../../../../lib/http/error";
import {
  forbidden,
  loginRefused,
  missingSettings,
  rateLimited,
  refused,
  unavailable,
  unexpectedAnswer,
} from "../../../../lib/systems/kit/problems";
import { acme } from "./words";

const doing = 'delete the e-mail pager "Prod" (id 42)';

it.each([
  loginRefused(acme, doing, "401"),
  forbidden(acme, doing, "403"),
  refused(acme, doing, 400, "400 no port"),
  rateLimited(acme, doing, "429"),
  unavailable(acme, doing, new HttpError("tls", "DELETE", "https://acme.example/p/42", "expired")),
  unexpectedAnswer(acme, doing, "the answer: not an object"),
])("$code says what could not be done", (problem) => {
  expect(problem.summary).toContain(`could not ${doing}`);
  expect(problem.summary).toContain("Acme Monitor");
  expect(problem.severity).toBe("error");
});

it("names attribute and variable of a setting that is missing, and why it is needed", () => {
  expect(missingSettings(acme, [{ field: "api_key", variable: "ACME_API_KEY" }])).toMatchObject({
    path: ["acme", "api_key"],
    expected: "the provider's attribute acme.api_key or the environment variable ACME_API_KEY",
    fix: "Set acme = { api_key = … } in the provider block, or ACME_API_KEY in the environment.",
  });
  const hint = "The settings of a tenant are meant.";
  expect(missingSettings(acme, [{ field: "tenant", variable: undefined, hint }]).fix).toBe(
    "Set acme = { tenant = … } in the provider block. The settings of a tenant are meant.",
  );
});
