// The first lines of the executable that brings its Node.js along: what lies beside the program are assets of that file.
import { runInThisContext } from "node:vm";
import { Heap } from "./heap";
import { printNotices } from "./notices";
import type { Parts } from "./parts";

const heap = new Heap();

/** The program's own code cache is in the executable; what is compiled later is little. */
export const outboundParts: Parts = {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- Node.js 20, which compiles this too, has not all of it
  read: (name) => Buffer.from((require("node:sea") as { getAsset(name: string): ArrayBuffer }).getAsset(name)),
  compile: ({ name, text }) => runInThisContext(text, `${name}.js`),
  keepSmall: (garbage) => heap.keepSmall(garbage),
};

printNotices(outboundParts);
