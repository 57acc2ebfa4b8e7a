import { passwordNeedsUser, userNeedsPassword } from "../../../lib/systems/kit/smtp-login";
import { emailPluginSchema } from "../../../lib/systems/vrops/email-plugin.schema";
import { systemMailSchema } from "../../../lib/systems/uipath/system-mail.schema";
import { tenantMailSchema } from "../../../lib/systems/uipath/tenant-mail.schema";
import { smtpConnectionSchema } from "../../../lib/systems/ksaar/smtp-connection.schema";
import { acme } from "./problems/words";

type Given = string | null | undefined;

test.each<[Given, Given, string[]]>([
  ["alerts", "secret", []],
  [null, null, []],
  [null, "secret", ["acme/password-without-user password_wo"]],
  ["alerts", null, ["acme/user-without-password username"]],
  [undefined, "secret", []],
  ["alerts", undefined, []],
  [undefined, null, []],
  [null, undefined, []],
])("user %j and password %j", (username, password_wo, expected) => {
  const checks = [passwordNeedsUser(acme), userNeedsPassword(acme)];
  const problems = checks.flatMap(({ check }) => check({ username, password_wo }));
  expect(problems.map(({ code, path }) => `${code} ${path?.join(".")}`)).toEqual(expected);
});

test("the hint ends the advice, and no password is ever shown", () => {
  const [problem] = userNeedsPassword(acme, "It is stored nowhere.").check({
    username: "a\u001b[31m",
    password_wo: null,
  });
  expect(problem!.fix).toMatch(/ It is stored nowhere\.$/);
  expect(problem!.got).not.toContain("\u001b");
  const [other] = passwordNeedsUser(acme).check({ username: null, password_wo: "top secret" });
  expect(JSON.stringify(other)).not.toContain("top secret");
});

test.each([emailPluginSchema, systemMailSchema, tenantMailSchema, smtpConnectionSchema])(
  "$type has both checks, in these words",
  ({ checks = [], creationChecks = [] }) => {
    const described = [...checks, ...creationChecks].map(({ describes }) => describes);
    expect(described).toEqual(
      expect.arrayContaining([passwordNeedsUser(acme), userNeedsPassword(acme)].map((one) => one.describes)),
    );
  },
);
