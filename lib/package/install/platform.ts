import { ProblemError, type Problem } from "../../core/problem";
import { badPlatform, cannotStartOn } from "./errors";

const ARCHITECTURES: Readonly<Record<string, string>> = { x64: "amd64", ia32: "386" };
const SYSTEMS: Readonly<Record<string, string>> = { win32: "windows" };

/** Terraform's name of a platform, `linux_amd64`, from Node's names. @default the platform of this machine */
export function platformName(os: string = process.platform, architecture: string = process.arch): string {
  return `${SYSTEMS[os] ?? os}_${ARCHITECTURES[architecture] ?? architecture}`;
}

/** The reason why the provider cannot be started on a platform; undefined when it can. */
export function unableToStart(platform: string): Problem | undefined {
  return platform.startsWith("windows_") ? cannotStartOn(platform) : undefined;
}

export function checkPlatform(platform: string): string {
  if (!/^[a-z0-9]+_[a-z0-9]+$/.test(platform)) throw new ProblemError(badPlatform(platform));
  return platform;
}
