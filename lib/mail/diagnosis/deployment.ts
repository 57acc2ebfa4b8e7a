import { printable } from "../../core/printable";

/** Which deployment is this? In the order in which they are asked; the first with a value answers. */
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
 * The run that sends the test, as its reader can look it up: `OUTBOUND_DEPLOYMENT`, or what HCP Terraform,
 * GitHub, GitLab, Jenkins and Azure DevOps say of themselves. Undefined outside of them.
 */
export function deploymentOf(environment: Environment): string | undefined {
  const found = SOURCES.map((source) => source(environment)).find((answer) => answer !== undefined && answer !== "");
  // It becomes a header: no line breaks, and not endless.
  return found && printable(found, 200);
}
