import { X509Certificate } from "node:crypto";
import { presentedCertificate } from "../../../lib/systems/vrops/simulator/smtp-certificate";
import { emailPluginResource as resource } from "../../../lib/systems/vrops/email-plugin.resource";
import { notificationRuleResource } from "../../../lib/systems/vrops/notification-rule.resource";
import { startMailServer, type MailServer } from "../../../lib/mail/server";
import {
  emailPlugin,
  emptyLists,
  forgetLists,
  loseReply,
  nextRun,
  openRoom,
  passing,
  PASSWORD,
  problemOf,
  request,
  rule,
  SERVICE,
  type Room,
  type RoomOptions,
} from "./room";
import type { EmailPluginState } from "../../../lib/systems/vrops/email-plugin.schema";

const withPassword = { password_wo: PASSWORD };

async function create(room: Room, changes: Partial<EmailPluginState> = {}) {
  return resource.create(request(emailPlugin(changes), withPassword), room.context);
}

async function update(room: Room, prior: EmailPluginState, changes: Partial<EmailPluginState>, config = withPassword) {
  return resource.update!({ prior, ...request({ ...prior, ...changes }, config) }, room.context);
}

const read = (room: Room, prior: EmailPluginState) =>
  resource.read({ prior, private: {}, imported: false }, room.context);

function stored(room: Room, key: string): string | undefined {
  return room.state().plugins[0]?.configValues.find(({ name }) => name === key)?.value;
}

describe("outbound_vrops_email_plugin", () => {
  let room: Room;
  let mail: MailServer | undefined;
  afterEach(async () => {
    await room?.close();
    await mail?.close();
    mail = undefined;
  });
  const open = async (options?: RoomOptions) => (room = await openRoom(options));

  it("a port that is no number in vROps is told, read as none, and written anew", async () => {
    await open();
    const state = await create(room);
    room.intervene("edit-plugin", { configValues: { SMTP_PORT: "smtp" } });
    const again = { ...room.context, client: await nextRun(room) };
    const found = await resource.read({ prior: state, private: {}, imported: false }, again);
    expect(found).toEqual({ ...state, smtp_port: 0 });
    expect(room.reports).toMatchObject([{ code: "vrops/port-not-a-number", severity: "warning", got: '"smtp"' }]);
    await update(room, found!, { smtp_port: state.smtp_port });
    expect(stored(room, "SMTP_PORT")).toBe(String(state.smtp_port));
  });

  describe("creating", () => {
    it("makes a plugin that is enabled and reads back as declared", async () => {
      await open();
      const state = await create(room);
      expect(state.id).toMatch(/^[0-9a-f-]{36}$/);
      expect(state.password_wo).toBeNull();
      expect(room.writes()).toEqual(["POST /alertplugins", "PUT /alertplugins/ID/enable/true"]);
      expect(await read(room, state)).toEqual(state);
      expect(room.codes()).toEqual([]);
    });

    it("takes one that passes from another address although a list that is behind lacks it", async () => {
      const lists = emptyLists("/alertplugins");
      await open({ prepare: lists.prepare });
      const { id } = await create(room);
      lists.from();
      await forgetLists(room);
      const ownership = passing(id!);
      const state = await resource.create({ ...request(emailPlugin(), withPassword), ownership }, room.context);
      expect(state.id).toBe(id);
      expect(room.writes().filter((call) => call === "POST /alertplugins")).toHaveLength(1);
    });

    it("sends what the vendor's own tools send", async () => {
      let body: { configValues: { name: string; value: string }[] } | undefined;
      await open({
        prepare: (app) =>
          void app.addHook("preHandler", async (incoming) => {
            if (incoming.method === "POST" && incoming.url.endsWith("/alertplugins"))
              body = incoming.body as typeof body;
          }),
      });
      await create(room);
      expect(Object.fromEntries(body!.configValues.map(({ name, value }) => [name, value]))).toEqual({
        IS_SECURE_CONNECTION: "true",
        SECURE_CONNECTION_TYPE: "TLS",
        IS_REQUIRES_AUTHETICATION: "true",
        USERNAME: "alerts",
        PASSWORD,
        SMTP_HOST: "127.0.0.1",
        SMTP_PORT: "587",
        senderEmailAddress: "alerts@example.com",
        senderName: "Alerting",
      });
    });

    it("makes no second plugin when the reply to the creation is lost", async () => {
      await open({ prepare: (app) => loseReply(app, "POST", /\/alertplugins$/) });
      const state = await create(room);
      expect(room.state().plugins).toMatchObject([{ pluginId: state.id, name: "Prod SMTP", enabled: true }]);
      expect(room.writes().filter((write) => write.startsWith("POST"))).toHaveLength(1);
    });

    it("still accepts the pinned certificate when the reply that showed it is lost", async () => {
      mail = await startMailServer({ mode: "starttls" });
      await open({ prepare: (app) => loseReply(app, "POST", /\/alertplugins$/) });
      room.simulated.network.open(SERVICE, mail.host, mail.port);
      await create(room, { smtp_port: mail.port, trusted_certificate_thumbprint: mail.thumbprintSha1 });
      expect(room.writes()).toContain("PATCH /alertplugins");
    });

    it("takes over an equal plugin with a warning, and makes sure of its password", async () => {
      await open();
      const first = await create(room);
      const again = { ...room.context, client: await nextRun(room) };
      room.intervene("edit-plugin", { configValues: { PASSWORD: "somebody else's" } });
      const state = await resource.create(request(emailPlugin(), withPassword), again);
      expect(state.id).toBe(first.id);
      expect(room.codes()).toEqual(["vrops/adopted"]);
      expect(room.state().plugins).toHaveLength(1);
      expect(await logsInWith(room, PASSWORD)).toBe(true);
    });

    it("finishes what a killed run left disabled", async () => {
      await open();
      const first = await create(room);
      room.intervene("disable-plugin");
      const again = { ...room.context, client: await nextRun(room) };
      const state = await resource.create(request(emailPlugin(), withPassword), again);
      expect(state.id).toBe(first.id);
      expect(room.state().plugins).toMatchObject([{ enabled: true }]);
    });

    it("refuses a plugin of the same name with other settings, and prints the import command", async () => {
      await open();
      const first = await create(room, { smtp_host: "192.0.2.1" });
      const problem = await problemOf(create(room));
      expect(problem).toMatchObject({ code: "vrops/already-exists", path: ["name"] });
      expect(problem.fix).toContain(`terraform import outbound_vrops_email_plugin.NAME ${first.id}`);
      expect(problem.got).toContain('SMTP_HOST is "192.0.2.1", declared "127.0.0.1"');
      expect(room.state().plugins).toHaveLength(1);
    });

    it("takes it over and changes it when adopt_existing says so", async () => {
      await open();
      const first = await create(room, { smtp_host: "192.0.2.1" });
      const again = { ...room.context, client: await nextRun(room) };
      const state = await resource.create(request(emailPlugin({ adopt_existing: true }), withPassword), again);
      expect(state.id).toBe(first.id);
      expect(stored(room, "SMTP_HOST")).toBe("127.0.0.1");
      expect(room.codes()).toEqual(["vrops/adopted-changed"]);
    });
  });

  describe("certificates", () => {
    beforeEach(async () => {
      mail = await startMailServer({ mode: "starttls" });
    });
    const toServer = (pin: string | null) => ({ smtp_port: mail!.port, trusted_certificate_thumbprint: pin });
    const openWithFlow = async (options?: RoomOptions) => {
      await open(options);
      room.simulated.network.open(SERVICE, mail!.host, mail!.port);
    };

    it("shows thumbprint, issuer and expiry of an untrusted one, and leaves nothing behind", async () => {
      await openWithFlow();
      const problem = await problemOf(create(room, toServer(null)));
      expect(problem.code).toBe("vrops/untrusted-certificate");
      expect(problem.got).toContain(`thumbprint ${plain(mail!.thumbprintSha1)}`);
      expect(problem.got).toMatch(/issued by .+, expires \w+/);
      expect(room.state().plugins).toEqual([]);
    });

    it("does not accept another certificate than the pinned one", async () => {
      await openWithFlow();
      const pin = "AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD";
      const problem = await problemOf(create(room, toServer(pin)));
      expect(problem).toMatchObject({ code: "vrops/thumbprint-mismatch", expected: `thumbprint ${pin}` });
      expect(room.writes()).not.toContain("PATCH /alertplugins");
      expect(room.state().plugins).toEqual([]);
    });

    it("accepts the pinned one whatever the notation, before it enables the plugin", async () => {
      await openWithFlow();
      await create(room, toServer(mail!.thumbprintSha1));
      expect(room.writes()).toEqual(["POST /alertplugins", "PATCH /alertplugins", "PUT /alertplugins/ID/enable/true"]);
    });

    it.each(["guid-details", "guid-pem"])(
      "accepts by either digest one that vROps calls by a GUID (%s), and hands the GUID back",
      async (certificates) => {
        for (const digest of ["fingerprint", "fingerprint256"] as const) {
          const handles: unknown[] = [];
          const note = (body: unknown) =>
            handles.push(...((body as { certificates?: { thumbprint: string }[] } | undefined)?.certificates ?? []));
          await openWithFlow({
            vrops: { certificates },
            prepare: (app) =>
              void app.addHook("preHandler", async ({ method, body }) => {
                if (method === "PATCH") note(body);
              }),
          });
          const pin = (await certificateOf(mail!))[digest];
          await create(room, toServer(pin));
          expect(handles).toMatchObject([{ thumbprint: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f-]{27}$/) }]);
          expect(
            await room.client.plugins.test(room.state().plugins[0]!.pluginId, "a@example.com", room.context.signal),
          ).toMatchObject({ status: 200 });
          await room.close();
        }
      },
    );

    it("shows both digests of one that is called by a GUID, and how to print them for this server", async () => {
      await openWithFlow({ vrops: { certificates: "guid-details" } });
      const problem = await problemOf(create(room, toServer(null)));
      const { fingerprint, fingerprint256 } = await certificateOf(mail!);
      expect(problem.got).toContain(`thumbprint ${fingerprint256} (SHA-256), ${fingerprint} (SHA-1)`);
      expect(problem.fix).toContain(
        `openssl s_client -connect 127.0.0.1:${mail!.port} -starttls smtp </dev/null | openssl x509 -noout -fingerprint -sha256`,
      );
      expect(problem.fix).toContain(`trusted_certificate_thumbprint = "${fingerprint256}"`);
    });

    it("says of a GUID without a certificate that nobody can compare it", async () => {
      await openWithFlow({ vrops: { certificates: "guid" } });
      const problem = await problemOf(create(room, toServer(null)));
      expect(problem.fix).toContain("an id of its own, which nobody can compare");
    });

    it("says which digest there is when the pin is of another kind", async () => {
      await openWithFlow();
      const { fingerprint256 } = await certificateOf(mail!);
      const problem = await problemOf(create(room, toServer(fingerprint256)));
      expect(problem.code).toBe("vrops/thumbprint-mismatch");
      expect(problem.fix).toContain("no digest but SHA-1");
      expect(problem.fix).toContain("-fingerprint -sha1");
    });

    it("is not asked about one that vROps trusts", async () => {
      await openWithFlow({ vrops: { mailCa: mail!.ca } });
      await create(room, toServer(null));
      expect(room.writes()).not.toContain("PATCH /alertplugins");
    });

    it("keeps the previous settings, enabled, when an update leads to an untrusted server", async () => {
      await openWithFlow();
      const state = await create(room, { smtp_host: "192.0.2.1" });
      const problem = await problemOf(update(room, state, { smtp_host: "127.0.0.1", smtp_port: mail!.port }));
      expect(problem.code).toBe("vrops/untrusted-certificate");
      expect(stored(room, "SMTP_HOST")).toBe("192.0.2.1");
      expect(room.state().plugins).toMatchObject([{ enabled: true }]);
      expect(room.codes()).toEqual(["vrops/previous-settings-kept", "vrops/enabled-again"]);
      expect(await logsInWith(room, PASSWORD)).toBe(true);
    });
  });

  describe.each(["8.10", "8.18.3", "9.0", "9.1"])("updating in %s", (version) => {
    it("disables, writes, enables", async () => {
      await open({ vrops: { version } });
      const state = await create(room);
      const before = room.writes().length;
      const after = await update(room, state, { sender_name: "Alarms" });
      expect(room.writes().slice(before)).toEqual([
        "PUT /alertplugins/ID/enable/false",
        "PUT /alertplugins",
        "PUT /alertplugins/ID/enable/true",
      ]);
      expect(await read(room, state)).toEqual(after);
      expect(await logsInWith(room, PASSWORD)).toBe(true);
    });
  });

  describe("updating", () => {
    it("is one call when only the switch changes", async () => {
      await open();
      const state = await create(room);
      const before = room.simulated.requests.length;
      await update(room, state, { enabled: false });
      const requests = room.simulated.requests.slice(before).filter((made) => !made.startsWith("GET"));
      expect(requests).toHaveLength(1);
      expect(requests[0]).toMatch(/^PUT .*\/enable\/false$/);
    });

    it("makes no call when nothing changes in vROps", async () => {
      await open();
      const state = await create(room);
      const before = room.writes().length;
      await update(room, state, { adopt_existing: true });
      expect(room.writes()).toHaveLength(before);
    });

    it("keeps settings it does not know", async () => {
      await open();
      const state = await create(room);
      room.intervene("edit-plugin", { configValues: { VENDOR_EXTRA: "kept" } });
      await update(room, state, { sender_name: "Alarms" });
      expect(stored(room, "VENDOR_EXTRA")).toBe("kept");
      expect(stored(room, "isVMwareHostedEmailPlugin")).toBe("false");
    });

    it("takes out what belongs to a login when there is none any more", async () => {
      await open();
      const state = await create(room);
      await update(room, state, { username: null, security: "none" }, { password_wo: null as unknown as string });
      const keys = room.state().plugins[0]!.configValues.map(({ name }) => name);
      expect(keys).not.toEqual(expect.arrayContaining(["PASSWORD"]));
      expect(keys).not.toEqual(expect.arrayContaining(["USERNAME"]));
      expect(keys).not.toEqual(expect.arrayContaining(["SECURE_CONNECTION_TYPE"]));
    });

    it("writes although nothing visible changed when the version of the password was raised", async () => {
      await open();
      const state = await create(room);
      await update(room, state, { password_wo_version: 2 }, { password_wo: "a new password" });
      expect(await logsInWith(room, "a new password")).toBe(true);
    });

    it("writes once more when somebody else was faster (stale version, 8.x)", async () => {
      let meddled = 0;
      for (const version of ["8.10", "8.18.3"]) {
        await open({
          vrops: { version },
          prepare: (app) =>
            void app.addHook("preHandler", async (incoming) => {
              if (incoming.method === "PUT" && incoming.url.endsWith("/alertplugins") && meddled % 2 === 0) {
                meddled++;
                room.intervene("edit-plugin", { description: "by hand" });
              }
            }),
        });
        const state = await create(room);
        await update(room, state, { sender_name: "Alarms" });
        expect(stored(room, "senderName")).toBe("Alarms");
        expect(room.state().plugins).toMatchObject([{ enabled: true }]);
        meddled++;
        await room.close();
      }
    });

    it("enables the plugin again when the write fails, and reports both", async () => {
      await open({
        prepare: (app) =>
          void app.addHook("preHandler", async (incoming, reply) => {
            if (incoming.method === "PUT" && incoming.url.endsWith("/alertplugins")) {
              return reply.code(422).send({ message: "no thanks", httpStatusCode: 422 });
            }
          }),
      });
      const state = await create(room);
      const problem = await problemOf(update(room, state, { sender_name: "Alarms" }));
      expect(problem.evidence).toContain("no thanks");
      expect(room.codes()).toEqual(["vrops/enabled-again"]);
      expect(room.state().plugins).toMatchObject([{ enabled: true }]);
    });

    it("says loudly when the plugin stays disabled", async () => {
      let broken = false;
      await open({
        prepare: (app) =>
          void app.addHook("preHandler", async (incoming, reply) => {
            if (broken && /enable\/true|alertplugins$/.test(incoming.url) && incoming.method === "PUT") {
              return reply.code(422).send({ message: "no thanks" });
            }
          }),
      });
      const state = await create(room);
      broken = true;
      await problemOf(update(room, state, { sender_name: "Alarms" }));
      expect(room.reports).toMatchObject([{ code: "vrops/left-disabled", severity: "error" }]);
    });

    it("says that the plugin is gone", async () => {
      await open();
      const state = await create(room);
      room.intervene("delete-plugin");
      expect((await problemOf(update(room, state, { sender_name: "x" }))).code).toBe("vrops/vanished");
    });
  });

  describe.each(["omitted", "masked", "echoed"])("a password that vROps shows %s", (secretReadBack) => {
    it("is neither stored nor a difference", async () => {
      await open({ vrops: { secretReadBack } });
      const state = await create(room);
      const found = await read(room, state);
      expect(found).toEqual(state);
      expect(JSON.stringify(found)).not.toContain(PASSWORD);
      expect(room.redactor.redact(PASSWORD)).toBe("(redacted)");
    });

    it("is sent again with every write", async () => {
      await open({ vrops: { secretReadBack } });
      const state = await create(room);
      await update(room, state, { sender_name: "Alarms" });
      expect(await logsInWith(room, PASSWORD)).toBe(true);
      expect(room.codes()).toEqual([]);
    });

    it("is never replaced by a mask when the configuration does not give it", async () => {
      await open({ vrops: { secretReadBack, omittedSecret: "kept" } });
      const state = await create(room);
      await update(room, state, { sender_name: "Alarms" }, { password_wo: null as unknown as string });
      expect(await logsInWith(room, PASSWORD)).toBe(true);
      expect(room.codes()).toEqual(secretReadBack === "echoed" ? [] : ["vrops/secret-not-resent"]);
    });
  });

  describe("reading", () => {
    it("finds the same after an import, but for what vROps does not tell", async () => {
      await open();
      const state = await create(room);
      const imported = await resource.read(
        { prior: { id: state.id } as EmailPluginState, private: {}, imported: true },
        room.context,
      );
      expect(imported).toEqual({ ...state, password_wo_version: 1 });
    });

    it.each(["8.18.3", "9.1"])("sees in %s that the plugin is gone, however that is said", async (version) => {
      await open({ vrops: { version } });
      const state = await create(room);
      room.intervene("delete-plugin");
      await forgetLists(room);
      expect(await read(room, state)).toBeNull();
    });

    it("sees what was changed by hand", async () => {
      await open();
      const state = await create(room);
      room.intervene("edit-plugin", { configValues: { SMTP_PORT: "25", SECURE_CONNECTION_TYPE: "SSL" } });
      await forgetLists(room);
      expect(await read(room, state)).toMatchObject({ smtp_port: 25, security: "tls" });
    });

    it("shares one list among all who read", async () => {
      await open();
      const state = await create(room);
      await forgetLists(room);
      const before = room.simulated.requests.length;
      await Promise.all(Array.from({ length: 10 }, () => read(room, state)));
      expect(room.simulated.requests.slice(before)).toEqual(["GET /suite-api/api/alertplugins"]);
    });
  });

  describe.each(["8.10", "9.1"])("deleting in %s", (version) => {
    it("does not take rules along, and names them", async () => {
      await open({ vrops: { version } });
      const state = await create(room);
      await notificationRuleResource.create(request(rule({ plugin_id: state.id! })), room.context);
      const problem = await problemOf(resource.delete({ prior: state, private: {} }, room.context));
      expect(problem).toMatchObject({
        code: "vrops/has-dependents",
        got: 'notification rules "Critical to on-call"',
      });
      expect(room.state().rules).toHaveLength(1);
      expect(room.state().plugins).toHaveLength(1);
    });

    it("succeeds, and again when it is gone already", async () => {
      await open({ vrops: { version } });
      const state = await create(room);
      await resource.delete({ prior: state, private: {} }, room.context);
      expect(room.state().plugins).toEqual([]);
      await resource.delete({ prior: state, private: {} }, room.context);
    });
  });

  it("is not deleted while a report is mailed through it, and the report is named", async () => {
    await open();
    const state = await create(room);
    room.intervene("schedule-report", { report: "Capacity, weekly" });
    const problem = await problemOf(resource.delete({ prior: state, private: {} }, room.context));
    expect(problem.code).toBe("vrops/has-dependents");
    expect(problem.evidence).toContain('report schedule(s) "Capacity, weekly"');
    expect(room.state().plugins).toHaveLength(1);
  });

  it.each([
    ["8.18.3", ["vrops/reports-not-asked"]],
    ["9.0", []],
  ])("in %s says whether reports could not be asked about: %j", async (version, codes) => {
    await open({ vrops: { version } });
    const state = await create(room);
    await resource.delete({ prior: state, private: {} }, room.context);
    expect(room.codes()).toEqual(codes);
  });

  it("quotes vROps when a dependency shows only on deletion", async () => {
    await open({
      prepare: (app) =>
        void app.addHook("preHandler", async (incoming, reply) => {
          if (incoming.method === "DELETE") return reply.code(422).send({ message: "used by a report schedule" });
        }),
    });
    const state = await create(room);
    const problem = await problemOf(resource.delete({ prior: state, private: {} }, room.context));
    expect(problem.code).toBe("vrops/has-dependents");
    expect(problem.evidence).toContain("used by a report schedule");
  });
});

/** Whether the plugin as vROps holds it can log in with this password: tried with a real SMTP server. */
async function logsInWith(room: Room, password: string): Promise<boolean> {
  const server = await startMailServer({ mode: "plain", users: { alerts: password } });
  try {
    room.simulated.network.open(SERVICE, server.host, server.port);
    const plugin = room.state().plugins[0]!;
    room.intervene("edit-plugin", {
      configValues: { SMTP_HOST: server.host, SMTP_PORT: String(server.port), IS_SECURE_CONNECTION: "false" },
    });
    const properties = [{ name: "emailaddr", value: "probe@example.com" }];
    const body = { name: "probe", pluginId: plugin.pluginId, properties };
    await room.client.rules.objects.create("probe", { body }, () => true, room.context.signal);
    const [outcome] = (await room.intervene("raise-alert")) as { failure?: string }[];
    return outcome!.failure === undefined && server.inbox.messages[0]?.user === "alerts";
  } finally {
    await server.close();
  }
}

/** As the SMTP server shows it. */
async function certificateOf({ host, port }: MailServer): Promise<X509Certificate> {
  const query = { host, port, name: host, startTls: true, form: "guid-pem", newId: () => "none" } as const;
  return new X509Certificate((await presentedCertificate(query)).wire.certificate!);
}

const plain = (thumbprint: string) => thumbprint.replace(/:/g, "").toLowerCase();
