// Simulators belong to the sandbox; the provider must never carry one. They are left out by the name of their module.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The module that each system's simulator is, as its index.ts imports it. */
export const SIMULATOR = "./simulator";

/** What each system is asked by the command line alone. */
export const SURVEY = "./survey";

/** Throws when a system loads its simulator from elsewhere, where the bundler would take it along. */
export function requireSimulatorNames(systems) {
  for (const folder of readdirSync(systems)) {
    const index = join(systems, folder, "index.ts");
    if (folder === "kit" || !existsSync(index)) continue;
    const source = readFileSync(index, "utf8");
    const loaded = /\bsimulator\b[^,]*?\bimport\(\s*(["'`])(.*?)\1\s*\)/s.exec(source)?.[2];
    if (loaded === SIMULATOR) continue;
    throw new Error(
      `${index}: the simulator is loaded from ${loaded ?? "somewhere that cannot be read here"}. The provider is built ` +
        `without modules named ${SIMULATOR}: write simulator: async () => (await import("${SIMULATOR}")).create…`,
    );
  }
}

/** Throws when a bundle holds a simulator or a survey all the same. `metafile` is esbuild's. */
export function refuseSimulators(metafile) {
  const found = Object.keys(metafile.inputs).filter((path) =>
    /\/simulator[./]|\/survey\.ts$|node_modules\/find-my-way\//.test(path),
  );
  if (found.length > 0) throw new Error(`the provider would carry what it never needs: ${found.join(", ")}`);
}
