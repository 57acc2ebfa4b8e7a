import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fetchTool, tools } from "../node-releases.mjs";
import { OWN_PROJECT } from "./readme-blocks.mjs";

const MANAGERS = [
  ["yarn", "1", "add --non-interactive --no-progress"],
  ["pnpm", "10", "add --ignore-scripts"],
];

/** The package and the README's program, with other managers of packages than npm. */
export function playPackageManagers(all, shell) {
  const { program, app, installs } = OWN_PROJECT;
  const packages = installs.flatMap((line) =>
    line.split(" ").filter((word) => /^[@a-z]/.test(word) && !/^(npm|install)$/.test(word)),
  );
  for (const [name, version, add] of MANAGERS) {
    const manager = join(tools, `${name}-${version}`);
    const bin = join(manager, "node_modules", ".bin", name);
    const failure = existsSync(bin) ? undefined : fetchTool(manager, `${name}@${version}`);
    if (failure !== undefined) {
      all.skip(shell.title(`${name} ${version}`), failure);
      continue;
    }
    const folder = shell.emptyFolder(name);
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "fresh", version: "1.0.0", private: true }));
    writeFileSync(join(folder, "main.ts"), program);
    all.run(
      shell.title(`${name} ${version} installs it, and the program runs`),
      () => shell.run(`${bin} ${add} ${packages.join(" ")}`, folder) ?? shell.run(app, folder),
    );
  }
}
