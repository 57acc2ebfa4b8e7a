import type { Command } from "commander";
import { forgeOfJob, type JobForge } from "../forge";
import { PROVIDER_VERSION } from "../package/identity";
import type { Surroundings } from "./surroundings";

export interface ForgeOptions {
  readonly tokenEnvironment?: string;
  readonly author?: string;
}

/** Adds the options for access to the job's forge. */
export function forgeOptions(command: Command): Command {
  return command
    .option(
      "--token-environment <variable>",
      "the environment variable with the token (default: GITHUB_TOKEN or GITLAB_TOKEN)",
    )
    .option("--author <account>", "whose comments count (default: the account of the token)");
}

/** The forge of the job that runs the command. */
export function forgeFrom(
  { tokenEnvironment, author }: ForgeOptions,
  { environment, redactor }: Surroundings,
): JobForge {
  const userAgent = `cdktf-provider-outbound/${PROVIDER_VERSION}`;
  return forgeOfJob({ environment, redactor, tokenVariable: tokenEnvironment, author, userAgent });
}
