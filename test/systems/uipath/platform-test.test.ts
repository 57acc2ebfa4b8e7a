import { systemClock } from "../../../lib/core/clock";
import { explainServer } from "../../../lib/mail/diagnosis/refusals/explain-server";
import { startMailServer, Inbox, Authority, type MailServer } from "../../../lib/mail/server";
import type { PlatformTestRequest } from "../../../lib/core/platform-test";
import { connectSystem } from "../../../lib/systems/kit/connect";
import { platformTest } from "../../../lib/systems/uipath/platform-test";
import { createUiPathSimulator } from "../../../lib/systems/uipath/simulator";
import { systemMailResource } from "../../../lib/systems/uipath/system-mail.resource";
import { tenantMailResource } from "../../../lib/systems/uipath/tenant-mail.resource";
import { uipath } from "../../../lib/systems/uipath";
import type { UiPathClient } from "../../../lib/systems/uipath/client";
import { silentLogger } from "../../../lib/core/log";
import { Redactor } from "../../../lib/core/redaction";
import { memoryNetwork, startSimulated, type Simulated } from "../../support/simulated";
import { PASSWORD, request, runtimeWith, systemMail, tenantMail } from "./room";

const authority = Authority.create("Test CA");
let smtp: MailServer;
let inbox: Inbox;
let simulated: Simulated;
let client: UiPathClient;

beforeEach(async () => {
  inbox = new Inbox(systemClock);
  smtp = await startMailServer({
    users: { alerts: PASSWORD },
    certificate: { ...authority.issue({ name: "mail.example.com", hosts: ["127.0.0.1"] }), ca: authority.pem },
    inbox,
    clock: systemClock,
    random: Math.random,
    mode: "starttls",
    host: "127.0.0.1",
    port: 0,
  });
});

afterEach(async () => {
  await simulated?.close();
  await smtp.close();
});

async function open(options: Record<string, unknown> = {}, trusts = true) {
  simulated = await startSimulated(
    (world) => createUiPathSimulator({ ...world, ...(trusts ? { mailAuthority: authority.pem } : {}) }),
    { options: { uipath: options }, network: memoryNetwork() },
  );
  client = await connect();
}

const connect = () => connectSystem(uipath, null, runtimeWith(simulated.simulator.environment(simulated.url)));
const context = () => ({
  client,
  signal: new AbortController().signal,
  log: silentLogger,
  redactor: new Redactor(),
  report: () => undefined,
});
const test = (id: string, rest: Partial<PlatformTestRequest> = {}) =>
  platformTest(client, {
    id,
    receiver: "oncall@example.com",
    explainServer: (words) => explainServer(words, { host: "127.0.0.1", login: "alerts" }),
    signal: new AbortController().signal,
    ...rest,
  });

const tenant = (changes = {}, password = PASSWORD) =>
  tenantMailResource.create(
    request(tenantMail({ smtp_port: smtp.port, ...changes }), { password_wo: password }),
    context(),
  );
const organization = () =>
  systemMailResource.create(request(systemMail({ smtp_port: smtp.port }), { password_wo: PASSWORD }), context());

describe("the platform's own test", () => {
  it.each([
    ["a wrong password", {}, "wrong password", "uipath/test-login-refused"],
    ["no encryption", { enable_ssl: false }, PASSWORD, "uipath/test-encryption-required"],
    ["an unknown name", { smtp_host: "smtp.invalid" }, PASSWORD, "uipath/test-unknown-host"],
    ["a closed port", { smtp_port: 1 }, PASSWORD, "uipath/test-refused"],
  ])("fails at %s, and says what to do", async (_what, changes, password, code) => {
    await open();
    await tenant(changes, password);
    const result = await test("tenant");
    expect(result).toMatchObject({ status: "failed", problem: { code } });
    expect(inbox.messages).toHaveLength(0);
  });

  it("fails at a certificate that UiPath does not trust", async () => {
    await open({}, false);
    await tenant();
    expect(await test("tenant")).toMatchObject({ status: "failed", problem: { code: "uipath/test-certificate" } });
  });

  it("asks the firewall only when it is told to stand behind one", async () => {
    await open({ behindFlowsOf: "pcc-192-0-2-10" });
    await tenant();
    expect(await test("tenant")).toMatchObject({ status: "failed", problem: { code: "uipath/test-unreachable" } });
    simulated.network.open("pcc-192-0-2-10", "127.0.0.1", smtp.port);
    expect(await test("tenant")).toMatchObject({ status: "passed" });
  });

  it("is unavailable where the vendor has removed it, not failed", async () => {
    await open({ edition: "cloud" });
    await tenant();
    expect(await test("tenant")).toMatchObject({
      status: "unavailable",
      detail: expect.stringContaining("platform test unavailable"),
    });
    await simulated.close();
    await open({ internalIdentity: false });
    await organization();
    expect(await test("organization/3fa85f64-5717-4562-b3fc-2c963f66afa6")).toMatchObject({ status: "unavailable" });
  });

  it("really sends, for the tenant and for the organization", async () => {
    await open();
    await tenant();
    const { id } = await organization();
    expect(await test("tenant")).toMatchObject({ status: "passed" });
    expect(await test(id!)).toMatchObject({ status: "passed" });
    expect(inbox.messages.map(({ to }) => to)).toEqual([["oncall@example.com"], ["oncall@example.com"]]);
  });

  it("tests in mode default what is in force: the organization's settings in newer releases", async () => {
    await open();
    await organization();
    await tenant({ mode: "default" });
    const result = await test("tenant");
    expect(result).toMatchObject({
      status: "passed",
      detail: expect.stringContaining("the settings of the organization"),
    });
    expect(inbox.messages).toHaveLength(1);
  });

  it("tests in mode default the host's settings where the organization has none, and what Orchestrator shows of old", async () => {
    const hostSettings = {
      "Abp.Net.Mail.Smtp.Host": "127.0.0.1",
      "Abp.Net.Mail.Smtp.Port": "1",
      "Abp.Net.Mail.DefaultFromAddress": "old@example.com",
    };
    await open({ apiVersion: 14, hostSettings });
    expect(await test("tenant")).toMatchObject({ status: "failed", problem: { code: "uipath/test-refused" } });
    await simulated.close();

    const mail = { Host: "127.0.0.1", Port: String(smtp.port), FromEmail: "host@example.com", EnableSsl: "true" };
    const hostMail = Object.fromEntries(Object.entries(mail).map(([key, value]) => [`Email.Smtp.${key}`, value]));
    await open({ login: "host", tenant: "Host", hostMail });
    const result = await test("tenant");
    expect(result).toMatchObject({ status: "failed", problem: { code: "uipath/test-login-required" } });
  });

  it("says when alerts come, and where the test proves little", async () => {
    await open();
    await tenant();
    expect(await test("tenant")).toMatchObject({
      detail: expect.stringMatching(/only a real alert tells.*every ten minutes.*daily report.*time zone \(UTC\)/s),
    });
    await simulated.close();
    await open({ apiVersion: 11 });
    await tenant();
    expect(await test("tenant")).toMatchObject({ detail: expect.not.stringContaining("only a real alert tells") });
  });

  it("uses the login of the test mail when the password was written in an earlier run, but only for the same server and user", async () => {
    await open();
    await tenant();
    client = await connect();
    expect(await test("tenant")).toMatchObject({ status: "unavailable" });
    const login = { username: "alerts", password: PASSWORD };
    expect(await test("tenant", { smtp: { host: "smtp.example.com", login } })).toMatchObject({
      status: "unavailable",
    });
    expect(await test("tenant", { smtp: { host: "127.0.0.1", login: { ...login, username: "x" } } })).toMatchObject({
      status: "unavailable",
    });
    expect(inbox.messages).toHaveLength(0);
    expect(await test("tenant", { smtp: { host: "127.0.0.1", login } })).toMatchObject({ status: "passed" });
  });

  it("fails where nothing is configured, and for ids of something else", async () => {
    await open();
    expect(await test("tenant")).toMatchObject({ status: "failed", problem: { code: "uipath/nothing-to-test" } });
    await expect(test("42")).rejects.toThrow("uipath/bad-import-id");
  });
});

describe("an alert", () => {
  it("reaches the derived receivers, and nobody while alert mails are off", async () => {
    await open();
    await tenant({ alerts_enabled: false });
    expect(await simulated.simulator.interventions!["raise-alert"]!({})).toMatchObject({ sent: false });
    await client.tenant.update(new Map([["Alerts.Email.Enabled", "true"]]), context().signal);
    expect(await simulated.simulator.interventions!["raise-alert"]!({})).toMatchObject({ sent: true });
    expect(inbox.messages.map(({ to }) => to)).toEqual([["oncall@example.com"]]);
  });
});
