// The first lines of the provider's executable: a shell that finds Node.js, in a file that is JavaScript as well.
// Terraform shows its user the first line that a provider prints, so what is missing is said in one.

/** Where Node.js is installed when Terraform's PATH does not lead to it: a service, a graphical program, a version manager. */
const USUAL_PLACES = [
  "/usr/local/bin/node",
  "/usr/bin/node",
  "/opt/homebrew/bin/node",
  "/opt/local/bin/node",
  "/snap/bin/node",
  '"$HOME/.volta/bin/node"',
  '"$HOME/.asdf/shims/node"',
  '"$HOME/.local/share/mise/shims/node"',
  '"$HOME/.local/share/fnm/aliases/default/bin/node"',
  '"$HOME"/.nvm/versions/node/v2[0-9]*/bin/node',
];

/** In two pieces: where the first lines look for the whole, they must not find themselves. */
const MARK = ["/*outbound", "-parts\n"];
/** Begins the comment behind the first lines of an executable, which holds its parts. */
export const PARTS = MARK.join("");
/** The first lines of an executable are not longer, in bytes. */
export const LONGEST_HEAD = 65_536;

/**
 * Runs the first lines of the file that it gets as an argument. Node.js, given the file itself, reads and scans it as a whole:
 * 2 ms, and 4 on Node.js 20, in each of three starts for a plan.
 */
const HEAD_ALONE = [
  `{`,
  `const fs = require("fs"), file = require("path").resolve(process.argv[1]), bytes = Buffer.alloc(${LONGEST_HEAD});`,
  `const opened = fs.openSync(file, "r"), length = fs.readSync(opened, bytes, 0, bytes.length, 0);`,
  `fs.closeSync(opened);`,
  `const head = bytes.latin1Slice(${"#!/bin/sh".length}, length).split(${MARK.map((piece) => JSON.stringify(piece)).join(" + ")})[0];`,
  `const script = new (require("vm").Script)("(function (require, __filename) {" + head + "})", { filename: file });`,
  `script.runInThisContext()(require, file);`,
  `}`,
].join(" ");

/**
 * @param {number} oldest the major version of Node.js that is needed
 * @param {readonly string[]} places where it may be beside PATH, as a shell reads them
 */
export function providerHeader(oldest, places = USUAL_PLACES) {
  const wanted = `Node.js ${oldest} or newer`;
  const unset = `outbound: ${wanted} is needed to start this provider, and there is no node on the PATH that Terraform runs with. Put it there, or set OUTBOUND_NODE to its path.`;
  const wrong = `outbound: OUTBOUND_NODE is $OUTBOUND_NODE, which cannot be started. Set it to the path of ${wanted}, or unset it.`;
  const old = `outbound: ${wanted} is needed to start this provider, and this is Node.js `;
  const advice = ". Put a newer one first on the PATH that Terraform runs with, or set OUTBOUND_NODE to its path.";
  // To JavaScript each of these lines is a string and a comment; to the shell, a command that does nothing, and more.
  const shell = [
    `head='${HEAD_ALONE}'`,
    `if [ -n "$OUTBOUND_NODE" ]; then command -v "$OUTBOUND_NODE" >/dev/null 2>&1 && exec "$OUTBOUND_NODE" -e "$head" "$0" "$@"; echo "${wrong}"; exit 1; fi`,
    `for node in node ${places.join(" ")}; do command -v "$node" >/dev/null 2>&1 && exec "$node" -e "$head" "$0" "$@"; done`,
    `echo "${unset}"; exit 1`,
  ];
  return [
    "#!/bin/sh",
    ...shell.map((line) => `':' //; ${line}`),
    // Only before the first statement is it a directive.
    `"use strict";`,
    `if (parseInt(process.versions.node) < ${oldest}) { require("fs").writeSync(1, ${JSON.stringify(old)} + process.versions.node + ${JSON.stringify(`${advice}\n`)}); process.exit(1); }`,
  ].join("\n");
}
