import { existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { startMailServer, type MailServer } from "../../lib/mail/server";
import { SILENCE, startScripted } from "../support/scripted-smtp";
import { Place } from "./mail/run-outbound";

describe("outbound probe", () => {
  const password = "probe-password-1";
  const place = new Place();
  let server: MailServer;
  let ca: string;
  beforeAll(async () => {
    server = await startMailServer({ mode: "starttls", users: { alerts: password } });
    ca = place.write("ca.pem", server.ca);
  });
  afterAll(async () => {
    await server.close();
    rmSync(place.directory, { recursive: true });
  });
  beforeEach(() => (place.environment = { PROBE_PASSWORD: password }));

  const login = ["--username", "alerts", "--password-environment", "PROBE_PASSWORD"];
  const probe = (...more: string[]) =>
    place.run(["probe", "127.0.0.1", "--port", String(server.port), "--from", "alerts@example.com", ...more]);

  it("gets through to the receivers and sends nothing", async () => {
    const { code, out } = await probe(...login, "--ca", ca, "--to", "oncall@example.com", "--to", "team@example.com");
    expect(out).toContain("RCPT team@example.com");
    expect(code).toBe(0);
    expect(server.inbox.messages).toEqual([]);
  });

  it("fails at the login with the wrong password, which it never prints, and speaks of options", async () => {
    place.environment = { PROBE_PASSWORD: "wrong-password-2" };
    const { code, out, err } = await probe(...login, "--ca", ca, "--transcript");
    expect(code).toBe(16);
    expect(out).toMatch(/FAIL\s+AUTH/);
    expect(out).toContain("--username");
    expect(out).not.toContain("`username`");
    expect(out).toContain("~> AUTH PLAIN (user and password, ");
    expect(out + err).not.toContain("wrong-password-2");
    expect(out + err).not.toContain(Buffer.from("\0alerts\0wrong-password-2").toString("base64"));
  });

  it("fails at TLS when the authority is not trusted, as JSON too", async () => {
    const { code, out } = await probe(...login, "--json");
    expect(code).toBe(15);
    const { ok, exitCode, target, stages, transcript } = JSON.parse(out);
    expect([ok, exitCode]).toEqual([false, 15]);
    expect(target).toMatchObject({
      smtp_port: server.port,
      username: "alerts",
      password_environment: "PROBE_PASSWORD",
    });
    expect(stages.find(({ status }: { status: string }) => status === "failed")).toMatchObject({
      name: "TLS",
      code: expect.stringMatching(/^mail\//),
      remedy: expect.any(String),
    });
    expect(transcript).toBeUndefined();
    expect(out).not.toContain(password);
  });

  it("puts the transcript into the JSON, or into a file that only this user can read", async () => {
    const json = await probe(...login, "--ca", ca, "--json", "--transcript");
    expect(JSON.parse(json.out).transcript).toContainEqual({
      connection: 1,
      ms: expect.any(Number),
      mark: "~>",
      text: expect.stringMatching(/^AUTH PLAIN \(user and password, \d+ bytes\)$/),
    });
    const file = place.write("transcript.txt", "from before");
    const written = await probe(...login, "--ca", ca, "--transcript", "transcript.txt");
    expect(written.out).not.toContain("EHLO [");
    expect(readFileSync(file, "utf8")).toContain("~> AUTH PLAIN (user and password, ");
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it("writes JUnit: a case for each stage, with what to do where one failed", async () => {
    await probe("--junit", "junit.xml");
    const xml = readFileSync(join(place.directory, "junit.xml"), "utf8");
    expect(xml).toMatch(
      /<testsuite name="outbound probe 127\.0\.0\.1:\d+" tests="9" failures="1" errors="0" skipped="4"/,
    );
    expect(xml).toMatch(/name="TLS" time="0\.\d{3}"><failure type="mail\/[a-z-]+" message="[^"]+">[^<]*\nWhat to do: /);
    expect(xml).toMatch(/name="AUTH" time="0\.000"><skipped message="not reached: TLS failed"\/>/);
  });

  it("prints nothing of what passed when it is to be quiet, and everything of what failed", async () => {
    expect(await probe(...login, "--ca", ca, "--quiet")).toEqual({ code: 0, out: "", err: "" });
    expect((await probe("--quiet")).out).toMatch(/FAIL\s+TLS/);
  });

  it("ends after the stage that is asked for, which needs no login", async () => {
    const { code, out } = await probe("--ca", ca, "--quit-after", "tls", "--transcript");
    expect(code).toBe(0);
    expect(out).toMatch(/^ok +TLS /m);
    expect(out).toMatch(/^- +AUTH +not asked for: the probe ends after TLS$/m);
    expect(out).toMatch(/^reachable: 127\.0\.0\.1:\d+ passed as far as TLS; nothing else was tried/m);
    expect(out).toMatch(/== TLSv1.*\n.*~> QUIT/);
    expect((await probe("--quit-after", "RCPT")).code).toBe(2);
  });

  it("shows the settings and contacts nobody", async () => {
    const { code, out } = await place.run([
      "probe",
      "192.0.2.1",
      "--from",
      "alerts@example.com",
      ...login,
      "--dry-run",
    ]);
    expect(code).toBe(0);
    expect(out).toMatch(/^host +192\.0\.2\.1\nport +587\nsecurity +starttls\n/);
    expect(out).toMatch(/^password-environment +PROBE_PASSWORD$/m);
    expect(out).not.toContain(password);
  });

  it.each([
    [
      "a variable that is not set",
      ["--username", "alerts", "--password-environment", "NOT_SET"],
      "cli/variable-missing",
      10,
    ],
    ["a user without password", ["--username", "alerts"], "mail/user-without-password", 2],
    ["an unknown kind of security", ["--security", "ssl"], "value/not-allowed", 2],
    ["a file that is not there", ["--ca", "/does/not/exist.pem"], "cli/bad-option", 2],
    ["a directory that is not there", ["--junit", "nowhere/junit.xml"], "cli/file-not-writable", 2],
    ["a stack beside a host", ["--from-stack"], "cli/options-exclude-each-other", 2],
    ["a choice among nothing", ["--only", "outbound_test_email.x"], "cli/options-exclude-each-other", 2],
    ["what is no name server", ["--dns-server", "dns.example.com"], "mail/not-name-server", 2],
    ["what is no check", ["--require", "spf,arc"], "value/not-allowed", 2],
  ])("refuses %s", async (_what, argv, code, exitCode) => {
    const result = await probe(...argv);
    expect(result.err).toContain(`(${code})`);
    expect([result.code, result.out]).toEqual([exitCode, ""]);
  });

  it("names the option that is wrong, not the attribute of a resource", async () => {
    expect((await probe("--security", "ssl")).err).toContain("(--security)");
  });

  it.each([["--password", "hunter2-hunter2"], ["--password=hunter2-hunter2"], ["--imap-password=hunter2-hunter2"]])(
    "refuses %s on the command line, and does not repeat it",
    async (...argv) => {
      const { code, out, err } = await probe(...argv);
      expect(code).toBe(2);
      expect(err).toContain("cli/password-on-command-line");
      expect(out + err).not.toContain("hunter2");
    },
  );

  it("says what is missing when nothing is named", async () => {
    expect(await place.run(["probe"])).toMatchObject({ code: 2, err: expect.stringContaining("cli/nothing-to-test") });
    expect((await place.run(["probe", "--transcript", "smtp.example.com"])).err).toContain("was taken for the file");
    expect(await place.run(["probe", "smtp.example.com"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("--from"),
    });
  });

  it("prints what was seen when it is stopped in the middle", async () => {
    const silent = await startScripted({ mail: SILENCE });
    const stop = new AbortController();
    void silent.heard("MAIL").then(() => stop.abort(new Error("stopped by Ctrl-C")));
    const argv = [
      "probe",
      "127.0.0.1",
      "--port",
      String(silent.port),
      "--from",
      "alerts@example.com",
      "--security",
      "none",
    ];
    const { code, out, err } = await place.run([...argv, "--junit", "stopped.xml"], stop.signal);
    await silent.close();
    expect(code).toBe(130);
    expect(out).toMatch(/ok\s+EHLO/);
    expect(out).toMatch(/FAIL\s+MAIL.*interrupted/i);
    expect(err).toContain("Stopped.");
    expect(existsSync(join(place.directory, "stopped.xml"))).toBe(true);
  });

  it("tells its exit codes", async () => {
    const { code, out } = await place.run(["probe", "--help"]);
    expect(code).toBe(0);
    expect(out).toMatch(/16 +AUTH: the login failed/);
    expect(out).not.toMatch(/--password \[/);
  });
});
