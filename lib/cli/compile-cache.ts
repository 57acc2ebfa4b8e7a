import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import * as nodeModule from "node:module";
import { join } from "node:path";
import { cacheFolder, isOwn } from "../core/cache-folder";
import { makeFolder } from "../core/make-folder";
import { PROVIDER_VERSION } from "../package/identity";

interface CompileCache {
  enableCompileCache?(folder: string): unknown;
}

const PREFIX = "command-line-";
const OWN = `${PREFIX}${PROVIDER_VERSION}`;
/** Versions are used side by side; if one is missed, it is made again. */
const UNUSED_AFTER_MS = 30 * 24 * 3_600_000;

/**
 * Keeps what V8 makes of this program for the next start: by Node.js itself where it can (22.8 and later). What is kept is
 * taken only for the same text. Never fails: a cache may be missing. Where `NODE_COMPILE_CACHE` is set, or
 * `NODE_DISABLE_COMPILE_CACHE`, that is what happens.
 *
 * @see https://nodejs.org/api/module.html#module-compile-cache
 */
export async function keepCompiled(
  environment: NodeJS.ProcessEnv,
  { enableCompileCache }: CompileCache = nodeModule as CompileCache,
  keepOurselves = keepByOurselves,
): Promise<void> {
  if (environment["NODE_COMPILE_CACHE"] || environment["NODE_DISABLE_COMPILE_CACHE"]) return;
  const folder = cacheFolder(environment);
  if (folder === undefined) return;
  if (enableCompileCache === undefined) await keepOurselves(__dirname, folder, OWN);
  else if (isReady(folder)) enableCompileCache(join(folder, OWN));
}

/** Loaded where it is needed alone: it needs hashes, for which Node.js takes longer than for a whole command. */
async function keepByOurselves(program: string, folder: string, name: string): Promise<void> {
  const { keepFilesCompiled } = await import("./own-compile-cache");
  keepFilesCompiled(program, folder, name);
}

/** There, and nobody else's. What versions have left that are no longer used goes when a new one comes. */
function isReady(folder: string): boolean {
  try {
    const own = join(folder, OWN);
    if (!existsSync(own)) {
      makeFolder(own, 0o700);
      for (const name of readdirSync(folder)) {
        const path = join(folder, name);
        if (name.startsWith(PREFIX) && statSync(path).mtimeMs < Date.now() - UNUSED_AFTER_MS) {
          rmSync(path, { recursive: true, force: true });
        }
      }
    }
    return isOwn(statSync(folder)) && isOwn(statSync(own));
  } catch {
    return false;
  }
}
