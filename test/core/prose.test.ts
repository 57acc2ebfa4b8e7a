import { problemInTerms, type Problem } from "../../lib/core/problem";
import { asAttribute, renderProse, prose, settingsIn, type NameOfSetting } from "../../lib/core/prose";

const port = { setting: "smtp_port" };
const security = { setting: "security", value: "starttls" };
const version = { setting: "password_wo_version" };

const inOptions: NameOfSetting = ({ setting, value }) => {
  const option = { smtp_port: "--port", security: "--security" }[setting];
  return option === undefined || value === undefined ? option : `${option} ${value}`;
};

const text = prose`Check ${port}, set ${security}${{ clause: [", and raise ", version] }}.`;

it("names settings as its reader knows them", () => {
  expect(renderProse(text, asAttribute)).toBe(
    'Check `smtp_port`, set security = "starttls", and raise `password_wo_version`.',
  );
  expect(renderProse(text, inOptions)).toBe("Check --port, set --security starttls.");
});

it("calls a setting that has no name here by its attribute, outside a clause", () => {
  expect(renderProse(prose`Raise ${version}.`, inOptions)).toBe("Raise `password_wo_version`.");
});

it("takes texts into texts", () => {
  expect(renderProse(prose`First: ${prose`check ${port}`}.`, inOptions)).toBe("First: check --port.");
});

it("tells all settings that a text refers to", () => {
  expect(settingsIn(text).map(({ setting }) => setting)).toEqual(["smtp_port", "security", "password_wo_version"]);
});

it("says a whole problem in other terms, and leaves one without references as it is", () => {
  const problem: Problem = { code: "mail/x", severity: "error", summary: "a", fix: "Check `smtp_port`." };
  expect(problemInTerms(problem, inOptions)).toBe(problem);
  const written = { summary: prose`a`, fix: prose`Check ${port}.` };
  expect(problemInTerms({ ...problem, prose: written }, inOptions)).toMatchObject({
    summary: "a",
    fix: "Check --port.",
  });
});
