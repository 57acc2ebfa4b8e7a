import { silentLogger } from "../../lib/core/log";
import { Redactor } from "../../lib/core/redaction";
import type { SmtpProbeRequest } from "../../lib/core/smtp-probe";
import { systemClock } from "../../lib/core/clock";
import { smtpProbeOf } from "../../lib/provider/smtp-probe";
import { startScripted, type Script, type ScriptedServer } from "../support/scripted-smtp";

const PASSWORD = "correct horse battery";
let server: ScriptedServer;
afterEach(() => server.close());

const redactor = new Redactor();
const probe = smtpProbeOf({
  clock: systemClock,
  log: silentLogger,
  redactor,
  random: () => 0,
  environment: {},
  homeDirectory: "/",
  workingDirectory: "/",
  readFile: () => undefined,
  userAgent: "test",
});

async function ask(script: Partial<Script>, changes: Partial<SmtpProbeRequest> = {}, signal?: AbortSignal) {
  server = await startScripted(script);
  const request: SmtpProbeRequest = {
    host: "127.0.0.1",
    port: server.port,
    security: "starttls-if-offered",
    login: { username: "alerts", password: PASSWORD, mechanism: "PLAIN" },
    ca: server.ca,
    from: "alerts@example.com",
    timeoutMs: 5_000,
    ...changes,
  };
  return probe(request, signal ?? new AbortController().signal);
}

it("tries the server as a system would, up to the sender, and sends nothing", async () => {
  const result = await ask({});
  expect(result.ok).toBe(true);
  expect(result.verdict).toMatch(/^reachable/);
  expect(result.report).toMatch(/ok\s+AUTH/);
  expect(server.lines.some((line) => line.startsWith("DATA"))).toBe(false);
});

it("lets a downgrade pass with a warning, where a demand for STARTTLS would fail", async () => {
  const ehlo = "250-scripted.test\r\n250 AUTH PLAIN LOGIN\r\n";
  const lenient = await ask({ ehlo });
  expect([lenient.ok, lenient.stages.find(({ name }) => name === "TLS")!.status]).toEqual([true, "warning"]);
  await server.close();
  expect((await ask({ ehlo }, { security: "starttls" })).ok).toBe(false);
});

it("never shows the password, not even one that the server repeats", async () => {
  const result = await ask({ auth: `535 5.7.8 "${PASSWORD}" is wrong\r\n` });
  expect(result.ok).toBe(false);
  expect(JSON.stringify(result)).not.toContain(PASSWORD);
});

it("ends with the run that asked for it", async () => {
  await expect(ask({}, {}, AbortSignal.abort(new Error("terraform was interrupted")))).rejects.toThrow("interrupted");
});
