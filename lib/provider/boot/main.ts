// The first lines of the provider's executable. The program follows in a comment; each part of it is compiled when it is needed,
// from the cache of an earlier run if there is one. This file is bundled by itself and shares nothing with the program.
import { basename } from "node:path";
import { cacheFolder } from "../../core/cache-folder";
import { CodeCache } from "../../core/code-cache";
import { storedIn } from "../../core/stored-code";
import { printNotices } from "./notices";
import { Program, type Index } from "./program";
import { V8Switches } from "./v8-switches";

/** Written in front of this file by scripts/packed-parts.mjs. */
declare const outboundIndex: Index;

const switches = new V8Switches();
const cache = new CodeCache(cacheFile(process.env), switches, (name) => name in outboundIndex.parts);
const program = new Program(__filename, outboundIndex, cache, switches, require);
printNotices(program);
process.on("exit", () => cache.keep());
program.run();

function cacheFile(environment: NodeJS.ProcessEnv): string | undefined {
  const folder = cacheFolder(environment);
  return folder && storedIn(folder, basename(__filename));
}
