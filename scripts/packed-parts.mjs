// Where a program and its packed parts lie, and how it gets one: in one file, whose first lines compile the program with a
// cache, or as assets of a single executable, whose own text is Node.js and everything else as well.
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { zlibSync } from "fflate";

/** The same in lib/provider/boot/main.ts. */
const END_OF_COMMENT = "*~/";

/** Not by node:zlib: each release of Node.js brings another version of it, and other bytes. */
export const packed = (bytes) => Buffer.from(zlibSync(bytes, { level: 9 }));

/**
 * @typedef {object} Store
 * @property {(name: string) => string} read JavaScript, an expression: the packed bytes of a part
 * @property {(head: string, program: string) => Promise<string>} whole what is executed. The program finds `outboundParts`,
 * whose `compile({ name, text })` gives the value of an expression
 * @property {(outfile: string, parts: ReadonlyMap<string, Buffer>) => void} write
 */

/** @type {Store} Lines of comment behind the program, which V8 skips. */
export const behindTheProgram = {
  read: (name) =>
    `((file, marker, begin = file.lastIndexOf(marker) + marker.length) => Buffer.from(file.slice(begin, file.indexOf("\\n", begin)), "base64"))(require("node:fs").readFileSync(__filename, "latin1"), ${JSON.stringify(`\n//${name} `)})`,
  // V8 skips a comment; what it reads as the program's is decided by lib/provider/boot.
  whole: async (head, program) =>
    `${head}\n${await bootProgram()}\n/*outbound-program\n${inComment(program)}\noutbound-program*/\n`,
  write: (outfile, parts) => {
    for (const [name, bytes] of sorted(parts)) appendFileSync(outfile, `\n//${name} ${bytes.toString("base64")}`);
    appendFileSync(outfile, "\n");
  },
};

/** @type {Store} Files in a folder beside the program, named by `assetsOf`. */
export const asAssets = {
  read: (name) => `Buffer.from(require("node:sea").getAsset(${JSON.stringify(name)}))`,
  whole: async (head, program) =>
    `${head}\nconst outboundParts = { compile: ({ name, text }) => require("node:vm").runInThisContext(text, name + ".js") };\n${program}`,
  write: (outfile, parts) => {
    const folder = `${outfile}.parts`;
    mkdirSync(folder, { recursive: true });
    for (const [name, path] of Object.entries(assetsOf(outfile, parts))) writeFileSync(path, parts.get(name));
  },
};

/** What would end the comment is written in another way, which the boot program knows. */
function inComment(program) {
  if (program.includes(END_OF_COMMENT)) throw new Error(`the program holds ${END_OF_COMMENT}: choose another mark`);
  return program.replaceAll("*/", END_OF_COMMENT);
}

async function bootProgram() {
  const { outputFiles } = await build({
    entryPoints: ["lib/provider/boot/main.ts"],
    bundle: true,
    write: false,
    platform: "node",
    target: "node20",
    format: "cjs",
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

/** By name: esbuild finds them in another order each time. */
const sorted = (parts) => [...parts].sort(([one], [other]) => (one < other ? -1 : 1));
