// The first lines of the executable that contains its own Node.js; what is stored beside the program are its assets.
import { runInThisContext } from "node:vm";
import { printNotices } from "./notices";
import type { Parts } from "./parts";
import { V8Switches } from "./v8-switches";

const switches = new V8Switches();

/** The executable contains the program's code cache; little is compiled later. */
export const outboundParts: Parts = {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- Node.js 20, whose types apply here too, lacks a part of it
  read: (name) => Buffer.from((require("node:sea") as { getAsset(name: string): ArrayBuffer }).getAsset(name)),
  compile: ({ name, text }) => runInThisContext(text, `${name}.js`),
  save() {
    switches.save();
    switches.enterEfficiencyMode();
  },
};

printNotices(outboundParts);
