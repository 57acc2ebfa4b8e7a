import { join } from "node:path";
import { ProblemError } from "../../core/problem";
import {
  fetched,
  findDeployCommand,
  installDeployCommand,
  suitableDeployCommand,
  type DeployCommand,
} from "../deploy-command";
import type { Surroundings } from "../surroundings";
import { installedPackage, installTool, projectFolders, toolFolder } from "../tools";
import type { Narrator } from "./narrator";

/** The project's own command line where the running Node.js can load it, else one that is fetched. */
export async function deployCommandFor(surroundings: Surroundings, narrator: Narrator): Promise<DeployCommand> {
  try {
    return await findDeployCommand(projectFolders(surroundings.workingDirectory), surroundings);
  } catch (error) {
    const [problem] = error instanceof ProblemError ? error.problems : [];
    const { nodeVersion, platform } = surroundings;
    if (problem?.code === "cli/cdktf-cannot-load") {
      narrator.line(`${problem.summary}: the demo deploys with cdktn-cli, which takes the same programs.`);
    } else if (problem?.code !== "cli/deploy-command-missing") throw error;
    const suitable = problem.code === "cli/cdktf-cannot-load" ? "cdktn" : suitableDeployCommand(nodeVersion, platform);
    sayFetched(fetched(suitable), surroundings, narrator);
    return installDeployCommand(suitable, surroundings);
  }
}

/** tsx, which runs the programs: the project's own, else one that is fetched. Gives the path of its script. */
export async function typeScriptRunner(surroundings: Surroundings, narrator: Narrator): Promise<string> {
  const folders = [...projectFolders(surroundings.workingDirectory), toolFolder(surroundings.environment)];
  const found = installedPackage("tsx", folders);
  if (found !== undefined) return join(found, "dist", "cli.mjs");
  sayFetched("tsx@4", surroundings, narrator);
  return join(await installTool("tsx@4", surroundings), "node_modules", "tsx", "dist", "cli.mjs");
}

function sayFetched(wanted: string, { environment }: Surroundings, narrator: Narrator): void {
  narrator.line(`Fetching ${wanted} with npm, once, into ${toolFolder(environment)}`);
}
