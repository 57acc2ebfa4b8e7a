import http, { createServer, type IncomingMessage, type Server } from "node:http";
import { createServer as createTcpServer } from "node:net";
import type { AddressInfo } from "node:net";
import { reportToSandbox, type Reportable, type TestReport } from "../../lib/mail/report-to-sandbox";
import { mailRuntime, mailTarget } from "../support/mail-runtime";

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
  const request = jest.spyOn(http, "request");
  await expect(report(url)).resolves.toBeUndefined();
  expect(request).not.toHaveBeenCalled();
  request.mockRestore();
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
  const began = Date.now();
  await report(`http://127.0.0.1:${(silent.address() as AddressInfo).port}`);
  expect(connections).toBe(1);
  expect(Date.now() - began).toBeLessThan(5_000);
});
