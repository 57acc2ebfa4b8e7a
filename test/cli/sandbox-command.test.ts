import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommandLine } from "../../lib/cli/program";

describe("outbound sandbox", () => {
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), "sandbox-command-"))));
  afterEach(() => rmSync(directory, { recursive: true }));

  /** Runs it, does something while it is up, then presses Ctrl-C. */
  async function whileUp(argv: readonly string[], visit: (out: string) => Promise<void>) {
    const out: string[] = [];
    const err: string[] = [];
    const controller = new AbortController();
    let visited: Promise<void> | undefined;
    const code = await runCommandLine(["sandbox", ...argv], {
      out: (line) => void out.push(line),
      err: (line) => {
        err.push(line);
        if (!line.startsWith("The sandbox is up")) return;
        visited = visit(out.join("\n")).finally(() => controller.abort(new Error("stopped by Ctrl-C")));
      },
      environment: {},
      homeDirectory: directory,
      workingDirectory: directory,
      nodeVersion: "20.11.0",
      platform: "linux",
      interrupted: controller.signal,
    });
    await visited;
    return { code, out: out.join("\n"), err: err.join("\n") };
  }

  it("prints one JSON object, is there while it runs, and is gone after Ctrl-C, which is its regular end", async () => {
    let url = "";
    const { code, err } = await whileUp(["--json", "--seed", "5"], async (out) => {
      const printed = JSON.parse(out);
      url = printed.url;
      expect(Object.keys(printed.urls)).toEqual(expect.arrayContaining(["ovh", "vrops"]));
      expect(printed.environment.OUTBOUND_SANDBOX_URL).toBe(url);
      expect((await fetch(`${url}/_sandbox/state`)).status).toBe(200);
    });
    expect(code).toBe(0);
    expect(err).toContain("The sandbox is down.");
    await expect(fetch(url)).rejects.toThrow();
  });

  it("prints exports that a shell can read, and nothing else, on standard output", async () => {
    const { out } = await whileUp([], async () => undefined);
    for (const line of out.split("\n")) expect(line).toMatch(/^export [A-Z_]+='[^']*'$/);
    expect(out).toContain("export VROPS_URL='http://127.0.0.1:");
  });

  it("writes the variables to a file that only this user can read, and takes it away at the end", async () => {
    const file = join(directory, "sandbox.sh");
    const { out } = await whileUp(["--exports", "sandbox.sh"], async () => {
      expect(readFileSync(file, "utf8")).toContain("export SMTP_PASSWORD='");
      expect(statSync(file).mode & 0o777).toBe(0o600);
    });
    expect(out).toBe("");
    expect(existsSync(file)).toBe(false);
  });

  it("arms the faults of the command line", async () => {
    await whileUp(["--json", "--fault", "GET /1.0/auth/time status=503"], async (out) => {
      const { urls } = JSON.parse(out);
      expect((await fetch(`${urls.ovh}/1.0/auth/time`)).status).toBe(503);
      expect((await fetch(`${urls.ovh}/1.0/auth/time`)).status).toBe(200);
    });
  });
});
