import { deploymentOf } from "../../../lib/mail/diagnosis/deployment";

const GITHUB = {
  GITHUB_SERVER_URL: "https://github.example.com",
  GITHUB_REPOSITORY: "acme/platform",
  GITHUB_RUN_ID: "42",
};

it.each<[Record<string, string>, string | undefined]>([
  [{}, undefined],
  [{ OUTBOUND_DEPLOYMENT: "release 7", ...GITHUB }, "release 7"],
  [GITHUB, "https://github.example.com/acme/platform/actions/runs/42"],
  [{ OUTBOUND_DEPLOYMENT: "", CI_PIPELINE_URL: "https://gitlab.example.com/p/1" }, "https://gitlab.example.com/p/1"],
  [{ OUTBOUND_DEPLOYMENT: "a\r\nBcc: victim@example.com" }, "a Bcc: victim@example.com"],
])("reads %j as %j", (environment, expected) => {
  expect(deploymentOf(environment)).toBe(expected);
});
