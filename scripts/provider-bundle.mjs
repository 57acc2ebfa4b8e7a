// Bundles a provider into one self-contained program.
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { build } from "esbuild";
import { billOfMaterials } from "./bill-of-materials.mjs";
import { inputsOf, lazyPackages } from "./lazy-packages.mjs";
import { AXIOS } from "./lean-packages.mjs";
import { packed } from "./packed-parts.mjs";
import { preparedAnswers } from "./prepared-answers.mjs";
import { programParts } from "./program-parts.mjs";
import { noticesText, thirdPartiesOf } from "./third-party.mjs";
import { refuseSimulators, SIMULATOR, SURVEY } from "./without-simulators.mjs";

/** The first module and the definition of each provider, by the name of its executable. */
export const PROVIDERS = {
  "terraform-provider-outbound": {
    entry: "lib/provider/main.ts",
    definition: { module: "lib/provider/definition.ts", name: "outboundProvider" },
  },
  "terraform-provider-null": {
    entry: "lib/provider/null/main.ts",
    definition: { module: "lib/provider/null/definition.ts", name: "nullDefinition" },
  },
};

const { version, license } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

/**
 * Two bundles of one source are the same, byte for byte. The executable prints the licences of others in it with `--notices`.
 *
 * @param {object} wanted
 * @param {(typeof PROVIDERS)[keyof typeof PROVIDERS]} wanted.provider
 * @param {string} wanted.outfile
 * @param {import("./packed-parts.mjs").Store} wanted.store
 * @param {string} wanted.head stands before the program
 * @param {string} [wanted.target] the oldest Node.js that runs it
 * @param {readonly import("./third-party.mjs").ThirdParty[]} [wanted.beside] what the executable will have beside the program
 * @returns {Promise<{ parts: Map<string, Buffer>, parties: import("./third-party.mjs").ThirdParty[] }>} what the store
 * has taken, and what others wrote
 */
export async function bundleProvider({
  provider: { entry, definition },
  outfile,
  store,
  head,
  target = "node20",
  beside = [],
}) {
  /** @type {{ parts: Map<string, Buffer>, inputs: Set<string> }} */
  const lazy = { parts: new Map(), inputs: new Set() };
  const built = await build({
    entryPoints: [entry],
    // esbuild writes nothing there, but names the modules of a program in parts after it.
    outdir: dirname(outfile),
    bundle: true,
    platform: "node",
    target,
    ...(store.inParts
      ? { format: "esm", splitting: true }
      : // What compiles the program does not load modules.
        { format: "cjs", supported: { "dynamic-import": false } }),
    // Identifiers stay, since stack traces show them; keeping the names aside would take time wherever a function is made.
    minifyWhitespace: true,
    minifySyntax: true,
    external: [SIMULATOR, SURVEY],
    write: false,
    metafile: true,
    plugins: [
      lazyPackages(
        ["./evaluators", "axios", "imapflow", "nodemailer"],
        {
          axios: AXIOS.leftOut,
          // Logging, proxies and the decoding of message parts, which we do not use. iconv-lite decodes names of folders
          // without tables.
          imapflow: ["pino", "socks", "libmime", "@zone-eu/mailsplit", "encoding-japanese", "./tables"],
          // Character sets of header parameters: hashes and signatures do not depend on them.
          "./evaluators": ["encoding-japanese", "./tables"],
        },
        { axios: AXIOS.hidden },
        lazy,
      ),
    ],
    // All licences are in .THIRD-PARTY-NOTICES.txt.
    legalComments: "none",
    logLevel: "warning",
  });
  refuseSimulators(built.metafile);
  const program = store.inParts
    ? await programParts(built, { entry, together: TOGETHER, target })
    : { entry, parts: [{ name: "program", modules: new Map([[entry, built.outputFiles[0].text]]), packed: false }] };
  // A single character beyond ASCII, such as in a regular expression, makes V8 store the whole text as two bytes each.
  for (const text of program.parts.flatMap(({ modules }) => [...modules.values()])) {
    const foreign = /[^\x00-\x7f]/.exec(text);
    if (foreign) throw new Error(`${outfile} holds ${JSON.stringify(foreign[0])}: write it as an escape`);
  }

  const parties = [...beside, ...thirdPartiesOf([...inputsOf(built.metafile), ...lazy.inputs])];
  const notices = noticesText(parties, basename(outfile));
  const answers = await preparedAnswers(definition);
  const parts = new Map([...lazy.parts, ...answers, ["notices", packed(Buffer.from(notices))]]);
  await store.write(outfile, head, program, parts);
  chmodSync(outfile, 0o755);
  return { parts, parties };
}

/** The modules that a walk needs from its first call on. */
const TOGETHER = {
  engine: [
    "lib/terraform-plugin/engine.ts",
    "lib/terraform-plugin/ownership/open-ledger.ts",
    "lib/provider/definition.ts",
    "lib/provider/null/definition.ts",
  ],
};

/** Writes the bill of materials (`.cdx.json`) and the licences (`.THIRD-PARTY-NOTICES.txt`) beside an executable. */
export function describeExecutable(executable, parties) {
  const name = basename(executable);
  writeFileSync(`${executable}.THIRD-PARTY-NOTICES.txt`, noticesText(parties, name));
  const product = { name, version, license, content: readFileSync(executable) };
  writeFileSync(`${executable}.cdx.json`, billOfMaterials(product, parties));
}
