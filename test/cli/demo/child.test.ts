import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, watch } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runChild } from "../../../lib/cli/demo/child";

const node = (script: string) => [process.execPath, "-e", script];
const options = (change: object = {}) => ({
  cwd: tmpdir(),
  environment: { PATH: process.env["PATH"]!, GREETING: "hello" },
  signal: new AbortController().signal,
  timeoutMs: 10_000,
  ...change,
});

describe("a program the demo runs", () => {
  it("tells its exit code and both of its streams, and sees only the given environment", async () => {
    const script = 'console.log(process.env.GREETING, process.env.HOME); console.error("oops"); process.exitCode = 3';
    const result = await runChild(node(script), options());
    expect(result).toMatchObject({ exitCode: 3, stdout: "hello undefined\n" });
    expect(result.output).toContain("oops");
  });

  it("has no input to wait for: a prompt ends at once", async () => {
    const result = await runChild(node('process.stdin.on("end", () => console.log("end")).resume()'), options());
    expect(result.stdout).toBe("end\n");
  });

  it("is asked to stop when the demo is interrupted, and its own clean-up runs", async () => {
    const cwd = mkdtempSync(join(tmpdir(), "child-"));
    const watcher = watch(cwd);
    const controller = new AbortController();
    const write = (name: string) => `require("fs").writeFileSync("${name}", "")`;
    const script = `process.on("SIGINT", () => { ${write("cleaned")}; process.exit() }); setInterval(() => 0, 1e6); ${write("up")}`;
    const running = runChild(node(script), options({ cwd, signal: controller.signal, timeoutMs: 60_000 }));
    await once(watcher, "change");
    watcher.close();
    controller.abort(new Error("stopped by Ctrl-C"));
    await expect(running).rejects.toThrow("stopped by Ctrl-C");
    expect(readdirSync(cwd)).toContain("cleaned");
    rmSync(cwd, { recursive: true });
  });

  it("is ended when it takes too long, and the output says so", async () => {
    const result = await runChild(node("setInterval(() => 0, 1e6)"), options({ timeoutMs: 200 }));
    expect(result.exitCode).toBeUndefined();
    expect(result.output).toContain("it took longer than 0.2 s");
  });

  it("is not started once the demo is interrupted", async () => {
    const signal = AbortSignal.abort(new Error("stopped by Ctrl-C"));
    await expect(runChild(["does-not-exist"], options({ signal }))).rejects.toThrow("stopped by Ctrl-C");
  });

  it("that does not exist is an error", async () => {
    await expect(runChild(["does-not-exist"], options())).rejects.toMatchObject({ code: "ENOENT" });
  });
});
