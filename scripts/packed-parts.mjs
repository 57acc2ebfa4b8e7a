// Stores a program and its data as an executable: in one file, whose first lines load each part when it is needed, or as assets
// of a single executable that contains Node.js too.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { zlibSync } from "fflate";
import { LONGEST_HEAD, PARTS } from "./provider-header.mjs";

/** The same in lib/provider/boot/program.ts. */
const END_OF_COMMENT = "*~/";

/** Compresses without node:zlib, whose bytes differ from one release of Node.js to the next. */
export const packed = (bytes) => Buffer.from(zlibSync(bytes, { level: 9 }));

/**
 * @typedef {object} Program
 * @property {string} entry the first module to run
 * @property {readonly ProgramPart[]} parts
 *
 * @typedef {object} ProgramPart
 * @property {string} name
 * @property {ReadonlyMap<string, string>} modules CommonJS, by the names that they are required by
 * @property {boolean} packed whether it is compressed, since it is rarely needed
 *
 * @typedef {object} Store
 * @property {boolean} inParts whether it takes a program in parts, or as one module
 * @property {(outfile: string, head: string, program: Program, beside: ReadonlyMap<string, Buffer>) => Promise<void>} write
 */

/** @type {Store} Writes the parts into a comment behind the first lines, which V8 skips; lib/provider/boot reads them. */
export const behindTheProgram = {
  inParts: true,
  write: async (outfile, head, { entry, parts }, beside) => {
    const texts = new Map();
    for (const { name, modules, packed: isPacked } of parts) {
      const text = inOneExpression(modules);
      texts.set(name, isPacked ? base64(packed(Buffer.from(text, "latin1"))) : asText(text));
    }
    for (const [name, bytes] of sorted(beside)) texts.set(name, base64(bytes));
    const end = "\n*/\n";
    const places = {};
    let beforeEnd = end.length;
    for (const [name, { form, text }] of [...texts].reverse()) {
      beforeEnd += text.length;
      places[name] = { beforeEnd, length: text.length, form };
    }
    const modules = Object.fromEntries(
      parts.flatMap(({ name, modules }) => [...modules.keys()].map((id) => [id, name])),
    );
    const index = `const outboundIndex = ${JSON.stringify({ parts: places, modules, entry })};`;
    const stored = [...texts.values()].map(({ text }) => text).join("");
    const first = `${head}\n${index}\n${await bundled("lib/provider/boot/main.ts")}\n`;
    if (first.length > LONGEST_HEAD) throw new Error(`the first lines of ${outfile} are longer than ${LONGEST_HEAD}`);
    writeFileSync(outfile, `${first}${PARTS}${stored}${end}`, "latin1");
  },
};

/** @type {Store} Writes the parts as files into a folder beside the program, under the names of `assetsOf`. */
export const asAssets = {
  inParts: false,
  write: async (outfile, head, { entry, parts }, beside) => {
    const boot = await bundled("lib/provider/boot/single.ts", "outboundBoot");
    const program = parts[0].modules.get(entry);
    writeFileSync(outfile, `${head}\n${boot}\nconst { outboundParts } = outboundBoot;\n${program}`);
    const folder = `${outfile}.parts`;
    mkdirSync(folder, { recursive: true });
    for (const [name, path] of Object.entries(assetsOf(outfile, beside))) writeFileSync(path, beside.get(name));
  },
};

/** The text of a part: an object with a function for each module. */
function inOneExpression(modules) {
  const functions = [...modules].map(
    ([id, text]) => `${JSON.stringify(id)}:function(module,exports,require,outboundParts){${text}\n}`,
  );
  return `({${functions.join(",\n")}})`;
}

/** Replaces what would end the comment; the first lines restore it. */
function asText(text) {
  if (text.includes(END_OF_COMMENT)) throw new Error(`the program holds ${END_OF_COMMENT}: choose another mark`);
  return { form: "text", text: text.replaceAll("*/", END_OF_COMMENT) };
}

const base64 = (bytes) => ({ form: "base64", text: bytes.toString("base64") });

/** @param {string} [globalName] the name of its exports */
async function bundled(entry, globalName) {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform: "node",
    target: "node20",
    ...(globalName === undefined ? { format: "cjs" } : { format: "iife", globalName }),
    minify: true,
    logLevel: "warning",
  });
  return outputFiles[0].text.trim();
}

/** The file of each part, as the configuration of a single executable has it. */
export function assetsOf(outfile, parts) {
  return Object.fromEntries(
    sorted(parts).map(([name]) => [name, join(`${outfile}.parts`, name.replace(/[^\w-]/g, "_"))]),
  );
}

/** Sorts by name: esbuild's own order differs from run to run. */
const sorted = (parts) => [...parts].sort(([one], [other]) => (one < other ? -1 : 1));
