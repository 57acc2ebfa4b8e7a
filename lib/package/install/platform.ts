import { ProblemError, type Problem } from "../../core/problem";
import { badPlatform, cannotStartOn } from "./errors";

const ARCHITECTURES: Readonly<Record<string, string>> = { x64: "amd64", ia32: "386" };
const SYSTEMS: Readonly<Record<string, string>> = { win32: "windows" };

/** Node's names for a machine as Terraform writes them: `linux_amd64`. @default the machine this runs on */
export function platformName(os: string = process.platform, architecture: string = process.arch): string {
  return `${SYSTEMS[os] ?? os}_${ARCHITECTURES[architecture] ?? architecture}`;
}

/** Why the provider cannot be started on a platform; undefined when it can. */
export function unableToStart(platform: string): Problem | undefined {
  return platform.startsWith("windows_") ? cannotStartOn(platform) : undefined;
}

export function checkPlatform(platform: string): string {
  if (!/^[a-z0-9]+_[a-z0-9]+$/.test(platform)) throw new ProblemError(badPlatform(platform));
  return platform;
}
