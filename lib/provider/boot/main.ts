// What the provider's executable begins with: the program lies behind it, in a comment, and is compiled with what an
// earlier run has left. Bundled by itself, so it has nothing in common with the program.
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { basename, join, resolve } from "node:path";
import { CodeCache } from "./code-cache";
import { storedIn } from "./stored-cache";

/** Around the program, and in it: the same in scripts/packed-parts.mjs. */
const [END, END_OF_COMMENT] = ["\noutbound-program*/\n", "*~/"];
/** Not a text, which would find itself. */
const BEGIN = /\n\/\*outbound-program\n/;

const cache = new CodeCache(cacheFile(process.env), __filename);
process.on("exit", () => cache.keep());
const program = cache.compile({ name: "program", text: programText() }) as (...given: unknown[]) => void;
program(exports, require, module, __filename, __dirname, cache);

function programText(): string {
  const file = readFileSync(__filename, "latin1");
  const begin = file.search(BEGIN);
  const code = file.slice(file.indexOf("\n", begin + 1), file.indexOf(END, begin)).replaceAll(END_OF_COMMENT, "*/");
  return `(function(exports,require,module,__filename,__dirname,outboundParts){${code}\n})`;
}

/** `OUTBOUND_CODE_CACHE` names another folder, or is `off`. */
function cacheFile({ OUTBOUND_CODE_CACHE: wanted, XDG_CACHE_HOME: home }: NodeJS.ProcessEnv): string | undefined {
  if (wanted === "off" || process.platform === "win32") return undefined;
  const folder = wanted || join(home || usualCache(), "cdktf-provider-outbound");
  return storedIn(resolve(folder), basename(__filename));
}

function usualCache(): string {
  return process.platform === "darwin" ? join(homedir(), "Library", "Caches") : join(homedir(), ".cache");
}
