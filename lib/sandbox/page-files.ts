import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A file of the page; each has its own address, and no other file is served. */
export interface PageFile {
  readonly path: string;
  readonly type: string;
  readonly content: Buffer;
}

const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
};

const FILES: Readonly<Record<string, string>> = {
  "/": "index.html",
  "/page/page.css": "page.css",
  "/page/main.js": "main.js",
  "/page/dom.js": "dom.js",
  "/page/printable.js": "printable.js",
  "/page/live.js": "live.js",
  "/page/tabs.js": "tabs.js",
  "/page/listbox.js": "listbox.js",
  "/page/inbox.js": "inbox.js",
  "/page/network.js": "network.js",
  "/page/network-drawing.js": "network-drawing.js",
  "/page/tests.js": "tests.js",
  "/page/state.js": "state.js",
  "/page/tree.js": "tree.js",
};

/** Reads the files at every start of a sandbox; they are sent to the browser as they are. */
export function pageFiles(directory = join(__dirname, "page")): readonly PageFile[] {
  return Object.entries(FILES).map(([path, name]) => ({
    path,
    type: TYPES[name.split(".").at(-1)!]!,
    content: readFileSync(join(directory, name)),
  }));
}
