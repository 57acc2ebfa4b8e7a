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

  describe("with a command", () => {
    async function inside(...command: string[]) {
      const err: string[] = [];
      const code = await runCommandLine(["sandbox", "--seed", "5", "--", ...command], {
        out: () => undefined,
        err: (line) => void err.push(line),
        environment: { PATH: process.env["PATH"], MINE: "kept" },
        homeDirectory: directory,
        workingDirectory: directory,
        nodeVersion: "20.11.0",
        platform: "linux",
        interrupted: new AbortController().signal,
      });
      return { code, err: err.join("\n") };
    }
    /** Asks the sandbox that the variables lead to, and leaves what it found in the working directory. */
    const ASKS = `fetch(process.env.OUTBOUND_SANDBOX_URL + "/_sandbox/state").then(({ status }) =>
      require("fs").writeFileSync("seen.json", JSON.stringify([status, process.env.MINE, process.argv.slice(1)])))`;

    it("runs it in the sandbox's environment, with its own options, and is down when it has ended", async () => {
      const { code, err } = await inside(process.execPath, "-e", ASKS, "--", "--json", "two words");
      expect(code).toBe(0);
      expect(JSON.parse(readFileSync(join(directory, "seen.json"), "utf8"))).toEqual([
        200,
        "kept",
        ["--json", "two words"],
      ]);
      expect(err).toMatch(/The sandbox is up, for: [^]*The sandbox is down\.$/);
    });

    it("says at the end which mails arrived, since they are gone with it", async () => {
      const mail = `require(${JSON.stringify(require.resolve("nodemailer"))}).createTransport({
        host: process.env.OUTBOUND_SANDBOX_SMTP_HOST,
        port: process.env.OUTBOUND_SANDBOX_SMTP_PORT,
        auth: { user: process.env.OUTBOUND_SANDBOX_SMTP_USER, pass: process.env.TF_VAR_smtp_password },
        tls: { rejectUnauthorized: false },
      }).sendMail({ from: "alerts@example.com", to: "oncall@example.com", subject: "Disk full", text: "." });`;
      const { code, err } = await inside(process.execPath, "-e", mail);
      expect({ code, err }).toEqual({
        code: 0,
        err: expect.stringMatching(
          /\n1 mail arrived:\n {2}Disk full, to oncall@example\.com\nThe sandbox is down/,
        ) as string,
      });
      expect((await inside(process.execPath, "-e", "")).err).toContain("No mail arrived.");
    });

    it("fails when the command does, and says how", async () => {
      const { code, err } = await inside(process.execPath, "-e", "process.exit(7)");
      expect(code).toBe(1);
      expect(err).toMatch(/ended with exit code 7\.[^]*The sandbox is down\.$/);
    });

    it("that is none says so", async () => {
      const { code, err } = await inside("no-such-program");
      expect(code).toBe(1);
      expect(err).toMatch(/no-such-program cannot be started[^]*ENOENT[^]*npx/);
    });
  });

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
    for (const line of out.split("\n")) expect(line).toMatch(/^export [A-Za-z_]+='[^']*'$/);
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

  it("is the releases and editions of the command line", async () => {
    await whileUp(["--json", "--set", "vrops.version=9.0", "--set", "uipath.edition=standalone"], async (out) => {
      const { environment } = JSON.parse(out) as { environment: Record<string, string> };
      const url = `${environment["VROPS_URL"]}/suite-api/api/versions/current`;
      expect(environment["UIPATH_URL"]).toBeDefined();
      const credentials = { username: environment["VROPS_USERNAME"], password: environment["VROPS_PASSWORD"] };
      const headers = { "content-type": "application/json", accept: "application/json" };
      const acquire = `${environment["VROPS_URL"]}/suite-api/api/auth/token/acquire`;
      const login = await fetch(acquire, { method: "POST", headers, body: JSON.stringify(credentials) });
      const { token } = (await login.json()) as { token: string };
      const answer = await fetch(url, { headers: { ...headers, authorization: `vRealizeOpsToken ${token}` } });
      expect(await answer.text()).toMatch(/ 9\.0/);
    });
  });

  it.each([
    ["uipaht.edition=cloud", /Did you mean uipath\?/],
    ["uipath.editon=cloud", /Did you mean edition\?/],
    ["uipath.edition=clod", /cannot take this option/],
    ["edition=cloud", /SYSTEM\.OPTION=VALUE/],
  ])("refuses --set %s as a mistake of the command line", async (option, said) => {
    const { code, err } = await whileUp(["--set", option], async () => undefined);
    expect([code, err]).toEqual([2, expect.stringMatching(said)]);
  });

  it("arms the faults of the command line", async () => {
    await whileUp(["--json", "--fault", "GET /1.0/auth/time status=503"], async (out) => {
      const { urls } = JSON.parse(out);
      expect((await fetch(`${urls.ovh}/1.0/auth/time`)).status).toBe(503);
      expect((await fetch(`${urls.ovh}/1.0/auth/time`)).status).toBe(200);
    });
  });
});
