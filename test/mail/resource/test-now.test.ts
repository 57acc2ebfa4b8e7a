import { silentLogger } from "../../../lib/core/log";
import { ProblemError, problemDetail, type Problem } from "../../../lib/core/problem";
import { asProp } from "../../../lib/core/props";
import { Redactor } from "../../../lib/core/redaction";
import {
  probeAction,
  probeActionSchema,
  sendTestEmailAction,
  sendTestEmailSchema,
  testEmailResource,
  testEmailSchema,
  type MailRuntime,
} from "../../../lib/mail";
import { startMailServer, type MailServer, type MailServerOptions } from "../../../lib/mail/server";
import type { ActionContext } from "../../../lib/terraform-plugin/action";
import { withoutOwnership } from "../../../lib/terraform-plugin/ownership/without-ownership";
import type { StateOf } from "../../../lib/terraform-plugin/schema";
import { withDefaults } from "../../../lib/terraform-plugin/settle";
import { UNKNOWN } from "../../../lib/terraform-plugin/values";
import { mailRuntime } from "../../support/mail-runtime";

const PASSWORD = "correct horse battery";
let server: MailServer;
afterEach(() => server?.close());

async function start(options: Partial<MailServerOptions> = {}): Promise<void> {
  server = await startMailServer({ mode: "starttls", users: { alerts: PASSWORD }, ...options });
}

const declared = (overrides: object) => ({
  smtp_host: server.host,
  smtp_port: server.port,
  username: "alerts",
  ca_certificate: server.ca,
  from_address: "alerts@example.com",
  to: ["a@example.com", "b@example.com"],
  timeout_seconds: 10,
  ...overrides,
});

interface Invoked {
  readonly error: unknown;
  readonly problems: readonly Problem[];
  readonly progress: readonly string[];
  readonly reported: readonly Problem[];
}

async function invoke(
  action: typeof probeAction | typeof sendTestEmailAction,
  overrides: object = {},
  client: MailRuntime = mailRuntime({ environment: { SMTP_PASSWORD: PASSWORD } }),
  { signal = new AbortController().signal, onProgress = (_line: string): void => undefined } = {},
): Promise<Invoked> {
  const progress: string[] = [];
  const reported: Problem[] = [];
  const context: ActionContext<MailRuntime> = {
    client,
    signal,
    log: silentLogger,
    redactor: new Redactor(),
    report: (problem) => void reported.push(problem),
    progress(line) {
      progress.push(line);
      onProgress(line);
    },
  };
  const values = declared({ password_environment: "SMTP_PASSWORD", ...overrides });
  const config = withDefaults(action.schema.attributes, values);
  let error: unknown;
  try {
    await action.invoke(config as StateOf<typeof probeActionSchema> & StateOf<typeof sendTestEmailSchema>, context);
  } catch (thrown) {
    error = thrown;
  }
  return { error, problems: error instanceof ProblemError ? error.problems : [], progress, reported };
}

const wrongPassword = () => mailRuntime({ environment: { SMTP_PASSWORD: "wrong password" } });

describe("outbound_probe", () => {
  it("that is refused fails with stage, remedy and the whole table, and shows nothing after the stage", async () => {
    await start();
    const { problems, progress } = await invoke(probeAction, {}, wrongPassword());
    expect(problems).toHaveLength(1);
    expect(problems[0]!.summary).toMatch(/^The probe failed at AUTH: /);
    expect(problemDetail(problems[0]!)).toMatch(/What to do: .+[^]*failed at AUTH[^]*FAIL  AUTH/);
    expect(progress.at(-1)).toMatch(/^AUTH: failed: .*\(\d+ ms\)$/);
  });

  it("names each receiver that is refused", async () => {
    await start({ faults: { refuseReceivers: { "a@example.com": { code: 550, text: "5.1.1 User unknown" } } } });
    const { problems, progress } = await invoke(probeAction);
    expect(problems.map(({ summary }) => summary)).toEqual([
      expect.stringMatching(/^The probe failed at RCPT a@example\.com: /),
    ]);
    expect(progress.at(-1)).toMatch(/^RCPT b@example\.com: .* \(\d+ ms\)$/);
  });

  it("says that the variable of the password is not set, and connects nowhere", async () => {
    await start();
    for (const environment of [{}, { SMTP_PASSWORD: "" }]) {
      const { problems, progress } = await invoke(probeAction, {}, mailRuntime({ environment }));
      expect(problems).toMatchObject([{ code: "mail/password-missing", path: ["password_environment"] }]);
      expect(progress).toEqual([]);
    }
  });

  it("keeps the password out of everything, even when the server repeats it", async () => {
    await start({ hooks: { receiver: () => ({ code: 550, text: `5.7.1 I know ${PASSWORD}` }) } });
    const everything = JSON.stringify(await invoke(probeAction));
    expect(everything).toContain("I know (redacted)");
    expect(everything).not.toContain(PASSWORD);
  });

  it("is told to stop in the middle: the reason is its error, and nothing more is shown", async () => {
    await start();
    const controller = new AbortController();
    const reason = new Error("terraform was told to stop");
    const { error, progress } = await invoke(probeAction, {}, undefined, {
      signal: controller.signal,
      onProgress: (line) => line.startsWith("TCP") && controller.abort(reason),
    });
    expect(error).toBe(reason);
    expect(progress.filter((line) => !/^(config|DNS|TCP|banner: failed)/.test(line))).toEqual([]);
  });

  it("shows each stage once, in order, then how far it is proved, and sends nothing", async () => {
    await start();
    const { error, progress } = await invoke(probeAction);
    expect(error).toBeUndefined();
    expect(progress.map((line) => line.replace(/: .*/, ""))).toEqual([
      ...["config", "DNS", "TCP", "banner", "EHLO", "TLS", "EHLO over TLS", "AUTH", "MAIL"],
      ...["RCPT a@example.com", "RCPT b@example.com", "reachable"],
    ]);
    expect(progress[2]).toMatch(/^TCP: connected to 127\.0\.0\.1:\d+ \(\d+ ms\)$|^TCP: .*127\.0\.0\.1.*\(\d+ ms\)$/);
    expect(server.inbox.messages).toEqual([]);
  });
});

describe("outbound_send_test_email", () => {
  it("fails with the words of the resource", async () => {
    await start();
    const state = { ...declared({ password_wo: "wrong password" }) };
    const resource = await testEmailResource
      .create(
        {
          planned: withDefaults(testEmailSchema.attributes, state) as StateOf<typeof testEmailSchema>,
          config: withDefaults(testEmailSchema.attributes, state) as StateOf<typeof testEmailSchema>,
          private: {},
          save: () => undefined,
          ownership: withoutOwnership,
        },
        {
          client: mailRuntime(),
          signal: new AbortController().signal,
          log: silentLogger,
          redactor: new Redactor(),
          report: () => undefined,
        },
      )
      .catch((error: unknown) => error);
    const { problems } = await invoke(sendTestEmailAction, {}, wrongPassword());
    const said = (found: readonly Problem[]) =>
      found.map(({ code, summary, evidence }) => ({ code, summary, evidence }));
    expect(problems).toHaveLength(1);
    expect(said(problems)).toEqual(said((resource as ProblemError).problems));
    expect(problems[0]!.fix).not.toMatch(/password_wo/);
    expect(server.inbox.messages).toEqual([]);
  });

  it("names its own settings in a CDKTF program, too", async () => {
    await start();
    const client = { ...wrongPassword(), nameOfSetting: asProp };
    const { problems } = await invoke(sendTestEmailAction, {}, client);
    expect(problems[0]!.fix).not.toMatch(/password_wo|passwordWo/);
  });

  it("looks for the variable of the mailbox before it sends anything", async () => {
    await start();
    const imap = { host: "imap.example.com", username: "oncall", password_environment: "IMAP_PASSWORD" };
    const { problems } = await invoke(sendTestEmailAction, { imap, to: ["a@example.com"] });
    expect(problems).toMatchObject([{ code: "mail/mailbox-password-missing", path: ["imap", "password_environment"] }]);
    expect(server.inbox.messages).toEqual([]);
  });

  it("sends one mail, asks the platforms, and says how far that is proved", async () => {
    await start();
    const client = mailRuntime({
      environment: { SMTP_PASSWORD: PASSWORD },
      platformTest: async (system) =>
        system === "vrops"
          ? { status: "passed", detail: "sent by Prod SMTP" }
          : { status: "unavailable", detail: "none" },
    });
    const via = [
      { system: "vrops", id: "plugin-1" },
      { system: "uipath", id: "tenant" },
    ];
    const { error, progress } = await invoke(sendTestEmailAction, { via }, client);
    expect(error).toBeUndefined();
    expect(server.inbox.messages).toHaveLength(1);
    expect(progress.slice(-3)).toEqual([
      expect.stringMatching(/^vrops test plugin-1: sent by Prod SMTP \(\d+ ms\)$/),
      expect.stringMatching(/^uipath test tenant: unavailable: none \(\d+ ms\)$/),
      expect.stringContaining("Seen from the platform too: the test of vrops passed."),
    ]);
  });

  it("asks in a plan for the systems that it knows", () => {
    const asks = (via: unknown) => sendTestEmailAction.asks!({ via } as never);
    expect(asks(null)).toEqual([]);
    expect(asks(UNKNOWN)).toEqual([]);
    expect(
      asks([
        { system: "vrops", id: UNKNOWN },
        { system: UNKNOWN, id: "x" },
      ]),
    ).toEqual(["vrops"]);
  });
});

it.each([probeActionSchema, sendTestEmailSchema])("$type keeps no secret and gives back no value", ({ attributes }) => {
  const inner = "imap" in attributes ? attributes.imap.nested.attributes : {};
  for (const [name, attribute] of Object.entries({ ...attributes, ...inner })) {
    const { presence, replace, sensitive, writeOnly } = attribute;
    expect([name, presence]).toEqual([name, expect.stringMatching(/^(required|optional|defaulted)$/)]);
    expect([name, replace || sensitive || writeOnly || false]).toEqual([name, false]);
  }
});
