import { existsSync } from "node:fs";
import { ProblemError } from "../core/problem";
import type { TerraformCommand } from "../core/terraform-text";
import { PROVIDER_NAME, PROVIDER_SOURCE, PROVIDER_SOURCES, PROVIDER_VERSION } from "../package/identity";
import {
  executable,
  packageHash,
  pinnedProviders,
  requiredInHcl,
  requiredInJson,
  updateLockFile,
  type LockEntry,
} from "../package/install";
import { noSuchDirectory } from "./errors";

/** The source without its registry: `cdktf-outbound/outbound`. */
const SHORT = PROVIDER_SOURCE.split("/").slice(1).join("/");
const HOSTS = { terraform: PROVIDER_SOURCES[0], tofu: PROVIDER_SOURCES[1] };

/**
 * Adds the provider to the lock file of a configuration, under the sources that the configuration names, and returns
 * the file's path. In a synthesised stack the other pinned providers get an entry too, where they have none: otherwise
 * `cdktf deploy` asks the registries for all of them.
 *
 * @param terraform decides what the short source means
 * @throws ProblemError `cli/no-such-directory`
 */
export function lockProvider(directory: string, terraform: TerraformCommand): string {
  if (!existsSync(directory)) throw new ProblemError(noSuchDirectory(directory));
  const json = requiredInJson(directory);
  const required = [...requiredInHcl(directory, SHORT), ...Object.values(json).filter(isOurs)];
  const own = new Map<string, LockEntry>();
  for (const { source = SHORT, version } of required.length > 0 ? required : [DEFAULT]) {
    const full = source === SHORT ? HOSTS[terraform] : source;
    const hashes = [packageHash({ source: full, version: PROVIDER_VERSION, executable: executable(PROVIDER_NAME) })];
    own.set(full, { source: full, version: PROVIDER_VERSION, constraints: version ?? "", hashes });
  }
  const others = pinnedProviders(json).filter(({ source }) => !own.has(source));
  return updateLockFile(directory, { own: [...own.values()], others });
}

/** The values of the block that `outbound provider install` prints. */
const DEFAULT = { source: PROVIDER_SOURCE, version: PROVIDER_VERSION };

const isOurs = ({ source }: { readonly source?: string }) => source === SHORT || source?.endsWith(`/${SHORT}`) === true;
