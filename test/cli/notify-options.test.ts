import { Command } from "commander";
import { UsageError } from "../../lib/cli/errors";
import { notifyOptions, channelsOf, type NotifyOptions } from "../../lib/cli/notify-options";

const SECRET = "https://hooks.example.com/services/T0/B0/XXXXXXXXXXXXXXXXXXXXXXXX";
const HOOK = { HOOK: SECRET };

const parsed = (...argv: string[]) =>
  notifyOptions(new Command().exitOverride()).parse(argv, { from: "user" }).opts<NotifyOptions>();

function refusal(environment: Record<string, string>, ...ways: string[]): UsageError {
  try {
    channelsOf({ notify: ways }, environment);
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

it("reads every way, each once", () => {
  const job = { GITHUB_API_URL: "https://api.github.com", GITHUB_REPOSITORY: "acme/alerts", GITHUB_TOKEN: "token-01" };
  const options = parsed("--notify", "slack=HOOK", "--notify", "issue", "--notify=slack=HOOK", "--notify-ok");
  expect(channelsOf(options, { ...HOOK, ...job })).toEqual([{ kind: "slack", variable: "HOOK" }, { kind: "issue" }]);
  expect([options.notifyOk, options.notifyAuthor]).toEqual([true, undefined]);
});

it("nothing given is nobody told", () => {
  expect(channelsOf(parsed(), {})).toEqual([]);
});

it.each([
  ["a URL alone", SECRET, "notify/url-given"],
  ["a URL in place of a variable", `slack=${SECRET}`, "notify/url-given"],
  [
    "a URL without its beginning",
    "slack=hooks.example.com/services/T0/B0/XXXXXXXXXXXXXXXXXXXXXXXX",
    "notify/bad-variable",
  ],
  ["a token alone", "XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX", "notify/unknown-way"],
  ["a path in place of a way", "services/XXXXXXXXXXXXXXXXXXXXXXXX=", "notify/unknown-way"],
])("%s is refused, and not shown", (_, way, code) => {
  const { message } = refusal({}, way);
  expect(message).toContain(`(${code})`);
  expect(message).not.toMatch(/XXXX|hooks\.example/);
});

it.each([
  ["a URL with a user", "https://me:XXXXXXXX@hooks.example.com/x"],
  ["http", "http://hooks.example.com/XXXXXXXX"],
  ["no URL", "hooks.example.com/XXXXXXXX"],
  ["quotes", '"https://hooks.example.com/XXXXXXXX"'],
  ["a line break", "https://hooks.example.com/XXXXXXXX\n"],
  ["a file", "file:///XXXXXXXX"],
])("a variable that holds %s is refused, and its value is not shown", (_, value) => {
  const { message } = refusal({ HOOK: value }, "slack=HOOK");
  expect(message).toContain("HOOK holds no URL that can be used");
  expect(message).not.toMatch(/XXXX|hooks\.example/);
});

it.each([
  ["slak=HOOK", 'Did you mean "slack"?'],
  ["Teams=HOOK", 'Did you mean "teams"?'],
  ["isue", 'Did you mean "issue"?'],
  ["email", 'Did you mean "mail"?'],
  ["pager=HOOK", "Name one of these."],
  ["slack", "--notify slack=SLACK_URL"],
  ["slack=", "--notify slack=SLACK_URL"],
])("%s says what is meant", (way, text) => {
  expect(refusal(HOOK, way).message).toContain(text);
});

it.each<Record<string, string>>([{}, { HOOK: "" }])("a variable that is not set is named", (environment) => {
  const { message } = refusal(environment, "heartbeat=HOOK");
  expect(message).toContain("The environment variable HOOK is not set");
});

it("all that is wrong is told together", () => {
  const { problems } = refusal({}, "slack=A", "teams=B", "issue");
  expect(problems.map(({ code }) => code)).toEqual([
    "notify/variable-missing",
    "notify/variable-missing",
    "forge/not-in-a-pipeline",
  ]);
});

it("an issue needs a token before anything is checked", () => {
  const job = { GITHUB_API_URL: "https://api.github.com", GITHUB_REPOSITORY: "acme/alerts" };
  expect(refusal(job, "issue").message).toContain("GITHUB_TOKEN is not set");
});
