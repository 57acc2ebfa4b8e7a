// Where the packed parts of a bundle lie, and how the program gets one: behind its own text, or as assets of a single
// executable, whose own text is Node.js and everything else as well.
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { zlibSync } from "fflate";

/** Not by node:zlib: each release of Node.js brings another version of it, and other bytes. */
export const packed = (bytes) => Buffer.from(zlibSync(bytes, { level: 9 }));

/**
 * @typedef {object} Store
 * @property {(name: string) => string} read JavaScript, an expression: the packed bytes of a part
 * @property {(outfile: string, parts: ReadonlyMap<string, Buffer>) => void} write
 */

/** @type {Store} Lines of comment behind the program, which V8 skips. */
export const behindTheProgram = {
  read: (name) =>
    `((file, marker, begin = file.lastIndexOf(marker) + marker.length) => Buffer.from(file.slice(begin, file.indexOf("\\n", begin)), "base64"))(require("node:fs").readFileSync(__filename, "latin1"), ${JSON.stringify(`\n//${name} `)})`,
  write: (outfile, parts) => {
    for (const [name, bytes] of sorted(parts)) appendFileSync(outfile, `\n//${name} ${bytes.toString("base64")}`);
    appendFileSync(outfile, "\n");
  },
};

/** @type {Store} Files in a folder beside the program, named by `assetsOf`. */
export const asAssets = {
  read: (name) => `Buffer.from(require("node:sea").getAsset(${JSON.stringify(name)}))`,
  write: (outfile, parts) => {
    const folder = `${outfile}.parts`;
    mkdirSync(folder, { recursive: true });
    for (const [name, path] of Object.entries(assetsOf(outfile, parts))) writeFileSync(path, parts.get(name));
  },
};

/** The file of each part, as the configuration of a single executable has it. */
export function assetsOf(outfile, parts) {
  return Object.fromEntries(
    sorted(parts).map(([name]) => [name, join(`${outfile}.parts`, name.replace(/[^\w-]/g, "_"))]),
  );
}

/** By name: esbuild finds them in another order each time. */
const sorted = (parts) => [...parts].sort(([one], [other]) => (one < other ? -1 : 1));
