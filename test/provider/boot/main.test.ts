import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { invitation } from "../../../lib/terraform-plugin/handshake";

const executable = join(__dirname, "../../../dist/provider/terraform-provider-outbound");
let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), "outbound-boot-"))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

const kept = () => {
  const folder = join(root, "cdktf-provider-outbound");
  return readdirSync(folder).map((name) => ({ name, ino: statSync(join(folder, name)).ino }));
};

/** Starts it as terraform does, waits for its line, and tells it to end. */
async function start(environment: NodeJS.ProcessEnv = {}): Promise<string> {
  const env = { ...process.env, ...invitation, XDG_CACHE_HOME: root, OUTBOUND_CODE_CACHE: undefined, ...environment };
  const child = spawn(process.execPath, [executable], { env, stdio: ["ignore", "pipe", "inherit"] });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  child.kill("SIGTERM");
  await once(child, "close");
  return String(line);
}

async function startedByHand(path: string): Promise<string> {
  const env = { ...process.env, XDG_CACHE_HOME: root, OUTBOUND_CODE_CACHE: undefined };
  const child = spawn(process.execPath, [path], { env, stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.on("data", (chunk) => (said += String(chunk)));
  await once(child, "close");
  return said;
}

it("keeps what the first start has compiled, and takes it at the second, under the flags that a run sets", async () => {
  expect(await start()).toMatch(/^1\|6\|unix\|/);
  const first = kept();
  expect(first).toHaveLength(1);
  expect(await start()).toMatch(/^1\|6\|unix\|/);
  expect(kept()).toEqual(first);
});

it("never runs what was kept of another program", async () => {
  const path = join(root, "terraform-provider-outbound");
  const text = readFileSync(executable, "latin1");
  writeFileSync(path, text, "latin1");
  chmodSync(path, 0o755);
  expect(await startedByHand(path)).toContain("is a Terraform provider");
  writeFileSync(path, text.replaceAll("is a Terraform provider", "IS A TERRAFORM PROVIDER"), "latin1");
  expect(await startedByHand(path)).toContain("IS A TERRAFORM PROVIDER");
});

it("keeps nothing where it may not", async () => {
  expect(await start({ OUTBOUND_CODE_CACHE: "off" })).toMatch(/^1\|6\|unix\|/);
  expect(readdirSync(root)).toEqual([]);
});

it("starts where there is no place to keep anything", async () => {
  expect(await start({ OUTBOUND_CODE_CACHE: join(executable, "below a file") })).toMatch(/^1\|6\|unix\|/);
});
