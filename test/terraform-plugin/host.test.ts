import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { PluginClient, environment, parseHandshake } from "./plugin-client";

/** The real process: bundled as it is shipped, started as Terraform starts it. */

const MODULES = join(__dirname, "../../node_modules");
const directory = mkdtempSync(join(tmpdir(), "host-"));
const bundle = join(directory, "provider.js");
const children: ChildProcess[] = [];

beforeAll(() => {
  const room = join(__dirname, "../../lib/terraform-plugin");
  const entry = join(directory, "provider.ts");
  writeFileSync(
    entry,
    `import { protectStdout } from ${JSON.stringify(join(room, "protect-stdout"))};
     protectStdout();
     console.log("a stray line");
     process.stdout.write("another\\n");
     import { serve } from ${JSON.stringify(join(room, "server"))};
     void serve(
       {
         GetMetadata: async () => ({}),
         ReadResource: async () => { setTimeout(() => { throw new Error("stray"); }); void Promise.reject(new Error("stray")); return {}; },
       },
       { name: "terraform-provider-lab", source: "registry.example.com/acme/lab" },
     );`,
  );
  // In a process of its own: esbuild does not run inside jest.
  const options = { entryPoints: [entry], bundle: true, platform: "node", outfile: bundle, nodePaths: [MODULES] };
  execFileSync(process.execPath, ["-e", `require("esbuild").buildSync(${JSON.stringify(options)})`], {
    cwd: __dirname,
  });
});

afterAll(() => {
  for (const child of children) if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
  rmSync(directory, { recursive: true });
});

async function start(env: Record<string, string | undefined>) {
  const child = spawn(process.execPath, [bundle], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (data: Buffer) => (output.stdout += data.toString()));
  child.stderr.on("data", (data: Buffer) => (output.stderr += data.toString()));
  const closed = once(child, "close");
  await Promise.race([once(child.stdout, "data"), closed]);
  return { child, output, closed };
}

it("started by hand, it explains itself and fails", async () => {
  const { output, closed } = await start({ TF_PLUGIN_MAGIC_COOKIE: "" });
  expect((await closed)[0]).toBe(1);
  expect(output.stdout).toBe("");
  expect(output.stderr).toContain("terraform starts it by itself");
});

it("its first words on stdout are the handshake, whatever else is printed", async () => {
  const { child, output, closed } = await start(environment());
  expect(output.stdout).toMatch(/^1\|6\|unix\|[^\n]+\n$/);
  expect(output.stderr).toBe("a stray line\nanother\n");
  child.kill("SIGTERM");
  expect(await closed).toEqual([0, null]);
  expect(existsSync(dirname(parseHandshake(output.stdout).address))).toBe(false);
});

it("survives what nobody catches, Ctrl-C and a closed terminal, and goes when its client is gone", async () => {
  const { child, output, closed } = await start(environment());
  const client = new PluginClient(output.stdout);
  await client.call("ReadResource");
  child.kill("SIGINT");
  child.kill("SIGHUP");
  await client.call("GetMetadata");
  await client.call("GetMetadata");
  client.close();
  expect(await closed).toEqual([0, null]);
  expect(existsSync(parseHandshake(output.stdout).address)).toBe(false);
});

it("goes although nobody reads its stderr any more", async () => {
  const { child, output, closed } = await start({ ...environment(), TF_LOG: "trace" });
  const client = new PluginClient(output.stdout);
  await client.call("GetMetadata");
  child.stderr!.destroy();
  await client.call("ReadResource");
  await client.shutdown();
  client.close();
  expect(await closed).toEqual([0, null]);
});
