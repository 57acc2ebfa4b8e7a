// An esbuild plugin: packages that few runs need travel behind the program, packed, and are compiled when first required.
// Terraform starts several provider processes per command, and V8 reads all code of a file before any of it runs; a
// comment it only skips.
import { appendFile } from "node:fs/promises";
import { deflateSync } from "node:zlib";
import { build } from "esbuild";

/**
 * @param {readonly string[]} names packages that are imported dynamically, or by modules that are; or modules of ours,
 * as they are imported ("./name"), each with all its packages in one piece
 * @param {Readonly<Record<string, readonly string[]>>} leftOut by name, what such a package requires and our use of it
 * never calls; an empty module takes its place
 * @param {Readonly<Record<string, readonly string[]>>} unseen by name, the globals that such a package shall not find
 */
export function lazyPackages(names, leftOut = {}, unseen = {}) {
  const filter = new RegExp(`^(${names.join("|")})(/.*)?$`);
  return {
    name: "lazy-packages",
    setup({ onResolve, onLoad, onEnd, initialOptions }) {
      /** @type {Map<string, string>} */
      const packed = new Map();
      onResolve({ filter }, ({ path, resolveDir }) => ({
        path,
        namespace: "lazy-package",
        pluginData: { resolveDir },
      }));
      onLoad({ filter: /.*/, namespace: "lazy-package" }, async ({ path, pluginData: { resolveDir } }) => {
        const { platform, target, minify, keepNames } = initialOptions;
        const { outputFiles } = await build({
          stdin: { contents: `module.exports = require(${JSON.stringify(path)});`, resolveDir },
          bundle: true,
          write: false,
          format: "cjs",
          legalComments: "none",
          logLevel: "warning",
          platform,
          target,
          minify,
          keepNames,
          plugins: [emptyModules(leftOut[path] ?? [])],
        });
        packed.set(path, deflateSync(outputFiles[0].contents, { level: 9 }).toString("base64"));
        const hidden = unseen[path] ?? [];
        return {
          contents: `
            const { readFileSync } = require("node:fs");
            const { compileFunction } = require("node:vm");
            const { inflateSync } = require("node:zlib");
            const marker = "\\n//${path} ";
            const file = readFileSync(__filename, "latin1");
            const begin = file.lastIndexOf(marker) + marker.length;
            const packed = Buffer.from(file.slice(begin, file.indexOf("\\n", begin)), "base64");
            const filename = "${path}.js";
            const hidden = ${JSON.stringify(hidden)};
            // Not an object that inherits: Node's own getters look at whom they are called on.
            const get = (all, name) => (hidden.includes(name) ? undefined : Reflect.get(all, name));
            const seen = hidden.length === 0 ? globalThis : new Proxy(globalThis, { get });
            const names = ["module", "exports", "require", "globalThis", ...hidden];
            compileFunction(inflateSync(packed).toString(), names, { filename })(module, exports, require, seen);`,
          loader: "js",
          resolveDir: process.cwd(),
        };
      });
      onEnd(async ({ errors }) => {
        if (errors.length > 0) return;
        for (const [path, text] of packed) await appendFile(initialOptions.outfile, `\n//${path} ${text}`);
        await appendFile(initialOptions.outfile, "\n");
      });
    },
  };
}

/** @param {readonly string[]} names packages, whole; or beginnings of relative paths */
function emptyModules(names) {
  return {
    name: "empty-modules",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /.*/ }, ({ path }) =>
        names.some((name) => path === name || path.startsWith(`${name}/`)) ? { path, namespace: "empty" } : undefined,
      );
      onLoad({ filter: /.*/, namespace: "empty" }, () => ({ contents: "" }));
    },
  };
}
