// What the provider's executable begins with: the program lies behind it, in a comment, and is compiled with what an
// earlier run has left. Bundled by itself, so it has nothing in common with the program.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { cacheFolder } from "../../core/cache-folder";
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

function cacheFile(environment: NodeJS.ProcessEnv): string | undefined {
  const folder = cacheFolder(environment);
  return folder && storedIn(folder, basename(__filename));
}
