import { existsSync, readFileSync } from "node:fs";
import * as nodeModule from "node:module";
import { basename, dirname, join } from "node:path";
import { CodeCache, UNCHANGED } from "../core/code-cache";
import { storedIn } from "../core/stored-code";

type Loader = (module: NodeJS.Module, path: string) => void;
type Wrapper = (
  exports: unknown,
  require: NodeJS.Require,
  module: NodeJS.Module,
  __filename: string,
  __dirname: string,
) => void;

/** By the ending of a file's name, what makes a module of it; part of `node:module`, where Node.js has frozen it. */
export interface Loaders {
  ".js": Loader;
}

/**
 * Keeps what V8 makes of a program's files for the next start, under a Node.js that cannot do that itself: before 22.8, each
 * command would compile a megabyte. Other files are loaded as ever.
 *
 * @param program the folder of the files
 * @param kept the folder of the cache
 * @param name what it is called there
 */
export function keepFilesCompiled(
  program: string,
  kept: string,
  name: string,
  {
    loaders = (nodeModule as unknown as { readonly _extensions: Loaders })._extensions,
    atExit = (action) => process.on("exit", action),
  }: { readonly loaders?: Loaders; atExit?(action: () => void): void } = {},
): void {
  const cache = new CodeCache(storedIn(kept, name), UNCHANGED, (part) => existsSync(join(program, part)));
  const usual = loaders[".js"];
  loaders[".js"] = (module, path) => {
    if (dirname(path) !== program) return usual(module, path);
    const text = `(function (exports, require, module, __filename, __dirname) {${readFileSync(path, "utf8")}\n})`;
    const run = cache.compile({ name: basename(path), text, file: path }) as Wrapper;
    run.call(module.exports, module.exports, nodeModule.createRequire(path), module, path, program);
  };
  atExit(() => cache.keep());
}
