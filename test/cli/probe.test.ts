import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommandLine } from "../../lib/cli/program";
import { startMailServer, type MailServer } from "../../lib/mail/smtp-sandbox";

describe("outbound probe", () => {
  const password = "probe-password-1";
  let server: MailServer;
  let directory: string;
  let ca: string;
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), "probe-"));
    server = await startMailServer({ mode: "starttls", users: { alerts: password } });
    ca = join(directory, "ca.pem");
    writeFileSync(ca, server.ca);
  });
  afterAll(async () => {
    await server.close();
    rmSync(directory, { recursive: true });
  });

  async function probe(environment: Record<string, string>, ...more: string[]) {
    const lines: string[] = [];
    const line = (text: string) => void lines.push(text);
    const argv = ["probe", "127.0.0.1", "--port", String(server.port), "--from", "alerts@example.com", ...more];
    const code = await runCommandLine(argv, {
      out: line,
      err: line,
      environment,
      homeDirectory: directory,
      workingDirectory: directory,
      nodeVersion: "20.11.0",
      platform: "linux",
      interrupted: new AbortController().signal,
    });
    return { code, text: lines.join("\n") };
  }
  const login = ["--username", "alerts", "--password-environment", "PROBE_PASSWORD"];

  it("gets through to the receivers and sends nothing", async () => {
    const to = ["--to", "oncall@example.com", "--to", "team@example.com"];
    const { code, text } = await probe({ PROBE_PASSWORD: password }, ...login, "--ca", ca, ...to);
    expect(text).toContain("RCPT team@example.com");
    expect(code).toBe(0);
    expect(server.inbox.messages).toEqual([]);
  });

  it("fails at the login with the wrong password, which it never prints", async () => {
    const { code, text } = await probe({ PROBE_PASSWORD: "wrong-password-2" }, ...login, "--ca", ca);
    expect(code).toBe(1);
    expect(text).toMatch(/FAIL\s+AUTH/);
    expect(text).not.toContain("wrong-password-2");
  });

  it("fails at TLS when the authority is not trusted, as JSON too", async () => {
    const { code, text } = await probe({ PROBE_PASSWORD: password }, ...login, "--json");
    expect(code).toBe(1);
    const { ok, stages } = JSON.parse(text);
    expect(ok).toBe(false);
    expect(stages.find(({ status }: { status: string }) => status === "failed").name).toBe("TLS");
  });

  it.each([
    ["a variable that is not set", login, "cli/variable-missing", 1],
    ["a user without password", ["--username", "alerts"], "mail/", 2],
    ["an unknown kind of security", ["--security", "ssl"], "value/not-allowed", 2],
    ["a file that is not there", ["--ca", "/does/not/exist.pem"], "cli/bad-option", 2],
  ])("refuses %s", async (_what, argv, code, exitCode) => {
    const result = await probe({}, ...argv);
    expect(result.text).toContain(code);
    expect(result.code).toBe(exitCode);
  });
});
