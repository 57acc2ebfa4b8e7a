// Bundles the command line into a few files, each loaded when a command needs it. A command consists of several hundred
// modules, and Node.js takes longer to find and read them than to run them.
import { createRequire } from "node:module";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { build, transform } from "esbuild";
import { filesOf } from "./cli-files.mjs";
import { inputsOf } from "./lazy-packages.mjs";
import { AXIOS, emptyModules, globalsWithout } from "./lean-packages.mjs";
import { loadedWhenUsed } from "./loaded-when-used.mjs";
import { noticesText, thirdPartiesOf } from "./third-party.mjs";

const ENTRY = "lib/cli/main.ts";
/** Loaded by refusals only, so it has a file of its own; it is no program. */
const APART = { refusals: "lib/mail/diagnosis/refusals/engine.ts" };
/** The file that Node.js runs first; it enables the compile cache before the rest is loaded. */
const START = { entryPoints: { outbound: "lib/cli/start.ts" }, external: ["./main"] };
const LANGUAGE = { platform: "node", target: "node20", logLevel: "warning" };
const AS_COMMON_JS = { format: "cjs", supported: { "dynamic-import": false } };
/** Packages that are installed beside this one; few commands load them. */
const EXTERNAL = ["find-my-way", "imapflow", "mailauth", "mailparser", "nodemailer", "smtp-server"];

/**
 * Two bundles of one source are the same, byte for byte. Lines and names stay as they are written, for stack traces.
 *
 * @param {string} folder is filled: `outbound.js` and what it loads, and the licences of what others wrote of it
 */
export async function bundleCommandLine(folder) {
  const { metafile, outputFiles } = await build({
    ...LANGUAGE,
    entryPoints: { main: ENTRY, ...APART },
    outdir: folder,
    bundle: true,
    // Only this format can be split. The chunks are converted to CommonJS, which Node.js loads faster.
    format: "esm",
    splitting: true,
    external: EXTERNAL,
    plugins: [library, childProcessWhenNeeded, axiosAlone, emptyModules(AXIOS.leftOut)],
    legalComments: "none",
    write: false,
    metafile: true,
  });
  const chunks = new Map();
  for (const { path, text } of outputFiles) chunks.set(basename(path), await asCommonJs(text));
  const outputs = Object.fromEntries(Object.entries(metafile.outputs).filter(([path]) => !isApart(path)));
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of filesOf(outputs, chunks, "main.js")) writeFileSync(join(folder, file), text);
  // The sandbox looks for its page beside itself.
  cpSync("lib/sandbox/page", join(folder, "page"), { recursive: true, filter: (path) => !path.endsWith(".json") });
  await build({ ...LANGUAGE, ...START, ...AS_COMMON_JS, outdir: folder, bundle: true });
  const notices = noticesText(thirdPartiesOf(inputsOf(metafile)), "The command line of outbound");
  writeFileSync(join(folder, "THIRD-PARTY-NOTICES.txt"), notices);
}

const isApart = (path) => Object.keys(APART).some((name) => basename(path) === `${name}.js`);

async function asCommonJs(text) {
  const { code } = await transform(text, { ...LANGUAGE, ...AS_COMMON_JS });
  return loadedWhenUsed(code, "import_\\w+");
}

/** Leaves the library to the installed package, for `outbound import`, and refuses any import of CDKTF. */
const library = {
  name: "library",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\.\/index$/ }, ({ importer }) =>
      /[\\/]lib[\\/]import[\\/]classes\.ts$/.test(importer) ? { path: "../lib/index.js", external: true } : undefined,
    );
    onResolve({ filter: /^(cdktf|constructs|@cdktf\/provider-null)(\/|$)/ }, ({ importer }) => ({
      errors: [{ text: `the command line would load CDKTF, by ${importer}` }],
    }));
  },
};

/** Loads child_process only when it is used: commander needs it for subcommands that are programs, and ours are not. */
const childProcessWhenNeeded = {
  name: "child-process-when-needed",
  setup({ onLoad }) {
    const loaded = "require('node:child_process')";
    onLoad({ filter: /[\\/]commander[\\/]lib[\\/]command\.js$/ }, ({ path }) => {
      const [before, after, ...more] = readFileSync(path, "utf8").split(loaded);
      if (after === undefined || more.length > 0) throw new Error(`${path} loads node:child_process in another way`);
      return { contents: `${before}{ spawn: (...given) => ${loaded}.spawn(...given) }${after}`, loader: "js" };
    });
  },
};

/** Brings axios without what our use of it never calls: installed, it is 79 files and a table of all types of files. */
const axiosAlone = {
  name: "axios-alone",
  setup({ onResolve, onLoad }) {
    const path = createRequire(import.meta.url).resolve("axios");
    const seen = "axios-globals";
    onResolve({ filter: /^axios$/ }, () => ({ path }));
    onResolve({ filter: new RegExp(`^${seen}$`) }, () => ({ path: seen, namespace: seen }));
    onLoad({ filter: /.*/, namespace: seen }, () => ({
      contents: `exports.globalThis = ${globalsWithout(AXIOS.hidden)};`,
    }));
    onLoad({ filter: /[\\/]axios[\\/]dist[\\/]node[\\/]axios\.cjs$/ }, () => ({
      contents: `const { ${["globalThis", ...AXIOS.hidden].join(", ")} } = require("${seen}");\n${readFileSync(path, "utf8")}`,
      loader: "js",
    }));
  },
};
