import type { Stats } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";

/**
 * The folder where compiled code is kept between two starts; undefined when none is kept. `OUTBOUND_CODE_CACHE` names
 * another folder, or is `off`.
 */
export function cacheFolder({
  OUTBOUND_CODE_CACHE: wanted,
  XDG_CACHE_HOME: home,
}: NodeJS.ProcessEnv): string | undefined {
  if (wanted === "off" || process.platform === "win32") return undefined;
  return resolve(wanted || join(home || usualCache(), "cdktf-provider-outbound"));
}

/** Whether nobody else can have written the file: V8 runs whatever the cache holds. */
export const isOwn = ({ uid, mode }: Pick<Stats, "uid" | "mode">): boolean =>
  uid === process.getuid?.() && (mode & 0o022) === 0;

function usualCache(): string {
  return process.platform === "darwin" ? join(homedir(), "Library", "Caches") : join(homedir(), ".cache");
}
