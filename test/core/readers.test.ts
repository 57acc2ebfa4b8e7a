import { asOption, OPTION_OF } from "../../lib/cli/mail/option-names";
import { problemInTerms, type Problem } from "../../lib/core/problem";
import { asProp } from "../../lib/core/props";
import { asAttribute, fromTemplate, settingsIn, type NameOfSetting, type Prose } from "../../lib/core/prose";
import { allRemedies } from "../../lib/mail/diagnosis/remedies";
import { allCauses } from "../../lib/mail/diagnosis/refusals/all-causes";
import { allRows } from "../../lib/mail/diagnosis/refusals/engine";
import { problemOf } from "../../lib/mail/diagnosis/refusals";
import { explainServer } from "../../lib/mail/diagnosis/refusals/explain-server";
import { remedyFor, type Remedy } from "../../lib/mail/stage/remedy";
import { ambiguous, conflict } from "../../lib/systems/kit/problems";
import { testRemedy as uipath } from "../../lib/systems/uipath/test-remedy";
import { testFailed as uipathFailed } from "../../lib/systems/uipath/errors";
import { emailPluginWords as pluginWords } from "../../lib/systems/vrops/email-plugin.words";
import { testRemedy as vrops } from "../../lib/systems/vrops/test-remedy";
import { testFailed as vropsFailed } from "../../lib/systems/vrops/errors";

/** What only one reader writes; whoever is another finds nothing of the sort in his text. */
const FORMS = {
  attribute:
    /`[a-z]+(_[a-z]+)+(\.[a-z_]+)?`|\b\w+_wo\b|\b(security|enable_ssl|auth_mechanism|adopt_existing) = |terraform import/,
  prop: /SmtpServer|`Mailbox`|Mailbox\.|Secret\.|`[a-z]+[A-Z]\w*`|importFrom/,
  option: /(?<![\w-])--[a-z]/,
};
/** A firewall's own command. */
const foreign = (text: string) => text.replace(/`no inspect esmtp`, or `allow-tls`/, "");

const READERS: Readonly<Record<keyof typeof FORMS, NameOfSetting>> = {
  attribute: asAttribute,
  prop: asProp,
  option: asOption,
};

/** Anything in a row's braces. */
const filled = (row: Remedy): Problem => {
  const names = [...`${row.summary} ${row.fix}`.matchAll(/\{(\w+)\}|=\$(\w+)/g)].map(
    ([, name, value]) => name ?? value!,
  );
  return remedyFor(row, Object.fromEntries(names.map((name) => [name, "X"])));
};

const refusals = [
  ...allCauses,
  ...allCauses.flatMap(({ unless = [], ...cause }) => unless.map(({ fix }) => ({ ...cause, fix }))),
]
  .map((cause) => problemOf(cause))
  .concat(allRows.flatMap(({ cause, fix }) => (fix === undefined ? [] : [problemOf({ ...cause, fix })])));

const WORDS = [
  "535 5.7.8 Authentication credentials invalid",
  "550 5.7.60 SMTP; Client does not have permissions to send as this sender",
  "530 5.7.0 Must issue a STARTTLS command first",
  "no such host",
  "UnknownHostException",
  "connection refused",
  "net_io_connectionclosed",
  "certificate",
  "handshake",
  "response: -1",
  "read timed out",
];
const explain = (words: string) => explainServer(words, { host: "smtp.example.com", login: "alerts" });

const mail: readonly Problem[] = [...allRemedies.map(filled), ...refusals];
const systems: readonly Problem[] = [
  ...WORDS.map((words) => vropsFailed(vrops(words, explain), words)),
  ...WORDS.map((words) => uipathFailed(uipath(words, explain), words)),
  conflict(pluginWords, { name: "x", id: "42" }, ["port"]),
  ambiguous(pluginWords, { name: "x" }, ["42", "43"]),
];

describe.each(["attribute", "prop", "option"] as const)("a reader who knows settings by %s", (reader) => {
  const others = (Object.keys(FORMS) as (keyof typeof FORMS)[]).filter((form) => form !== reader);
  // Systems say nothing on the command line that no provider says.
  const problems = reader === "option" ? mail : [...mail, ...systems];

  it("finds no other reader's form in any remedy", () => {
    const strangers = problems.flatMap((problem) => {
      const { code, summary, fix } = problemInTerms(problem, READERS[reader]);
      const text = foreign(`${summary}: ${fix}`);
      return others.flatMap((form) => (FORMS[form].test(text) ? [`${code} has an ${form}: ${text}`] : []));
    });
    expect(strangers).toEqual([]);
  });
});

it("the command line has an option for whatever a remedy of the mail test asks for, or leaves it out", () => {
  const asked = (prose: Prose): string[] =>
    prose.flatMap((part) => (typeof part !== "string" && "setting" in part ? [part.setting] : []));
  const all = mail.flatMap(({ prose }) => (prose === undefined ? [] : [...asked(prose.summary), ...asked(prose.fix)]));
  expect(new Set(all).size).toBeGreaterThan(10);
  expect([...new Set(all)].filter((name) => !(name in OPTION_OF))).toEqual([]);
});

it("says to a program where the version of its secret is written", () => {
  const refused = problemInTerms(vropsFailed(vrops(WORDS[0]!, explain), ""), asProp);
  expect(refused.fix).toContain('Secret.environment("SMTP_PASSWORD", { version: 2 })');
  expect(problemInTerms(conflict(pluginWords, { id: "42" }, []), asProp).fix).toContain('importFrom("42")');
});

it("a template's references are data", () => {
  const prose = fromTemplate("Set {setting:security=tls}, {name} or {setting:auth_mechanism=$name}.", () => "PLAIN");
  expect(settingsIn(prose)).toEqual([
    { setting: "security", value: "tls" },
    { setting: "auth_mechanism", value: "PLAIN" },
  ]);
});
