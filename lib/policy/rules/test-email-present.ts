import { sameServer, serverName } from "../connections";
import { judge, type Rule } from "../rule";

export const testEmailPresent: Rule = {
  id: "test-email-present",
  title: "A test mail proves the way",
  severity: "warning",
  why: "Settings that apply cleanly can still fail to deliver (a closed flow, a wrong password, a refused sender), and then the first to notice is the alert that does not arrive.",
  fix: "Add `alerts.testAfterDeploy()`, or a PostDeployTest for the server.",
  scope: "Everything switched on that speaks SMTP: there must be a test mail by the same server.",
  check: ({ mailers, tests }) =>
    judge(
      mailers.flatMap(({ address, smtp, enabled }) =>
        smtp === undefined || enabled === false ? [] : [{ address, smtp }],
      ),
      "nothing here sends mail",
      ({ address, smtp }) =>
        tests.some((test) => sameServer(test.smtp, smtp))
          ? undefined
          : { address, summary: `No test mail goes by ${serverName(smtp)}` },
    ),
};
