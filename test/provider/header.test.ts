import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

const SCRIPT = resolve(__dirname, "../../scripts/provider-header.mjs");

/** The header that the build writes, with nothing but this machine's own places left out. */
function header(oldest: number, places: readonly string[]): string {
  const program = `import { providerHeader } from ${JSON.stringify(SCRIPT)};
    process.stdout.write(providerHeader(${oldest}, ${JSON.stringify(places)}));`;
  return execFileSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" });
}

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "header-"))));
afterEach(() => rmSync(folder, { recursive: true }));

/** An executable that tells what it was started with, behind the header. */
function executable({ oldest = 20, places = [] as readonly string[] } = {}): string {
  const path = join(folder, "an executable");
  const body =
    "console.log(JSON.stringify([process.execPath, __filename, process.argv.slice(2), (function () { return this === undefined; })()]));";
  writeFileSync(path, `${header(oldest, places)}\n${body}\n`);
  chmodSync(path, 0o755);
  return path;
}

/** A node in a folder of its own. */
function nodeIn(name: string): string {
  const path = join(folder, name, "node");
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(process.execPath, path);
  return path;
}

function start(path: string, environment: Record<string, string>) {
  const { stdout, stderr, status } = spawnSync(path, ["--debug", "two words"], { env: environment, encoding: "utf8" });
  return { stdout, stderr, status };
}

it("starts with the first node on PATH, all arguments and a name with a space", () => {
  const path = executable();
  const { stdout, stderr } = start(path, { PATH: dirname(nodeIn("bin")) });
  expect(stderr).toBe("");
  expect(JSON.parse(stdout)).toEqual([process.execPath, path, ["--debug", "two words"], expect.any(Boolean)]);
});

it("finds node where version managers and installers put it", () => {
  nodeIn("home/.nvm/versions/node/v22.1.0/bin");
  const path = executable({ places: ['"$HOME/.volta/bin/node"', '"$HOME"/.nvm/versions/node/v2[0-9]*/bin/node'] });
  expect(start(path, { PATH: folder, HOME: join(folder, "home") }).status).toBe(0);
});

it("starts with the one that OUTBOUND_NODE names", () => {
  const node = nodeIn("mine");
  expect(start(executable(), { PATH: folder, OUTBOUND_NODE: node }).status).toBe(0);
});

it.each<[string, Record<string, string>, RegExp]>([
  [
    "there is none",
    {},
    /^outbound: Node\.js 20 or newer is needed to start this provider, and there is no node on the PATH .* set OUTBOUND_NODE/,
  ],
  [
    "OUTBOUND_NODE names none",
    { OUTBOUND_NODE: "/opt/none" },
    /^outbound: OUTBOUND_NODE is \/opt\/none, which cannot be started\./,
  ],
])("says in one line, on stdout, when %s", (_, environment, said) => {
  const { stdout, stderr, status } = start(executable(), { PATH: folder, ...environment });
  expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
  expect(stdout).toMatch(said);
  expect(stdout.trim().split("\n")).toHaveLength(1);
});

it("says in one line when node is too old", () => {
  const { stdout, status } = start(executable({ oldest: 99 }), { PATH: dirname(nodeIn("bin")) });
  expect(status).toBe(1);
  expect(stdout).toBe(
    `outbound: Node.js 99 or newer is needed to start this provider, and this is Node.js ${process.versions.node}. Put a newer one first on the PATH that Terraform runs with, or set OUTBOUND_NODE to its path.\n`,
  );
});

it("leaves the program strict", () => {
  const path = executable();
  const [, , , strict] = JSON.parse(start(path, { PATH: dirname(nodeIn("bin")) }).stdout) as unknown[];
  expect(strict).toBe(true);
});
