// Divides a provider's program into parts: what every start needs, what answers the calls of a walk, and what only some
// runs need. Terraform starts a provider three times for one plan; V8 takes time for all that it is given.
import { transform } from "esbuild";
import { LAZY_PACKAGE } from "./lazy-packages.mjs";

/**
 * What a CommonJS package is to whoever imports it: esbuild, which knows no names of its exports beforehand, gives it as the
 * default alone.
 */
const AS_IMPORTED = `;module.exports=((whole)=>whole.__esModule?whole:Object.assign(Object.defineProperty({},"__esModule",{value:true}),whole,{default:whole}))(module.exports.default);`;

/** Packed: larger than this, and of no group. */
const LARGE = 100_000;

/**
 * @param {import("esbuild").BuildResult} built as ES modules, split, with a metafile
 * @param {object} how
 * @param {string} how.entry the source of the module that begins
 * @param {Readonly<Record<string, readonly string[]>>} how.together by the name of a part, the sources of modules that are
 * loaded at the same time, and with all that they import
 * @param {string} how.target the oldest Node.js that runs it
 * @returns {Promise<import("./packed-parts.mjs").Program>}
 */
export async function programParts({ outputFiles, metafile }, { entry, together, target }) {
  const outputs = new Map(Object.entries(metafile.outputs).map(([path, output]) => [moduleName(path), output]));
  const texts = new Map();
  for (const { path, text } of outputFiles) {
    const id = moduleName(path);
    const isPackage = outputs.get(id).entryPoint?.startsWith(`${LAZY_PACKAGE}:`) ?? false;
    texts.set(id, `${await inCommonJs(text, target)}${isPackage ? AS_IMPORTED : ""}`);
  }

  const nameOf = (source) => [...outputs].find(([, { entryPoint }]) => entryPoint === source)?.[0];
  const placed = new Set();
  const parts = [];
  const place = (name, wanted, packed) => {
    const modules = new Map();
    for (const id of withImports(wanted, outputs)) {
      if (placed.has(id)) continue;
      placed.add(id);
      modules.set(id, texts.get(id));
    }
    if (modules.size > 0) parts.push({ name, modules, packed });
  };
  const begins = nameOf(entry);
  place("start", [begins], false);
  for (const [name, sources] of Object.entries(together)) {
    // A provider has only its own of them.
    place(
      name,
      sources.map(nameOf).filter((id) => id !== undefined),
      false,
    );
  }
  for (const id of [...texts.keys()].sort()) {
    if (!placed.has(id))
      parts.push({ name: id, modules: new Map([[id, texts.get(id)]]), packed: texts.get(id).length > LARGE });
    placed.add(id);
  }
  return { entry: begins, parts };
}

/** As the others of its folder import it. */
const moduleName = (path) => `./${path.slice(path.lastIndexOf("/") + 1)}`;

/** The modules, and all that they import before they run. */
function withImports(wanted, outputs) {
  const found = new Set();
  const follow = (id) => {
    if (found.has(id)) return;
    found.add(id);
    for (const { path, kind, external } of outputs.get(id).imports) {
      if (kind === "import-statement" && !external) follow(moduleName(path));
    }
  };
  wanted.forEach(follow);
  return found;
}

/** What compiles a part loads no ES modules. */
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
