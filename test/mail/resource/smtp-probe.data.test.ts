import { silentLogger } from "../../../lib/core/log";
import { Redactor } from "../../../lib/core/redaction";
import { smtpProbeData, smtpProbeSchema } from "../../../lib/mail";
import { startMailServer, type MailServer, type MailServerOptions } from "../../../lib/mail/server";
import type { StateOf } from "../../../lib/terraform-plugin/schema";
import { mailRuntime } from "../../support/mail-runtime";

const PASSWORD = "correct horse battery";
let server: MailServer;
afterEach(() => server.close());

async function probe(
  options: Partial<MailServerOptions>,
  overrides: Partial<StateOf<typeof smtpProbeSchema>> = {},
  environment: Record<string, string> = { SMTP_PASSWORD: PASSWORD },
) {
  server = await startMailServer({ mode: "starttls", users: { alerts: PASSWORD }, ...options });
  const config: StateOf<typeof smtpProbeSchema> = {
    smtp_host: server.host,
    smtp_port: server.port,
    security: options.mode === "tls" ? "tls" : "starttls",
    username: "alerts",
    password_environment: "SMTP_PASSWORD",
    auth_mechanism: null,
    ca_certificate: server.ca,
    dns_servers: null,
    alignment: null,
    declared_flows: null,
    from_address: "alerts@example.com",
    to: ["a@example.com", "b@example.com"],
    timeout_seconds: 10,
    ok: null,
    verdict: null,
    stages: null,
    receivers: null,
    certificate_valid_from: null,
    certificate_expires_at: null,
    ...overrides,
  };
  return smtpProbeData.read(config, {
    client: mailRuntime({ environment }),
    signal: new AbortController().signal,
    log: silentLogger,
    redactor: new Redactor(),
    report: () => undefined,
  });
}

it.each(["starttls", "tls"] as const)("walks up to the receivers over %s and sends nothing", async (mode) => {
  const state = await probe({ mode });
  expect(state.stages!.slice(-3)).toMatchObject([
    { name: "MAIL", status: "passed" },
    { name: "RCPT a@example.com", status: "passed", detail: expect.stringContaining("accepted so far") },
    { name: "RCPT b@example.com", status: "passed" },
  ]);
  expect(state.ok).toBe(true);
  expect(state.verdict).toMatch(/^reachable: .* accepts 2 receivers so far/);
  expect(server.inbox.messages).toEqual([]);
});

it("logs in by LOGIN where the server offers nothing else", async () => {
  const state = await probe({ authMechanisms: ["LOGIN"] });
  expect(state.stages!.find(({ name }) => name === "AUTH")).toMatchObject({
    status: "passed",
    detail: expect.stringMatching(/^LOGIN as alerts: 235/),
  });
});

it("reports a failure and lets the run go on", async () => {
  const state = await probe({}, {}, { SMTP_PASSWORD: "wrong password" });
  expect(state.ok).toBe(false);
  expect(state.verdict).toMatch(/^failed at AUTH: /);
  const failed = JSON.stringify(state.stages!.find(({ name }) => name === "AUTH"));
  expect(failed).toContain("Check `username`");
  // It has neither.
  expect(failed).not.toMatch(/password_wo|version/);
});

it("goes on to the next receiver after one is refused", async () => {
  const refuseReceivers = { "a@example.com": { code: 550, text: "5.1.1 User unknown" } };
  const state = await probe({ faults: { refuseReceivers } });
  expect(state.stages!.slice(-2).map(({ name, status }) => [name, status])).toEqual([
    ["RCPT a@example.com", "failed"],
    ["RCPT b@example.com", "passed"],
  ]);
  expect(state.verdict).toMatch(/^failed at RCPT a@example\.com: /);
});

it("names the environment variable that is missing, and connects to nobody", async () => {
  const state = await probe({}, {}, {});
  expect(state.stages).toMatchObject([
    { name: "config", status: "failed", detail: expect.stringContaining("SMTP_PASSWORD") },
  ]);
  expect(state.ok).toBe(false);
});

it("stores the name of the variable and never the password", async () => {
  const state = await probe({ hooks: { sender: () => ({ code: 550, text: `5.7.1 ${PASSWORD}` }) } });
  expect(state.password_environment).toBe("SMTP_PASSWORD");
  expect(JSON.stringify(state)).toContain("5.7.1 (redacted)");
  expect(JSON.stringify(state)).not.toContain(PASSWORD);
});

it("is meant to be cheap to read and never to carry a secret: no attribute is sensitive", () => {
  const sensitive = Object.entries(smtpProbeSchema.attributes).filter(([, attribute]) => attribute.sensitive);
  expect(sensitive).toEqual([]);
});
