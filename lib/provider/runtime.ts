import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { systemClock } from "../core/clock";
import type { Runtime } from "../systems/kit/system";
import type { ConfigureContext } from "../terraform-plugin/provider";
import { PROVIDER_VERSION } from "../package/identity";
import { smtpProbeOf } from "./smtp-probe";

/** The runtime of a provider that Terraform has started, with the real clock and network. */
export function processRuntime({
  terraformVersion,
  log,
  redactor,
}: Pick<ConfigureContext, "terraformVersion" | "log" | "redactor">): Runtime {
  const runtime = {
    clock: systemClock,
    log,
    redactor,
    random: Math.random,
    environment: process.env,
    homeDirectory: homedir(),
    workingDirectory: process.cwd(),
    readFile: readIfPresent,
    userAgent: `cdktf-provider-outbound/${PROVIDER_VERSION} Terraform/${terraformVersion}`,
  };
  return { ...runtime, smtpProbe: smtpProbeOf(runtime) };
}

function readIfPresent(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
