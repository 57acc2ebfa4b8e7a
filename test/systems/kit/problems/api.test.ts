import { problemInTerms } from "../../../../lib/core/problem";
import { asProp } from "../../../../lib/core/props";
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
  rateLimited(acme, doing, "429", { attempts: 1 }),
  rateLimited(acme, doing, "429", { attempts: 5, pauseMs: 60_000 }),
  unavailable(acme, doing, new HttpError("tls", "DELETE", "https://acme.example/p/42", "expired")),
  unexpectedAnswer(acme, doing, "the answer: not an object"),
])("$code says what could not be done", (problem) => {
  expect(problem.summary).toContain(`could not ${doing}`);
  expect(problem.summary).toContain("Acme Monitor");
  expect(problem.severity).toBe("error");
});

it("says how often it was tried while there were too many requests, and for how long to be quiet", () => {
  expect(rateLimited(acme, doing, "429", { attempts: 5 }).summary).toMatch(/too many requests, after 5 attempts;/);
  expect(rateLimited(acme, doing, "429", { attempts: 1, pauseMs: 59_001 }).summary).toMatch(
    /^Acme Monitor says that there are too many requests, and wants to be left alone for 1 min;/,
  );
});

it.each([
  ["certificate has expired", /has expired.*renewed there.*clock/],
  ["certificate is not yet valid", /clock of this machine/],
  ["self-signed certificate", /ACME_CA_CERTIFICATE/],
])("says of a TLS failure by %s what to do about that one", (message, fix) => {
  expect(unavailable(acme, doing, new HttpError("tls", "GET", "https://acme.example/p", message)).fix).toMatch(fix);
});

it("says what to raise when there was no answer in time, as an attribute and as a prop", () => {
  const silent = unavailable(acme, doing, new HttpError("timeout", "GET", "https://acme.example/p", "no answer"));
  expect(silent.fix).toContain("`http_timeout` in the provider block (`acme.http_timeout` for this system alone)");
  expect(silent.fix).toContain("ACME_HTTP_TIMEOUT");
  expect(problemInTerms(silent, asProp).fix).toContain("`httpTimeout` in the provider block (`acme.httpTimeout`");
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
