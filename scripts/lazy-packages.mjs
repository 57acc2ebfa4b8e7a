// An esbuild plugin: packages that few runs need are stored compressed and compiled when they are first required. Terraform
// starts several provider processes for each command, and V8 reads all code of a file before it runs any.
import { build } from "esbuild";
import { emptyModules, globalsWithout } from "./lean-packages.mjs";
import { packed } from "./packed-parts.mjs";

/** The namespace of these packages in esbuild's own list of inputs. */
export const LAZY_PACKAGE = "lazy-package";

/**
 * @param {readonly string[]} names packages that are imported dynamically, or by modules that are; or modules of ours,
 * as they are imported ("./name"), each with all its packages in one piece
 * @param {Readonly<Record<string, readonly string[]>>} leftOut by name, what such a package requires and our use of it
 * never calls; an empty module takes its place
 * @param {Readonly<Record<string, readonly string[]>>} unseen by name, the globals that such a package shall not find
 * @param {{ parts: Map<string, Buffer>, inputs: Set<string> }} made is filled: the packed packages, and the files in them
 */
export function lazyPackages(names, leftOut, unseen, made) {
  const filter = new RegExp(`^(${names.join("|")})(/.*)?$`);
  return {
    name: "lazy-packages",
    setup({ onResolve, onLoad, initialOptions }) {
      onResolve({ filter }, ({ path, resolveDir }) => ({
        path,
        namespace: LAZY_PACKAGE,
        pluginData: { resolveDir },
      }));
      onLoad({ filter: /.*/, namespace: LAZY_PACKAGE }, async ({ path, pluginData: { resolveDir } }) => {
        const { platform, target, minifyWhitespace, minifySyntax } = initialOptions;
        const { outputFiles, metafile } = await build({
          stdin: { contents: `module.exports = require(${JSON.stringify(path)});`, resolveDir },
          bundle: true,
          write: false,
          metafile: true,
          format: "cjs",
          legalComments: "none",
          logLevel: "warning",
          platform,
          target,
          minifyWhitespace,
          minifySyntax,
          plugins: [emptyModules(leftOut[path] ?? [])],
        });
        made.parts.set(path, packed(outputFiles[0].contents));
        for (const input of inputsOf(metafile)) made.inputs.add(input);
        const hidden = unseen[path] ?? [];
        return {
          contents: `
            const { inflateSync } = require("node:zlib");
            const packed = outboundParts.read(${JSON.stringify(path)});
            const names = ${JSON.stringify(["module", "exports", "require", "globalThis", ...hidden])};
            const text = "(function(" + names + "){" + inflateSync(packed) + "\\n})";
            outboundParts.compile({ name: ${JSON.stringify(path)}, text })(module, exports, require, ${globalsWithout(hidden)});`,
          loader: "js",
          resolveDir: process.cwd(),
        };
      });
    },
  };
}

/** The files that contribute to the output. */
export const inputsOf = ({ outputs }) =>
  Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
  );
