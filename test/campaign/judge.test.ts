import type { Ran } from "./command";
import { errorsIn, judge, type Observed, type Violation } from "./judge";
import { generate } from "./generate";
import { SECRETS } from "./planted-secrets";
import type { Trial } from "./trial";

const secret = SECRETS.distinctive[0];
const trial: Trial = { ...generate(1, 1), secret, disruption: { kind: "none" } };
const ran: Ran = { code: 0, output: "", milliseconds: 10, late: false, disrupted: false };
const right: Observed = {
  struck: ran,
  clean: ran,
  plan: ran,
  destroy: ran,
  settings: { got: ["a", "b"], wanted: ["a", "b"] },
  foreign: ["[]", "[]", "[]"],
  emptied: { got: [], wanted: [] },
  processes: [],
  written: "nothing that is secret",
  logins: ["a login of the sandbox"],
};
const message = (text: string) => `\n${text}\n`;
const failing = (text: string): Ran => ({ ...ran, code: 1, output: message(text) });

it("finds nothing where nothing is wrong", () => {
  expect(judge(trial, right)).toEqual([]);
  const named = "Error: The flow was not opened\n\n  with outbound_ovh_vrops_flow.number0,\n  on main.tf line 3";
  expect(judge(trial, { ...right, struck: failing(named) })).toEqual([]);
  const deleted = 'Error: It could not be deleted\n\nObject: outbound_uptrends_escalation_level\n"4f/2" (level = 2)';
  expect(judge(trial, { ...right, struck: failing(deleted) })).toEqual([]);
});

it.each<[Violation["rule"], Partial<Observed>]>([
  ["late", { struck: { ...ran, code: null, late: true } }],
  ["unnamed error", { struck: failing("Error: Something failed\n\nsomewhere") }],
  ["broken provider", { struck: failing("Error: Provider produced inconsistent result after apply") }],
  ["broken provider", { struck: failing("Error: Plugin did not respond") }],
  ["clean apply", { clean: failing("Error: It exists already"), plan: undefined, destroy: undefined }],
  ["next plan", { plan: { ...ran, code: 2, output: "Terraform will perform the following actions" } }],
  ["systems differ from the code", { settings: { got: ["a", "a", "b"], wanted: ["a", "b"] } }],
  ["systems differ from the code", { settings: { got: ["a"], wanted: ["a", "b"] } }],
  ["foreign touched", { foreign: ["[1]", "[2]", "[2]"] }],
  ["destroy", { destroy: failing("Error: It is in use") }],
  ["left over", { emptied: { got: ["a"], wanted: [] } }],
  ["left over", { emptied: { got: [], wanted: ["a"] } }],
  ["process left", { processes: ["terraform-provider-outbound"] }],
  ["secret", { written: `said ${Buffer.from(`me:${secret}`).toString("base64")}` }],
  ["secret", { written: `cut ${secret.slice(0, 15)}` }],
  ["secret", { written: "said a login of the sandbox" }],
])("finds %s in %j", (rule, wrong) => {
  expect([...new Set(judge(trial, { ...right, ...wrong }).map((one) => one.rule))]).toEqual([rule]);
});

it("lets an alert definition stay that was taken over after its run was killed, and said that it will", () => {
  const left = '{"type":"outbound_uptrends_alert_definition","name":"Levels","settings":{"AlertName":"Levels"}}';
  const said = [
    'Warning: The alert definition "Levels" (id 4f) was already there',
    "  with outbound_uptrends_alert_definition.number0,",
    "a destroy gives\nit back as it was found",
  ].join("\n");
  const seen = { ...right, emptied: { got: [left], wanted: [] } };
  const killed: Trial = { ...trial, disruption: { kind: "kill-provider", afterWrites: 1 } };
  expect(judge(killed, { ...seen, clean: { ...ran, output: said } })).toEqual([]);
  expect(judge(killed, seen).map(({ rule }) => rule)).toEqual(["left over"]);
  expect(judge(trial, { ...seen, clean: { ...ran, output: said } }).map(({ rule }) => rule)).toEqual(["left over"]);
});

it("finds a common word only where it stands as the value of a password", () => {
  const common: Trial = { ...trial, secret: "true" };
  expect(judge(common, { ...right, written: "enabled = true" })).toEqual([]);
  expect(judge(common, { ...right, written: '{"password_wo":"true"}' }).map(({ rule }) => rule)).toEqual(["secret"]);
});

it.each([
  '{\\"password_wo\\":\\"true\\"}',
  "smtp_password=true&x=1",
  `"password": "${Buffer.from("true").toString("base64")}"`,
  'password_wo = "TRUE"',
])("finds it in %j", (written) => {
  const common: Trial = { ...trial, secret: "true" };
  expect(judge(common, { ...right, written }).map(({ rule }) => rule)).toEqual(["secret"]);
});

it("takes the object's own name for an address", () => {
  const struck = failing('Error: It took too long\n\nObject: outbound_vrops_plugin "7" (name = "x")');
  expect(judge(trial, { ...right, struck })).toEqual([]);
});

it("lets a provider be gone that was killed, and only then", () => {
  const struck = failing("Error: Plugin did not respond");
  const killed: Trial = { ...trial, disruption: { kind: "kill-provider", afterWrites: 1 } };
  expect(judge(killed, { ...right, struck })).toEqual([]);
});

it("tells errors from warnings and from what comes before them", () => {
  expect(
    errorsIn(`Creating...\n${message("Warning: w")}${message("Error: e\n\nmore")}${message("Warning: w")}`),
  ).toEqual(["Error: e\n\nmore"]);
});
