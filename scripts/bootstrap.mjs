// Makes a fresh clone ready: installs what package-lock.json asks for and builds what is out of date.
// `npm test`, `npm run demo` and the others call it first, so there is no order of commands to learn.
import { createHash } from "node:crypto";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const [major] = process.versions.node.split(".").map(Number);
if (major < 20) {
  console.error(
    `Node.js ${process.versions.node} is too old: 20 or newer is needed. Install it from https://nodejs.org.`,
  );
  process.exit(1);
}

const lock = digest([join(root, "package-lock.json")]);
step("node_modules/.outbound-installed", lock, "installing packages (once)", [
  "npm",
  "ci",
  "--include=dev",
  "--no-audit",
  "--no-fund",
]);
const sources = digest([
  ...files(join(root, "lib")),
  ...withImports(join(root, "scripts", "build.mjs")),
  join(root, "package.json"),
  join(root, "tsconfig.json"),
  join(root, "tsconfig.build.json"),
]);
step("dist/.outbound-built", `${lock}${sources}`, "building", [process.execPath, "scripts/build.mjs"]);

/** Runs the command unless the stamp says that it has been run for exactly this. */
function step(stamp, wanted, doing, [command, ...args]) {
  const path = join(root, stamp);
  if (existsSync(path) && readFileSync(path, "utf8") === wanted) return;
  console.error(`outbound: ${doing} …`);
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (status !== 0) {
    console.error(
      `outbound: ${doing} failed${error ? `: ${error.message}` : ""}. The lines above say why; fix that and run the same command again.`,
    );
    process.exit(status ?? 1);
  }
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, wanted);
}

/** A script and all that it imports of its own kind: what is built follows from these. */
function withImports(script) {
  const all = new Set([script]);
  for (const path of all) {
    for (const [, imported] of readFileSync(path, "utf8").matchAll(/ from "(\.[^"]+)"/g))
      all.add(join(path, "..", imported));
  }
  return [...all].sort();
}

function files(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

function digest(paths) {
  const hash = createHash("sha256");
  for (const path of paths) hash.update(path.slice(root.length)).update("\0").update(readFileSync(path)).update("\0");
  return hash.digest("hex");
}
