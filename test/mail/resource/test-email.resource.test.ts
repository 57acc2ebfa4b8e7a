import { systemClock } from "../../../lib/core/clock";
import { silentLogger } from "../../../lib/core/log";
import { ProblemError, problemDetail, type Problem } from "../../../lib/core/problem";
import { Redactor } from "../../../lib/core/redaction";
import { testEmailResource, testEmailSchema, type MailRuntime } from "../../../lib/mail";
import { startMailServer, type MailServer, type MailServerOptions } from "../../../lib/mail/server";
import type { Context, PlanRequest } from "../../../lib/terraform-plugin/resource";
import type { ReplaceRule, StateOf } from "../../../lib/terraform-plugin/schema";
import { isUnknown, UNKNOWN } from "../../../lib/terraform-plugin/values";
import { mailRuntime } from "../../support/mail-runtime";
import { withoutOwnership } from "../../../lib/terraform-plugin/ownership/without-ownership";
import { planning } from "../../support/planning";

type State = StateOf<typeof testEmailSchema>;
const PASSWORD = "correct horse battery";

const IMAP = {
  host: "imap.example.com",
  port: 993,
  security: "tls",
  username: "oncall",
  password_wo: null,
  password_wo_version: 1,
  access_token: false,
  ca_certificate: null,
  folder: "INBOX",
  receiver: null,
  wait_seconds: 30,
  remove: false,
};

let server: MailServer;
afterEach(() => server?.close());

async function start(options: Partial<MailServerOptions> = {}): Promise<MailServer> {
  server = await startMailServer({ mode: "starttls", users: { alerts: PASSWORD }, ...options });
  return server;
}

function configuration(overrides: Partial<State> = {}): State {
  return {
    id: null,
    smtp_host: server.host,
    smtp_port: server.port,
    security: "starttls",
    username: "alerts",
    password_wo: PASSWORD,
    password_wo_version: 1,
    auth_mechanism: null,
    ca_certificate: server.ca,
    dns_servers: null,
    alignment: null,
    declared_flows: null,
    from_address: "alerts@example.com",
    from_name: "Älerting",
    to: ["oncall@example.com"],
    subject: "Alert mail test",
    via: null,
    imap: null,
    more_mailboxes: null,
    triggers: null,
    timeout_seconds: 10,
    on_failure: "fail",
    rerun_after: null,
    fallback: null,
    ok: null,
    verdict: null,
    stages: null,
    receivers: null,
    certificate_valid_from: null,
    certificate_expires_at: null,
    arrival: null,
    arrivals: null,
    message_id: null,
    tested_at: null,
    ...overrides,
  };
}

function context(client: MailRuntime = mailRuntime(), signal = new AbortController().signal) {
  const reported: Problem[] = [];
  const redactor = new Redactor();
  const given: Context<MailRuntime> = {
    client,
    signal,
    log: silentLogger,
    redactor,
    report: (problem) => void reported.push(problem),
  };
  return { given, reported, redactor };
}

async function create(config: State, surroundings = context()) {
  const saved: State[] = [];
  const result = await testEmailResource
    .create(
      {
        planned: { ...config, password_wo: null },
        config,
        private: {},
        ownership: withoutOwnership,
        save: (state) => void saved.push(state),
      },
      surroundings.given,
    )
    .then(
      (state) => ({ state, error: undefined }),
      (error: unknown) => ({ state: undefined, error }),
    );
  return { ...result, saved, ...surroundings };
}

const problemsOf = (error: unknown): readonly Problem[] => {
  expect(error).toBeInstanceOf(ProblemError);
  return (error as ProblemError).problems;
};

describe("a failing test", () => {
  it("is saved, so that Terraform taints it, and then fails with stage, evidence, remedy and the whole table", async () => {
    await start();
    const { error, saved } = await create(configuration({ password_wo: "wrong password" }));
    expect(saved).toHaveLength(1);
    expect(saved[0]).toMatchObject({ ok: false, message_id: null, password_wo: null });
    const [problem, ...more] = problemsOf(error);
    expect(more).toEqual([]);
    expect(problem).toMatchObject({
      code: "mail/login-refused",
      severity: "error",
      summary: "The test mail failed at AUTH: The server refused user and password",
      evidence: "535 5.7.8 Error: authentication failed",
    });
    const detail = problemDetail(problem!);
    expect(detail).toMatch(/What to do: Check `username`/);
    expect(detail).toMatch(/^ {2}ok {4}TLS +\d+ ms {2}TLSv1\.3/m);
    expect(detail).toMatch(/^ {2}FAIL {2}AUTH +\d+ ms/m);
    expect(detail).toMatch(/^ {2}- {5}DATA +not reached: AUTH failed$/m);
  });

  it("is a warning under on_failure = warn, and the state holds the stages", async () => {
    await start({ faults: { hideStartTls: true } });
    const { state, reported } = await create(configuration({ on_failure: "warn" }));
    expect(state!.ok).toBe(false);
    expect(state!.stages!.find(({ status }) => status === "failed")).toMatchObject({
      name: "TLS",
      remedy: expect.stringContaining("nothing was sent in the clear"),
    });
    expect(reported.map(({ severity, code }) => [severity, code])).toEqual([["warning", "mail/starttls-not-offered"]]);
  });

  it("reports each refused receiver by name, and the table once", async () => {
    await start({
      faults: {
        refuseReceivers: {
          "b@example.com": { code: 550, text: "5.1.1 User unknown" },
          "c@example.com": { code: 452, text: "4.2.2 Mailbox full" },
        },
      },
    });
    const { error } = await create(configuration({ to: ["a@example.com", "b@example.com", "c@example.com"] }));
    const problems = problemsOf(error);
    expect(problems.map(({ summary }) => summary)).toEqual([
      "The test mail failed at RCPT b@example.com: The server does not know this receiver",
      "The test mail failed at RCPT c@example.com: The receiver's mailbox is full",
    ]);
    expect(problems.map(({ attachment }) => attachment !== undefined)).toEqual([true, false]);
    expect(server.inbox.messages[0]!.to).toEqual(["a@example.com"]);
  });

  it("is one error where one cause stops several stages, and names all of them", async () => {
    const unknown = { code: 550, text: "5.1.1 User unknown" };
    await start({ faults: { refuseReceivers: { "b@example.com": unknown, "c@example.com": unknown } } });
    const { error } = await create(configuration({ to: ["a@example.com", "b@example.com", "c@example.com"] }));
    expect(problemsOf(error).map(({ summary }) => summary)).toEqual([
      "The test mail failed at RCPT b@example.com: The server does not know this receiver (the same at RCPT c@example.com)",
    ]);
  });

  it("keeps the password out of everything, even when the server repeats it", async () => {
    await start({ hooks: { receiver: () => ({ code: 550, text: `5.7.1 I know ${PASSWORD}` }) } });
    const { error, saved, reported } = await create(configuration());
    const everything = JSON.stringify([problemsOf(error), saved, reported]);
    expect(everything).toContain("I know (redacted)");
    expect(everything).not.toContain(PASSWORD);
    expect(everything).not.toContain(Buffer.from(PASSWORD).toString("base64"));
  });

  it("fails whatever on_failure says when it is interrupted", async () => {
    await start();
    const controller = new AbortController();
    controller.abort(new Error("terraform was told to stop"));
    const { error, saved } = await create(
      configuration({ on_failure: "warn" }),
      context(mailRuntime(), controller.signal),
    );
    expect(error).toEqual(new Error("terraform was told to stop"));
    expect(saved[0]!.ok).toBe(false);
    expect(server.inbox.messages).toEqual([]);
  });
});

describe("a passing test", () => {
  it("delivers one mail that explains itself, and says how far that is proved", async () => {
    await start();
    const client = mailRuntime({ environment: { OUTBOUND_DEPLOYMENT: "release 42" } });
    const { state, saved, reported } = await create(configuration(), context(client));
    expect(reported).toEqual([]);
    expect(saved).toEqual([state]);
    expect(server.inbox.messages).toHaveLength(1);
    const [mail] = server.inbox.messages;
    expect(mail).toMatchObject({
      from: "alerts@example.com",
      to: ["oncall@example.com"],
      user: "alerts",
      tls: "TLSv1.3",
    });
    expect(mail!.messageId).toBe(state!.message_id);
    expect(mail!.subject).toMatch(
      new RegExp(`^\\[TEST\\] Alert mail test \\(${state!.id}, \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d UTC\\)$`),
    );
    expect(mail!.headers).toMatchObject({
      "auto-submitted": "auto-generated",
      "x-outbound-test": state!.id,
      "x-outbound-deployment": "release 42",
    });
    expect(mail!.text).toContain("This is a test. No alert was raised");
    expect(mail!.text).toContain("Deployment  release 42");
    expect(mail!.text).toContain("What to do:");
    expect(mail!.text).not.toContain(PASSWORD);
    expect(state!.verdict).toContain(`queue id ${mail!.queueId}`);
    expect(state!.verdict).toContain("Accepted is not yet delivered");
    expect(state).toMatchObject({ ok: true, password_wo: null, tested_at: expect.stringMatching(/Z$/) });
    expect(state!.receivers).toEqual([
      { address: "oncall@example.com", status: "accepted", reply: expect.any(String), attempts: 1, remedy: null },
    ]);
    expect(Date.parse(state!.certificate_expires_at!)).toBeGreaterThan(Date.now());
    expect(state!.arrival).toBeNull();
  });

  it("asks the platforms too, each with the first receiver, and tells their view from this machine's", async () => {
    await start();
    const asked: unknown[] = [];
    const client = mailRuntime({
      platformTest: async (system, id, { receiver }) => {
        asked.push([system, id, receiver]);
        return system === "vrops"
          ? { status: "passed", detail: "sent by Prod SMTP" }
          : { status: "unavailable", detail: "no such call since 2024" };
      },
    });
    const via = [
      { system: "vrops", id: "plugin-1" },
      { system: "uipath", id: "tenant" },
    ];
    const { state } = await create(configuration({ via }), context(client));
    expect(asked).toEqual([
      ["vrops", "plugin-1", "oncall@example.com"],
      ["uipath", "tenant", "oncall@example.com"],
    ]);
    expect(state!.stages!.slice(-2).map(({ name, status }) => [name, status])).toEqual([
      ["vrops test plugin-1", "passed"],
      ["uipath test tenant", "unavailable"],
    ]);
    expect(state!.verdict).toContain("Seen from the platform too: the test of vrops passed.");
    expect(state!.verdict).toContain("Not known as seen from uipath");
    expect(state!.ok).toBe(true);
  });

  it("asks the platform even where this machine does not get through, and fails for its own reason", async () => {
    await start({ faults: { refuseClients: true } });
    const problem: Problem = {
      code: "vrops/test-failed",
      severity: "error",
      summary: "vROps could not reach the mail server",
      fix: "Open the flow.",
      path: ["smtp_host"],
      evidence: "connect timed out",
    };
    const client = mailRuntime({ platformTest: async () => ({ status: "failed", problem }) });
    const { error } = await create(configuration({ via: [{ system: "vrops", id: "p" }] }), context(client));
    expect(problemsOf(error).map(({ code, path }) => [code, path])).toEqual([
      ["mail/client-refused", undefined],
      ["vrops/test-failed", undefined],
    ]);
  });

  it.each([
    [new Error("socket hang up"), "mail/platform-test-failed"],
    [
      new ProblemError({ code: "vrops/not-configured", severity: "error", summary: "s", fix: "f" }),
      "vrops/not-configured",
    ],
  ])("turns what a platform's test throws into a failed stage", async (thrown, code) => {
    await start();
    const client = mailRuntime({ platformTest: async () => Promise.reject(thrown) });
    const { error } = await create(configuration({ via: [{ system: "vrops", id: "p" }] }), context(client));
    expect(problemsOf(error).map((problem) => problem.code)).toEqual([code]);
  });
});

it("tells two settings of one system apart, and hands on what it uses itself", async () => {
  await start();
  const asked: unknown[] = [];
  const client = mailRuntime({
    platformTest: async (_system, id, { smtp, receiver }) => {
      asked.push({ id, smtp, receiver });
      return { status: "passed", detail: "sent" };
    },
  });
  const via = [
    { system: "uipath", id: "tenant" },
    { system: "uipath", id: "host" },
  ];
  const declared = configuration({ via });
  const { state } = await create(declared, context(client));
  expect(state?.verdict).toContain("the test of uipath tenant and uipath host passed");
  const smtp = { host: declared.smtp_host, login: { username: declared.username, password: declared.password_wo } };
  expect(asked).toEqual(via.map(({ id }) => ({ id, smtp, receiver: declared.to[0] })));
});

describe("what is not creating", () => {
  const sent = () => ({
    ...configuration(),
    password_wo: null,
    id: "abc",
    ok: true,
    verdict: "accepted: yes",
    stages: [],
    receivers: [{ address: "oncall@example.com", status: "accepted", reply: "250 ok", attempts: 1, remedy: null }],
    certificate_valid_from: "2026-01-01T00:00:00.000Z",
    certificate_expires_at: "2027-01-01T00:00:00.000Z",
  });

  it("reads back the state as it is", async () => {
    await start();
    const prior = sent();
    const read = await testEmailResource.read({ prior, private: {}, imported: false }, context().given);
    expect(read).toBe(prior);
  });

  it("changes timeout and on_failure in place, keeps what was proved, and sends nothing", async () => {
    await start();
    const place = { folder: "INBOX", junk: false, latency_ms: 70 };
    const prior = { ...sent(), arrival: place, arrivals: [{ receiver: "oncall@example.com", ...place }] };
    const planned = {
      ...prior,
      timeout_seconds: 30,
      on_failure: "warn",
      id: null,
      verdict: null,
      stages: null,
      receivers: null,
      certificate_valid_from: null,
      certificate_expires_at: null,
      arrival: null,
      arrivals: null,
      ok: null,
    };
    const request = {
      planned,
      prior,
      config: planned,
      private: {},
      ownership: withoutOwnership,
      save: () => undefined,
    };
    const updated = await testEmailResource.update!(request, context().given);
    expect(updated).toEqual({ ...prior, timeout_seconds: 30, on_failure: "warn" });
    expect(server.inbox.messages).toEqual([]);
  });

  it("replaces a test that failed under warn once failing counts", async () => {
    await start();
    const prior = { ...sent(), ok: false, on_failure: "warn" };
    const plan = async (before: State, on_failure: string) => {
      const request: PlanRequest<typeof testEmailSchema> = {
        prior: before,
        planned: { ...before, on_failure },
        config: { ...before, on_failure },
        private: {},
        replace: new Set(),
      };
      await testEmailResource.plan!(request, planning(context().given));
      return [...request.replace];
    };
    expect(await plan(prior, "fail")).toEqual(["on_failure"]);
    expect(await plan(prior, "warn")).toEqual([]);
    expect(await plan({ ...prior, ok: true }, "fail")).toEqual([]);
  });

  it.each<[string, string | null, number, boolean]>([
    ["younger", "7d", 7 * 86_400_000 - 1, false],
    ["as old", "7d", 7 * 86_400_000, true],
    ["older", "1d12h", 14 * 86_400_000, true],
    ["old, and nobody minds", null, 14 * 86_400_000, false],
    ["from a clock that was ahead", "1h", -86_400_000, false],
  ])("tests again by itself when the last test is older than rerun_after: %s", async (_, rerun_after, age, again) => {
    await start();
    const prior = { ...sent(), rerun_after, tested_at: "2026-11-01T00:00:00.000Z" };
    const clock = { ...systemClock, now: () => Date.parse(prior.tested_at) + age };
    const { given, reported } = context({ ...mailRuntime(), clock });
    const request: PlanRequest<typeof testEmailSchema> = {
      prior,
      planned: { ...prior },
      config: prior,
      private: {},
      replace: new Set(),
    };
    await testEmailResource.plan!(request, planning(given));
    expect([...request.replace]).toEqual(again ? ["tested_at"] : []);
    expect(isUnknown(request.planned!.tested_at)).toBe(again);
    expect(reported.map(({ code }) => code)).toEqual(again ? ["mail/tested-long-ago"] : []);
    if (again) expect(problemDetail(reported[0]!)).toContain("rerun_after");
  });

  it("waits for the apply where the settings or rerun_after are not known yet", async () => {
    await start();
    const prior = { ...sent(), rerun_after: "1h", tested_at: "2020-01-01T00:00:00.000Z" };
    const { given } = context();
    const plan = async (rerun_after: string | typeof UNKNOWN, connect: () => Promise<undefined>) => {
      const planned = { ...prior, rerun_after } as never;
      const request = { prior, planned, config: planned, private: {}, replace: new Set<never>() };
      await testEmailResource.plan!(request, { ...planning(given), connect });
      return [...request.replace];
    };
    expect(await plan("1h", async () => undefined)).toEqual([]);
    expect(await plan(UNKNOWN, async () => undefined)).toEqual([]);
  });

  it("deletes nothing, successfully", async () => {
    await start();
    await expect(testEmailResource.delete({ prior: sent(), private: {} }, context().given)).resolves.toBeUndefined();
  });

  it("refuses an import and says why", async () => {
    await start();
    expect(() => testEmailResource.import!("abc", context().given)).toThrow(/cannot be imported/);
  });

  it("replaces for every configurable attribute but timeout_seconds, on_failure, rerun_after, fallback and the write-only password", () => {
    const inPlace = Object.entries(testEmailSchema.attributes)
      .filter(([, { presence, replace }]) => presence !== "computed" && !replace)
      .map(([name]) => name);
    expect(inPlace).toEqual(["password_wo", "timeout_seconds", "on_failure", "rerun_after", "fallback"]);
  });

  it("replaces for a change of the mailbox, but not for more patience with it or for what is left behind", () => {
    const rule = testEmailSchema.attributes.imap.replace as ReplaceRule<typeof IMAP>;
    expect(rule.when(IMAP, { ...IMAP, wait_seconds: 50, remove: true })).toBe(false);
    const others = Object.keys(IMAP).filter((name) => !["wait_seconds", "remove", "password_wo"].includes(name));
    for (const name of others) expect([name, rule.when(IMAP, { ...IMAP, [name]: UNKNOWN })]).toEqual([name, true]);
    expect([rule.when(null, IMAP), rule.when(IMAP, null)]).toEqual([true, true]);
  });

  it("does the same for a mailbox of a further receiver, and for one more or less", () => {
    const rule = testEmailSchema.attributes.more_mailboxes.replace as ReplaceRule<object[]>;
    const other = { ...IMAP, receiver: "lead@example.com" };
    expect(rule.when([IMAP, other], [IMAP, { ...other, wait_seconds: 50, remove: true }])).toBe(false);
    expect(rule.when([IMAP, other], [IMAP, { ...other, password_wo_version: 2 }])).toBe(true);
    expect([rule.when([IMAP], [IMAP, other]), rule.when([IMAP, other], [IMAP])]).toEqual([true, true]);
    expect([rule.when(null, [IMAP]), rule.when([IMAP], null)]).toEqual([true, true]);
  });
});
