// Bundles a provider into one self-contained program.
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { build } from "esbuild";
import { billOfMaterials } from "./bill-of-materials.mjs";
import { inputsOf, lazyPackages } from "./lazy-packages.mjs";
import { packed } from "./packed-parts.mjs";
import { noticesText, thirdPartiesOf } from "./third-party.mjs";
import { refuseSimulators, SIMULATOR, SURVEY } from "./without-simulators.mjs";

/** By the name of the executable, where it begins. */
export const PROVIDERS = {
  "terraform-provider-outbound": "lib/provider/main.ts",
  "terraform-provider-null": "lib/provider/null/main.ts",
};

const { version, license } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

/**
 * Two bundles of one source are the same, byte for byte. The program prints the licences of others in it with `--notices`.
 *
 * @param {object} wanted
 * @param {string} wanted.entry
 * @param {string} wanted.outfile
 * @param {import("./packed-parts.mjs").Store} wanted.store
 * @param {string} wanted.head stands before the program
 * @param {string} [wanted.target] the oldest Node.js that runs it
 * @param {readonly import("./third-party.mjs").ThirdParty[]} [wanted.beside] what the executable will have beside the program
 * @returns {Promise<{ parts: Map<string, Buffer>, parties: import("./third-party.mjs").ThirdParty[] }>} what the store
 * has taken, and what others wrote
 */
export async function bundleProvider({ entry, outfile, store, head, target = "node20", beside = [] }) {
  /** @type {{ parts: Map<string, Buffer>, inputs: Set<string> }} */
  const lazy = { parts: new Map(), inputs: new Set() };
  const { metafile, outputFiles } = await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    target,
    format: "cjs",
    minify: true,
    // Names of classes are part of messages.
    keepNames: true,
    banner: { js: `"use strict";\n${printsNotices(store)}` },
    // What compiles the program does not load modules.
    supported: { "dynamic-import": false },
    external: [SIMULATOR, SURVEY],
    write: false,
    metafile: true,
    plugins: [
      lazyPackages(
        ["./evaluators", "axios", "imapflow", "nodemailer"],
        {
          // Forms of several parts, and redirects: we send JSON, and follow redirects ourselves.
          axios: ["form-data", "follow-redirects"],
          // Logging, proxies and the decoding of message parts: we ask for nothing of it. Names of folders are decoded
          // by iconv-lite, which needs no tables for that.
          imapflow: ["pino", "socks", "libmime", "@zone-eu/mailsplit", "encoding-japanese", "./tables"],
          // Character sets of header parameters, which have no part in hashes and signatures.
          "./evaluators": ["encoding-japanese", "./tables"],
        },
        // A look at one of these makes Node load an HTTP client of its own.
        { axios: ["fetch", "FormData", "Headers", "Request", "Response", "WebSocket"] },
        store,
        lazy,
      ),
    ],
    // In .THIRD-PARTY-NOTICES.txt, with those that have no comment.
    legalComments: "none",
    logLevel: "warning",
  });
  refuseSimulators(metafile);
  // One other character, such as in a regular expression, and V8 keeps and reads all of it as two bytes each.
  const program = await store.whole(head, outputFiles[0].text);
  const foreign = /[^\x00-\x7f]/.exec(program);
  if (foreign) throw new Error(`${outfile} holds ${JSON.stringify(foreign[0])}: write it as an escape`);

  const parties = [...beside, ...thirdPartiesOf([...inputsOf(metafile), ...lazy.inputs])];
  const notices = noticesText(parties, basename(outfile));
  const parts = new Map(lazy.parts).set("notices", packed(Buffer.from(notices)));
  writeFileSync(outfile, program);
  store.write(outfile, parts);
  chmodSync(outfile, 0o755);
  return { parts, parties };
}

/** Lays beside an executable what it is made of: `.cdx.json`, and `.THIRD-PARTY-NOTICES.txt`, the licences of others. */
export function describeExecutable(executable, parties) {
  const name = basename(executable);
  writeFileSync(`${executable}.THIRD-PARTY-NOTICES.txt`, noticesText(parties, name));
  const product = { name, version, license, content: readFileSync(executable) };
  writeFileSync(`${executable}.cdx.json`, billOfMaterials(product, parties));
}

/** Whoever has the file alone can read the licences too. */
const printsNotices = (store) =>
  `if (process.argv[2] === "--notices") { process.stdout.write(require("node:zlib").inflateSync(${store.read("notices")})); process.exit(0); }`;
