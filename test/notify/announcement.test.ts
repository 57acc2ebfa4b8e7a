import { runLink } from "../../lib/notify";

const GITHUB = {
  GITHUB_SERVER_URL: "https://git.example.com",
  GITHUB_REPOSITORY: "acme/alerts",
  GITHUB_RUN_ID: "99",
};

it.each<[string, Record<string, string>, string | undefined]>([
  ["GitHub Actions", GITHUB, "https://git.example.com/acme/alerts/actions/runs/99"],
  ["GitLab CI", { CI_JOB_URL: "https://gitlab.example.com/a/-/jobs/5" }, "https://gitlab.example.com/a/-/jobs/5"],
  ["a machine of one's own", {}, undefined],
  ["half of a job", { ...GITHUB, GITHUB_RUN_ID: "" }, undefined],
  ["a variable that would be run", { CI_JOB_URL: "javascript:alert(1)" }, undefined],
])("%s has its log where its variables say", (_, environment, link) => {
  expect(runLink(environment)).toBe(link);
});
