import { silentLogger } from "../core/log";
import type { Redactor } from "../core/redaction";
import { PROVIDER_VERSION } from "../package/identity";
import { processRuntime } from "../provider/runtime";
import type { Runtime } from "../systems/kit/system";

type CommandWorld = Pick<Runtime, "environment" | "homeDirectory" | "workingDirectory"> &
  Partial<Pick<Runtime, "clock">>;

/** The runtime of systems when a command, not Terraform, asks them. */
export function commandRuntime(
  { environment, homeDirectory, workingDirectory, clock }: CommandWorld,
  redactor: Redactor,
): Runtime {
  return {
    ...processRuntime({ terraformVersion: "none", log: silentLogger, redactor }),
    ...(clock && { clock }),
    environment,
    homeDirectory,
    workingDirectory,
    userAgent: `cdktf-provider-outbound/${PROVIDER_VERSION}`,
  };
}
