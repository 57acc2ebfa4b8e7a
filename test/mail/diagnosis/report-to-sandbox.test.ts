import { rmSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { createServer as createTcpServer, Socket } from "node:net";
import type { AddressInfo } from "node:net";
import { silentLogger } from "../../../lib/core/log";
import { Redactor } from "../../../lib/core/redaction";
import { smtpProbeData, smtpProbeSchema, testEmailResource, testEmailSchema } from "../../../lib/mail";
import { reportToSandbox, type Reportable, type TestReport } from "../../../lib/mail/diagnosis/report-to-sandbox";
import { startSandbox, type Sandbox } from "../../../lib/sandbox";
import type { StateOf } from "../../../lib/terraform-plugin/schema";
import { withDefaults } from "../../../lib/terraform-plugin/settle";
import { Place } from "../../cli/mail/run-outbound";
import { mailRuntime, mailTarget } from "../../support/mail-runtime";

const outcome: Reportable = {
  ok: false,
  verdict: "failed at TCP: nobody answers",
  stages: [
    { name: "DNS", status: "passed", durationMs: 3, detail: "192.0.2.25" },
    {
      name: "TCP",
      status: "failed",
      durationMs: 5000,
      detail: "nobody answers",
      remedy: "Open the flow.",
      problem: { code: "mail/timed-out", severity: "error", summary: "nobody answers", fix: "Open the flow." },
    },
  ],
};
const clock = { now: () => Date.parse("2026-01-02T03:04:05Z"), sleep: async () => undefined };

let server: { close(done: () => void): unknown } | undefined;
afterEach(async () => {
  const closing = server;
  server = undefined;
  if (closing) await new Promise<void>((resolve) => closing.close(resolve));
});

async function listening(answer: (request: IncomingMessage, body: string) => number) {
  const created: Server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += chunk));
    request.on("end", () => response.writeHead(answer(request, body)).end());
  });
  await new Promise<void>((resolve) => created.listen(0, "127.0.0.1", resolve));
  server = created;
  return (created.address() as AddressInfo).port;
}

function report(url: string | undefined, target = mailTarget(587)) {
  const environment = url === undefined ? {} : { OUTBOUND_SANDBOX_URL: url };
  return reportToSandbox("probe", target, outcome, mailRuntime({ environment, clock }));
}

it("tells the sandbox where the test went and what each stage saw, without the login", async () => {
  const received: { path?: string; report?: TestReport; body?: string } = {};
  const port = await listening((request, body) => {
    Object.assign(received, { path: `${request.method} ${request.url}`, report: JSON.parse(body), body });
    return 201;
  });
  await report(`http://127.0.0.1:${port}/`);
  expect(received.path).toBe("POST /_sandbox/tests");
  expect(received.report).toEqual({
    kind: "probe",
    testedAt: "2026-01-02T03:04:05.000Z",
    target: { host: "127.0.0.1", port: 587, security: "starttls" },
    from: "alerts@example.com",
    to: ["oncall@example.com"],
    ok: false,
    verdict: "failed at TCP: nobody answers",
    stages: [
      { name: "DNS", status: "passed", durationMs: 3, detail: "192.0.2.25" },
      {
        name: "TCP",
        status: "failed",
        durationMs: 5000,
        detail: "nobody answers",
        remedy: "Open the flow.",
        code: "mail/timed-out",
      },
    ],
    receivers: [],
  });
  expect(received.body).not.toContain("correct horse");
});

it.each([
  ["not set", undefined],
  ["no URL", "sandbox"],
  ["another machine", "http://192.0.2.1:1/"],
  ["a name that only begins like loopback", "http://127.0.0.1.example.com:1/"],
  ["not plain HTTP", "https://127.0.0.1:1/"],
])("tells nobody when OUTBOUND_SANDBOX_URL is %s", async (_, url) => {
  const connect = jest.spyOn(Socket.prototype, "connect");
  await expect(report(url)).resolves.toBeUndefined();
  expect(connect).not.toHaveBeenCalled();
  connect.mockRestore();
});

it("does not mind a sandbox that has gone or refuses", async () => {
  const port = await listening(() => 500);
  await expect(report(`http://127.0.0.1:${port}`)).resolves.toBeUndefined();
  await new Promise<void>((resolve) => server!.close(() => resolve()));
  server = undefined;
  await expect(report(`http://127.0.0.1:${port}`)).resolves.toBeUndefined();
});

it("gives up on a sandbox that never answers", async () => {
  let connections = 0;
  const silent = createTcpServer((socket) => {
    connections++;
    socket.on("error", () => undefined).resume();
  });
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", () => resolve()));
  server = silent;
  await report(`http://127.0.0.1:${(silent.address() as AddressInfo).port}`);
  expect(connections).toBe(1);
});

describe("to a real sandbox", () => {
  let sandbox: Sandbox;
  beforeAll(async () => void (sandbox = await startSandbox({ systems: [] })));
  afterAll(() => sandbox.close());
  beforeEach(() => sandbox.tests.clear());

  const attributes = () => ({
    smtp_host: sandbox.mail.startTls.host,
    smtp_port: sandbox.mail.startTls.port,
    security: "starttls",
    username: sandbox.mail.user,
    ca_certificate: sandbox.mail.ca,
    from_address: "alerts@example.com",
    timeout_seconds: 20,
  });
  const context = () => ({
    client: mailRuntime({ environment: sandbox.environment() }),
    signal: new AbortController().signal,
    log: silentLogger,
    redactor: new Redactor(),
    report: () => undefined,
  });

  it("reports each test mail of a deployment, one that failed as well, before it stops the deployment", async () => {
    const create = (to: string) => {
      const planned = withDefaults(testEmailSchema.attributes, {
        ...attributes(),
        to: [to],
        subject: "Alert mail",
        password_wo_version: 1,
      }) as StateOf<typeof testEmailSchema>;
      const config = { ...planned, password_wo: sandbox.mail.password };
      return testEmailResource.create({ planned, config, save: () => undefined } as never, context() as never);
    };
    await create("oncall@example.com");
    await expect(create("unknown@example.com")).rejects.toThrow();
    expect(sandbox.tests.list()).toMatchObject([
      { kind: "test-email", ok: true, messageId: expect.stringContaining("@"), to: ["oncall@example.com"] },
      { kind: "test-email", ok: false, receivers: [{ status: "refused", reply: expect.stringContaining("550") }] },
    ]);
    expect(sandbox.tests.list()[0]!.certificateExpiresAt).toMatch(/^\d{4}-/);
  });

  it("reports each probe of a data source", async () => {
    const config = withDefaults(smtpProbeSchema.attributes, {
      ...attributes(),
      password_environment: "SMTP_PASSWORD",
    }) as StateOf<typeof smtpProbeSchema>;
    await smtpProbeData.read(config, context());
    expect(sandbox.tests.list()).toMatchObject([{ kind: "probe", ok: true, receivers: [] }]);
  });

  it("reports what the command line probes and sends", async () => {
    const { startTls, user } = sandbox.mail;
    const environment = sandbox.environment();
    const args = (command: string) => [
      ...[command, startTls.host, "--port", String(startTls.port), "--from", "alerts@example.com"],
      ...["--to", "oncall@example.com", "--username", user, "--password-environment", "SMTP_PASSWORD"],
      ...["--ca", environment["OUTBOUND_SANDBOX_SMTP_CA"]!],
    ];
    const place = new Place();
    try {
      place.environment = environment;
      for (const command of ["probe", "send"]) expect(await place.run(args(command))).toMatchObject({ code: 0 });
    } finally {
      rmSync(place.directory, { recursive: true });
    }
    expect(sandbox.tests.list().map(({ kind, ok }) => [kind, ok])).toEqual([
      ["probe", true],
      ["send", true],
    ]);
  });
});
