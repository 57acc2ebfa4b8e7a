// What the provider's executable begins with: the program lies behind it, in a comment, and each part of it is compiled when
// it is needed, with what an earlier run has left. Bundled by itself, so it has nothing in common with the program.
import { homedir } from "node:os";
import { basename, join, resolve } from "node:path";
import { CodeCache } from "./code-cache";
import { Heap } from "./heap";
import { printNotices } from "./notices";
import { Program, type Index } from "./program";
import { storedIn } from "./stored-cache";

/** Stands before this: scripts/packed-parts.mjs. */
declare const outboundIndex: Index;

const heap = new Heap();
const cache = new CodeCache(cacheFile(process.env), __filename, heap);
const program = new Program(__filename, outboundIndex, cache, heap, require);
printNotices(program);
process.on("exit", () => cache.keep());
program.run();

/** `OUTBOUND_CODE_CACHE` names another folder, or is `off`. */
function cacheFile({ OUTBOUND_CODE_CACHE: wanted, XDG_CACHE_HOME: home }: NodeJS.ProcessEnv): string | undefined {
  if (wanted === "off" || process.platform === "win32") return undefined;
  const folder = wanted || join(home || usualCache(), "cdktf-provider-outbound");
  return storedIn(resolve(folder), basename(__filename));
}

function usualCache(): string {
  return process.platform === "darwin" ? join(homedir(), "Library", "Caches") : join(homedir(), ".cache");
}
