import { printable } from "../../core/printable";

/** The sources for the deployment's name; the first with a value is used. */
const SOURCES: readonly ((environment: Environment) => string | undefined)[] = [
  (env) => env.OUTBOUND_DEPLOYMENT,
  (env) => env.TFC_RUN_ID,
  (env) => env.GITHUB_RUN_ID && `${env.GITHUB_SERVER_URL}/${env.GITHUB_REPOSITORY}/actions/runs/${env.GITHUB_RUN_ID}`,
  (env) => env.CI_PIPELINE_URL,
  (env) => env.BUILD_URL,
  (env) => env.BUILD_BUILDURI && `${env.SYSTEM_TEAMPROJECT ?? ""} ${env.BUILD_BUILDNUMBER ?? ""}`.trim(),
];

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The run that sends the test, as its reader can find it: `OUTBOUND_DEPLOYMENT`, or the variables of HCP Terraform,
 * GitHub, GitLab, Jenkins and Azure DevOps. Undefined outside of them.
 */
export function deploymentOf(environment: Environment): string | undefined {
  const found = SOURCES.map((source) => source(environment)).find((answer) => answer !== undefined && answer !== "");
  // It becomes a header: without line breaks, and of limited length.
  return found && printable(found, 200);
}
