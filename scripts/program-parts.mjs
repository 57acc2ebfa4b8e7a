// Divides a provider's program into parts: for every start, for the calls of a walk, and for some runs only. Terraform starts
// a provider three times for one plan, and V8 needs time for every line that it loads.
import { basename } from "node:path";
import { transform } from "esbuild";
import { chunkGraph, closure } from "./chunk-graph.mjs";
import { LAZY_PACKAGE } from "./lazy-packages.mjs";

/**
 * Makes the exports of a CommonJS package importable by name: esbuild does not know their names beforehand, and offers only a
 * default export.
 */
const AS_IMPORTED = `;module.exports=((whole)=>whole.__esModule?whole:Object.assign(Object.defineProperty({},"__esModule",{value:true}),whole,{default:whole}))(module.exports.default);`;

/** A module that belongs to no group is packed from this size on. */
const LARGE = 100_000;

/**
 * @param {import("esbuild").BuildResult} built as ES modules, split, with a metafile
 * @param {object} how
 * @param {string} how.entry the source of the first module
 * @param {Readonly<Record<string, readonly string[]>>} how.together by the name of a part, the sources of modules that are
 * loaded at the same time, and with all that they import
 * @param {string} how.target the oldest Node.js that runs it
 * @returns {Promise<import("./packed-parts.mjs").Program>}
 */
export async function programParts({ outputFiles, metafile }, { entry, together, target }) {
  const graph = chunkGraph(metafile.outputs);
  const sourceOf = new Map(
    Object.entries(metafile.outputs).map(([path, { entryPoint }]) => [basename(path), entryPoint]),
  );
  const texts = new Map();
  for (const { path, text } of outputFiles) {
    const chunk = basename(path);
    const isPackage = sourceOf.get(chunk)?.startsWith(`${LAZY_PACKAGE}:`) ?? false;
    texts.set(chunk, `${await inCommonJs(text, target)}${isPackage ? AS_IMPORTED : ""}`);
  }

  const chunkOf = (source) => [...sourceOf].find(([, entryPoint]) => entryPoint === source)?.[0];
  const placed = new Set();
  const parts = [];
  const place = (name, wanted) => {
    const modules = new Map();
    for (const chunk of closure(graph, wanted)) {
      if (placed.has(chunk)) continue;
      placed.add(chunk);
      modules.set(moduleName(chunk), texts.get(chunk));
    }
    if (modules.size > 0) parts.push({ name, modules, packed: false });
  };
  const begins = chunkOf(entry);
  place("start", [begins]);
  for (const [name, sources] of Object.entries(together)) {
    // A provider has only its own of them.
    const wanted = sources.map(chunkOf).filter((chunk) => chunk !== undefined);
    place(name, wanted);
  }
  // The others are loaded one by one.
  for (const chunk of [...texts.keys()].sort()) {
    if (placed.has(chunk)) continue;
    const modules = new Map([[moduleName(chunk), texts.get(chunk)]]);
    parts.push({ name: moduleName(chunk), modules, packed: texts.get(chunk).length > LARGE });
  }
  return { entry: moduleName(begins), parts };
}

/** The name by which modules of the same folder import it. */
const moduleName = (chunk) => `./${chunk}`;

/** Converts to CommonJS: a part is compiled as a script, which cannot contain ES modules. */
async function inCommonJs(text, target) {
  const { code } = await transform(text, {
    format: "cjs",
    platform: "node",
    target,
    minifyWhitespace: true,
    minifySyntax: true,
    supported: { "dynamic-import": false },
  });
  return code.trim();
}
