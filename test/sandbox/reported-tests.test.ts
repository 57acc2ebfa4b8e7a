import { ReportedTests } from "../../lib/sandbox/reported-tests";
import { startSandbox, type Sandbox } from "../../lib/sandbox";

const report = {
  kind: "probe",
  testedAt: "2026-01-02T03:04:05.000Z",
  target: { host: "smtp.example.com", port: 587, security: "starttls" },
  from: "alerts@example.com",
  to: ["oncall@example.com"],
  ok: true,
  verdict: "reachable",
  stages: [{ name: "DNS", status: "passed", durationMs: 3, detail: "192.0.2.25" }],
};
const clock = { now: () => Date.parse("2026-02-03T04:05:06Z"), sleep: async () => undefined };

it("numbers what is reported and drops what it does not know", async () => {
  const tests = new ReportedTests(clock);
  await tests.add({ ...report, password: "hunter2" });
  expect(tests.list()).toEqual([{ ...report, receivers: [], number: 1, reportedAt: "2026-02-03T04:05:06.000Z" }]);
});

it("keeps the last two hundred", async () => {
  const tests = new ReportedTests(clock);
  for (let count = 0; count < 203; count++) await tests.add(report);
  expect(tests.list()).toHaveLength(200);
  expect(tests.list()[0]!.number).toBe(4);
  tests.clear();
  expect((await tests.add(report)).number).toBe(204);
});

it.each([
  ["nothing", undefined, "the body"],
  ["another kind", { ...report, kind: "guess" }, "kind"],
  ["a port that is none", { ...report, target: { ...report.target, port: 0 } }, "target.port"],
  ["a status of its own", { ...report, stages: [{ ...report.stages[0], status: "fine" }] }, "stages.0.status"],
  ["a time that is none", { ...report, testedAt: "yesterday" }, "testedAt"],
  ["a novel", { ...report, verdict: "x".repeat(20_001) }, "verdict"],
  ["endless stages", { ...report, stages: Array(1_001).fill(report.stages[0]) }, "stages"],
])("refuses %s and says what is wrong with it", async (_, json, where) => {
  await expect(new ReportedTests(clock).add(json)).rejects.toMatchObject({
    problems: [{ code: "sandbox/report-invalid", got: expect.stringContaining(where) }],
  });
});

describe("over HTTP", () => {
  let sandbox: Sandbox;
  beforeEach(async () => void (sandbox = await startSandbox({ systems: [] })));
  afterEach(() => sandbox.close());
  const post = (body: unknown) =>
    fetch(`${sandbox.url}/_sandbox/tests`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });

  it("takes them, lists them with secrets masked, and forgets them", async () => {
    expect((await post({ ...report, verdict: `said ${sandbox.mail.password}` })).status).toBe(201);
    const listed = await (await fetch(`${sandbox.url}/_sandbox/tests`)).json();
    expect(listed).toMatchObject([{ number: 1, verdict: "said (redacted)" }]);
    expect(sandbox.tests.list()).toEqual(listed);
    expect((await fetch(`${sandbox.url}/_sandbox/tests`, { method: "DELETE" })).status).toBe(204);
    expect(sandbox.tests.list()).toEqual([]);
  });

  it("answers 400 with the problem to what is none, and 413 to what is too large", async () => {
    const refused = await post({ kind: "probe" });
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ problems: [{ code: "sandbox/report-invalid" }] });
    expect((await post({ ...report, verdict: "x".repeat(2_000_000) })).status).toBe(413);
  });
});
