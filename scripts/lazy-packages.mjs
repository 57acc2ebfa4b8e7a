// An esbuild plugin: packages that few runs need are carried as text and compiled when first required.
// Terraform starts several provider processes per command, and V8 reads all code of a file before any of it runs.
import { build } from "esbuild";

/** @param {readonly string[]} names packages that are imported dynamically, or by modules that are */
export function lazyPackages(names) {
  const filter = new RegExp(`^(${names.join("|")})$`);
  return {
    name: "lazy-packages",
    setup({ onResolve, onLoad, initialOptions }) {
      onResolve({ filter }, ({ path }) => ({ path, namespace: "lazy-package" }));
      onLoad({ filter: /.*/, namespace: "lazy-package" }, async ({ path }) => {
        const { platform, target, minify, keepNames } = initialOptions;
        const { outputFiles } = await build({
          stdin: { contents: `module.exports = require(${JSON.stringify(path)});`, resolveDir: process.cwd() },
          bundle: true,
          write: false,
          format: "cjs",
          legalComments: "none",
          logLevel: "warning",
          platform,
          target,
          minify,
          keepNames,
        });
        return {
          contents: `
            const { compileFunction } = require("node:vm");
            const text = ${JSON.stringify(outputFiles[0].text)};
            compileFunction(text, ["module", "exports", "require"], { filename: "${path}.js" })(module, exports, require);`,
          loader: "js",
          resolveDir: process.cwd(),
        };
      });
    },
  };
}
