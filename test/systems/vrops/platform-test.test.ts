import { vrops } from "../../../lib/systems/vrops";
import { emailPluginResource } from "../../../lib/systems/vrops/email-plugin.resource";
import { notificationRuleResource } from "../../../lib/systems/vrops/notification-rule.resource";
import type { EmailPluginState } from "../../../lib/systems/vrops/email-plugin.schema";
import { explainServer } from "../../../lib/mail/diagnosis/refusals/explain-server";
import { startMailServer, type MailServer, type MailServerOptions } from "../../../lib/mail/server";
import { emailPlugin, openRoom, PASSWORD, request, rule, SERVICE, type Room, type RoomOptions } from "./room";

const RECEIVER = "oncall@example.com";

describe("the test call of vROps", () => {
  let room: Room;
  let mail: MailServer;
  afterEach(async () => {
    await room?.close();
    await mail?.close();
  });

  /** A plugin towards a real SMTP server, through an open flow. */
  async function set(
    changes: Partial<EmailPluginState> = {},
    server: Partial<MailServerOptions> = {},
    options: RoomOptions = {},
  ): Promise<string> {
    mail = await startMailServer({ mode: "starttls", users: { alerts: PASSWORD }, ...server });
    room = await openRoom({ ...options, vrops: { mailCa: mail.ca, ...options.vrops } });
    room.simulated.network.open(SERVICE, mail.host, mail.port);
    const planned = emailPlugin({ smtp_port: mail.port, ...changes });
    const state = await emailPluginResource.create(
      request(planned, { password_wo: planned.username === null ? null : PASSWORD }),
      room.context,
    );
    return state.id!;
  }

  const test = (id: string, receiver: string | undefined = RECEIVER) =>
    vrops.platformTest!(room.client, {
      id,
      receiver,
      explainServer: (words) => explainServer(words, { host: "127.0.0.1" }),
      signal: room.context.signal,
    });

  async function failure(id: string) {
    const result = await test(id);
    if (result.status !== "failed") throw new Error(`expected a failure, got ${result.status}`);
    return result.problem;
  }

  it.each(["starttls", "tls"] as const)("really sends a mail, over %s and with a login", async (security) => {
    const id = await set({ security }, { mode: security });
    expect(await test(id)).toEqual({ status: "passed", detail: expect.stringContaining(`for ${RECEIVER}`) });
    expect(mail.inbox.messages).toMatchObject([{ to: [RECEIVER], user: "alerts", from: "alerts@example.com" }]);
    expect(mail.inbox.messages[0]!.tls).toMatch(/^TLS/);
  });

  it("names the flow when the firewall is closed", async () => {
    const id = await set();
    room.simulated.network.close(SERVICE, mail.host, mail.port);
    const problem = await failure(id);
    expect(problem.code).toBe("vrops/test-unreachable");
    expect(problem.fix).toContain("outbound_ovh_vrops_flow");
    expect(problem.evidence).toContain("connect timed out");
    expect(mail.inbox.messages).toEqual([]);
  });

  it("names the credentials when the server refuses the login", async () => {
    const id = await set({}, { users: { alerts: "another password" } });
    const problem = await failure(id);
    expect(problem.code).toBe("vrops/test-login-refused");
    expect(problem.evidence).toContain("535");
  });

  it("names the thumbprint when the certificate was not seen at creation", async () => {
    const id = await set({ smtp_port: 1 }, {}, { vrops: { mailCa: undefined } });
    room.intervene("edit-plugin", { configValues: { SMTP_PORT: String(mail.port) } });
    const problem = await failure(id);
    expect(problem.code).toBe("vrops/test-certificate");
    expect(problem.fix).toContain("trusted_certificate_thumbprint");
  });

  it("sends over a pinned certificate", async () => {
    mail = await startMailServer({ mode: "starttls" });
    const pinned = mail.thumbprintSha1;
    room = await openRoom();
    room.simulated.network.open(SERVICE, mail.host, mail.port);
    const planned = emailPlugin({ smtp_port: mail.port, username: null, trusted_certificate_thumbprint: pinned });
    const state = await emailPluginResource.create(request(planned), room.context);
    expect((await test(state.id!)).status).toBe("passed");
  });

  it("names the port when nothing listens there", async () => {
    const id = await set({ security: "none" }, { mode: "plain" });
    const { port } = mail;
    await mail.close();
    const problem = await failure(id);
    expect(problem.code).toBe("vrops/test-refused");
    expect(problem.evidence).toContain("Connection refused");
    expect(port).toBeGreaterThan(0);
  });

  it("names the security when TLS meets plaintext", async () => {
    const id = await set({ security: "tls" }, { mode: "plain" });
    expect((await failure(id)).code).toBe("vrops/test-security-mismatch");
  });

  it("names STARTTLS when the server has none", async () => {
    const id = await set({ security: "starttls" }, { mode: "plain" });
    expect((await failure(id)).code).toBe("vrops/test-no-starttls");
  });

  it("names the name when it does not resolve", async () => {
    const id = await set({ smtp_host: "no-such-host.invalid" });
    expect((await failure(id)).code).toBe("vrops/test-unknown-host");
  });

  it("names the missing login when the server wants one", async () => {
    const id = await set({ username: null });
    expect((await failure(id)).code).toBe("vrops/test-login-required");
  });

  it("is unavailable in 8.10, which has no such call, while the plugin is there", async () => {
    const id = await set({}, {}, { vrops: { version: "8.10" } });
    const result = await test(id);
    expect(result).toMatchObject({ status: "unavailable" });
    expect(JSON.stringify(result)).toContain("8.10");
  });

  it.each(["8.10", "8.18.3", "9.1"])("fails in %s when the plugin is gone", async (version) => {
    const id = await set({}, {}, { vrops: { version } });
    room.intervene("delete-plugin");
    expect((await failure(id)).code).toBe("vrops/test-plugin-gone");
  });

  it("says that 9.0 chooses the receiver by itself", async () => {
    const id = await set({}, {}, { vrops: { version: "9.0" } });
    expect(await test(id)).toEqual({ status: "passed", detail: expect.stringContaining("VCF Operations 9.0.0.0") });
    expect(mail.inbox.messages).toMatchObject([{ to: ["alerts@example.com"] }]);
  });

  describe("an alert", () => {
    it("reaches the receivers of the matching rules, and nobody else", async () => {
      const id = await set();
      const context = room.context;
      await notificationRuleResource.create(
        request(rule({ plugin_id: id, resource_kinds: [{ adapter_kind: "VMWARE", resource_kind: "Datastore" }] })),
        context,
      );
      await notificationRuleResource.create(
        request(
          rule({
            name: "hosts",
            plugin_id: id,
            receivers: ["hosts@example.com"],
            resource_kinds: [{ adapter_kind: "VMWARE", resource_kind: "HostSystem" }],
          }),
        ),
        context,
      );
      await room.intervene("raise-alert", { criticality: "WARNING" });
      expect(mail.inbox.messages).toEqual([]);
      const outcomes = await room.intervene("raise-alert", { criticality: "CRITICAL" });
      expect(outcomes).toMatchObject([
        { rule: "Critical to on-call", receivers: ["noc@example.com", "oncall@example.com"] },
      ]);
      expect(mail.inbox.messages).toMatchObject([{ to: ["noc@example.com", "oncall@example.com"] }]);
      expect(mail.inbox.messages[0]!.subject).toContain("CRITICAL");
    });

    it("reaches nobody through a disabled plugin or a closed flow", async () => {
      const id = await set();
      await notificationRuleResource.create(request(rule({ plugin_id: id })), room.context);
      room.simulated.network.close(SERVICE, mail.host, mail.port);
      expect(await room.intervene("raise-alert")).toMatchObject([{ failure: expect.stringContaining("timed out") }]);
      room.intervene("disable-plugin");
      expect(await room.intervene("raise-alert")).toEqual([]);
    });
  });
});
