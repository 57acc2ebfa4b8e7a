// `npm run test:tarball`: the package as npm would publish it, had from a registry of its own. The README is followed word for
// word in empty folders: the projects that `outbound init` writes are deployed into the sandbox, down to the mail. Beside
// that: types under every resolution of modules, other package managers, and what publint and attw have to say.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { Checks } from "../checks.mjs";
import { nodeOf } from "../node-releases.mjs";
import { playCdkTerrain } from "./cdk-terrain.mjs";
import { playPackageManagers } from "./package-managers.mjs";
import { playReadme } from "./readme.mjs";
import { Shell } from "./shell.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The oldest that is supported, with cdktf-cli, and one where only cdktn-cli runs. */
const RELEASES = [20, 24];

const scratch = mkdtempSync(join(tmpdir(), "outbound-tarball-"));
process.on("exit", () => rmSync(scratch, { recursive: true, force: true }));
const all = new Checks();
const tarball = pack();
const registry = await startRegistry();
try {
  wellFormed();
  for (const release of RELEASES) {
    const { node, why } = nodeOf(release);
    if (node === undefined) {
      all.skip(`Node.js ${release}`, why);
      continue;
    }
    const shell = new Shell({ release, node, registry: registry.url, scratch });
    // What is the same on every release is played on the oldest only.
    const oldest = release === RELEASES[0];
    playReadme(all, shell, { withDemo: oldest });
    playPackageManagers(all, shell);
    playCdkTerrain(all, shell, { withTypes: oldest });
  }
} finally {
  registry.stop();
}
all.end();

function pack() {
  const packed = spawnSync("npm", ["pack", "--ignore-scripts", "--pack-destination", scratch], {
    cwd: root,
    encoding: "utf8",
  });
  if (packed.status !== 0) throw new Error(packed.stderr);
  return join(
    scratch,
    readdirSync(scratch).find((file) => file.endsWith(".tgz")),
  );
}

/** Started beside us, because the checks wait for their commands. */
async function startRegistry() {
  const upstream = spawnSync("npm", ["config", "get", "registry"], { encoding: "utf8" }).stdout.trim();
  const args = [fileURLToPath(new URL("registry.mjs", import.meta.url)), upstream, tarball, join(root, "package.json")];
  const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
  const { value: url } = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next();
  return { url, stop: () => child.stdin.end() };
}

function wellFormed() {
  for (const [command, ...args] of [["publint", "--strict"], ["attw"]]) {
    all.run(command, () => {
      const script = join(root, "node_modules", ".bin", command);
      const { status, stdout, stderr } = spawnSync(script, [tarball, ...args], { encoding: "utf8" });
      return status === 0 ? undefined : `${stdout}${stderr}`;
    });
  }
}
