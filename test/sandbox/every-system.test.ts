import { startSandbox, type Sandbox } from "../../lib/sandbox";
import { systems } from "../../lib/systems";
import { rawClients, type Body, type Call, type RawClients } from "./raw-clients";

/** What makes one object of each kind, and where it is then listed and found by its id. */
interface Kind {
  readonly client: keyof RawClients;
  readonly type: string;
  /** As the vendor refuses it when names are unique; undefined: they are never. */
  readonly refusal: number | undefined;
  make(call: Call): ReturnType<Call>;
  readonly list: string;
  /** The path of the list in the whole address. */
  readonly path: string;
  ids(body: Body): readonly unknown[];
  one(id: unknown): string;
}

const KINDS: readonly Kind[] = [
  {
    client: "ovh",
    type: "outbound_ovh_vrops_flow",
    refusal: 409,
    make: (call) => call("POST", "", { ip: "203.0.113.25", servicePort: 587, description: "a" }),
    list: "",
    path: "/**/outgoingFlow",
    ids: (body) => body,
    one: (id) => `/${id}`,
  },
  {
    client: "vrops",
    type: "outbound_vrops_email_plugin",
    refusal: 400,
    make: (call) =>
      call("POST", "/alertplugins", {
        pluginTypeId: "StandardEmailPlugin",
        name: "mail",
        configValues: Object.entries({
          SMTP_HOST: "127.0.0.1",
          SMTP_PORT: "25",
          senderEmailAddress: "a@example.com",
        }).map(([name, value]) => ({ name, value })),
      }),
    list: "/alertplugins",
    path: "/**/alertplugins",
    ids: (body) => body.notificationPluginInstances.map((one) => one.pluginId),
    one: (id) => `/alertplugins/${id}`,
  },
  {
    client: "vrops",
    type: "outbound_vrops_notification_rule",
    refusal: 422,
    make: async (call) => {
      const { body } = await call("GET", "/alertplugins");
      const existing = body.notificationPluginInstances.find((one) => one.name === "log");
      const made = existing ?? (await call("POST", "/alertplugins", { pluginTypeId: "Log File", name: "log" })).body;
      return call("POST", "/notifications/rules", { name: "to mail", pluginId: made.pluginId });
    },
    list: "/notifications/rules",
    path: "/**/notifications/rules",
    ids: (body) => body.rules.map((one) => one.id),
    one: (id) => `/notifications/rules/${id}`,
  },
  {
    client: "uipath",
    type: "outbound_uipath_webhook",
    refusal: 409,
    make: (call) =>
      call("POST", "/Webhooks", {
        Name: "hook",
        Url: "https://example.com/hook",
        Enabled: true,
        SubscribeToAllEvents: true,
        AllowInsecureSsl: false,
      }),
    list: "/Webhooks",
    path: "/**/Webhooks",
    ids: (body) => body.value.map((one) => one.Id),
    one: (id) => `/Webhooks(${id})`,
  },
  {
    client: "uptrends",
    type: "outbound_uptrends_alert_definition",
    refusal: 403,
    make: (call) => call("POST", "/AlertDefinition", { AlertName: "prod", IsActive: true }),
    list: "/AlertDefinition",
    path: "/**/AlertDefinition",
    ids: (body) => body.map((one) => one.AlertDefinitionGuid),
    one: (id) => `/AlertDefinition/${id}`,
  },
  {
    client: "alertops",
    type: "outbound_alertops_inbound_integration",
    refusal: 400,
    make: (call) => call("POST", "", { inbound_integration_name: "prod", type: "API", enabled: true }),
    list: "",
    path: "/**/integrations/inbound",
    ids: (body) => body.inbound_integrations.map((one) => one.inbound_integration_id),
    one: (id) => `/${id}`,
  },
];

const UNIQUE = {
  ovh: { uniqueFlows: true },
  vrops: { uniqueNames: true },
  uipath: { uniqueNames: true },
  uptrends: { uniqueNames: true },
  alertops: { uniqueNames: true, byHand: [] },
};

describe.each(KINDS)("the sandbox's $type", (kind) => {
  let sandbox: Sandbox;
  let call: Call;
  const ours = () => sandbox.objects().filter(({ type }) => type === kind.type);
  const listed = async () => kind.ids((await call("GET", kind.list)).body);

  beforeAll(async () => {
    sandbox = await startSandbox({ systems, options: { alertops: { byHand: [] } } });
    call = (await rawClients(sandbox))[kind.client];
  });
  beforeEach(() => sandbox.reset());
  afterAll(() => sandbox.close());

  it("is told among what exists, as made by the API, and is gone after a reset", async () => {
    expect((await kind.make(call)).status).toBeLessThan(300);
    expect(ours()).toMatchObject([{ foreign: false }]);
    expect(ours()[0]).not.toMatchObject({ builtIn: true });
    const [id] = await listed();
    expect(ours()[0]!.id.split("/")).toContain(String(id));
    sandbox.reset();
    expect(ours()).toEqual([]);
    expect(await listed()).toEqual([]);
  });

  it("can be missing in a stale list, while it is found by its id", async () => {
    await kind.make(call);
    sandbox.faults.add({ method: "GET", path: kind.path, effect: { kind: "stale", from: "last-write" }, times: 2 });
    expect(await listed()).toEqual([]);
    expect(await listed()).toEqual([]);
    const [id] = await listed();
    expect((await call("GET", kind.one(id))).status).toBe(200);
  });

  it("can be left out of a list, while it is found by its id", async () => {
    await kind.make(call);
    const [id] = await listed();
    sandbox.faults.add({ method: "GET", path: "/**", effect: { kind: "omit", id: String(id) }, times: "always" });
    expect(await listed()).toEqual([]);
    expect((await call("GET", kind.one(id))).status).toBe(200);
  });

  it.each(["maintenance", "fake-success"] as const)("is still there when its deletion meets %s", async (effect) => {
    await kind.make(call);
    const [id] = await listed();
    sandbox.faults.add({ method: "DELETE", path: "/**", effect: { kind: effect } });
    await call("DELETE", kind.one(id)).catch(() => undefined);
    expect(await listed()).toEqual([id]);
  });

  it("is made twice by two callers at the same moment", async () => {
    const answers = await Promise.all([kind.make(call), kind.make(call)]);
    expect(answers.map(({ status }) => status < 300)).toEqual([true, true]);
    expect(await listed()).toHaveLength(2);
  });
});

describe.each(KINDS.filter(({ refusal }) => refusal))("where no two may be alike, the sandbox's $type", (kind) => {
  it("is refused to the second of two callers, in the vendor's form", async () => {
    const sandbox = await startSandbox({ systems, options: UNIQUE });
    try {
      const call = (await rawClients(sandbox))[kind.client];
      if (kind.type === "outbound_vrops_notification_rule") await call("POST", "/alertplugins", LOG);
      const answers = await Promise.all([kind.make(call), kind.make(call)]);
      expect(answers.map(({ status }) => (status < 300 ? "made" : status)).sort()).toEqual(
        [kind.refusal, "made"].sort(),
      );
      expect(JSON.stringify(answers)).toMatch(/exists/);
      expect(sandbox.objects().filter(({ type }) => type === kind.type)).toHaveLength(1);
    } finally {
      await sandbox.close();
    }
  });
});

const LOG = { pluginTypeId: "Log File", name: "log" };

describe("the sandbox with every system", () => {
  let sandbox: Sandbox;
  let clients: RawClients;
  beforeAll(async () => {
    sandbox = await startSandbox({ systems });
    clients = await rawClients(sandbox);
  });
  beforeEach(() => sandbox.reset());
  afterAll(() => sandbox.close());

  it("tells objects of every type that a resource manages", async () => {
    for (const kind of KINDS) await kind.make(clients[kind.client]);
    const [guid] = (await clients.uptrends("GET", "/AlertDefinition")).body.map((one) => one.AlertDefinitionGuid);
    const IntegrationGuid = (await clients.uptrends("GET", "/Integration")).body[0]!.IntegrationGuid;
    const attached = await clients.uptrends("POST", `/AlertDefinition/${guid}/EscalationLevel/1/Integration`, {
      IntegrationGuid,
      IsActive: true,
      SendOkAlerts: false,
      SendReminderAlerts: false,
    });
    expect(attached.status).toBe(201);
    for (const [place, kind] of [
      [`/AlertDefinition/${guid}`, "MonitorGroup"],
      [`/AlertDefinition/${guid}/EscalationLevel/1`, "OperatorGroup"],
    ]) {
      const [candidate] = (await clients.uptrends("GET", `/${kind}`)).body;
      const candidateGuid = Object.entries(candidate!).find(([name]) => name === `${kind}Guid`)![1];
      const made = await clients.uptrends("POST", `${place}/Member/${kind}/${candidateGuid}`);
      expect([kind, made.status]).toEqual([kind, 201]);
    }
    const entered = { name: "Alerts", sender: "a@example.com", host: "smtp.example.com", port: 587 };
    await sandbox.intervene("ksaar", "enter-connection", { ...entered, authentication: "PLAIN", secure: false });
    const told = new Set(sandbox.objects().map(({ type }) => type));
    const managed = systems.flatMap(({ resources }) => resources.map(({ schema }) => schema.type));
    expect([...told].sort()).toEqual([...managed].sort());
    expect(sandbox.objects().filter(({ foreign, builtIn }) => foreign && !builtIn)).toMatchObject([
      { system: "ksaar" },
    ]);
  });

  it("lets the last writer of a singleton win, and tells its settings", async () => {
    const organization = "3fa85f64-5717-4562-b3fc-2c963f66afa6";
    const untouched = sandbox.objects();
    const settings = (host: string) =>
      clients.uipath("POST", "/Settings/UiPath.Server.Configuration.OData.UpdateBulk", {
        settings: [{ Name: "Abp.Net.Mail.Smtp.Host", Value: host }],
      });
    const organizationMail = (host: string) =>
      clients.identity("PUT", "", {
        partitionGlobalId: organization,
        settings: [
          { key: "Email.Smtp.Host", value: host },
          { key: "Email.Smtp.Port", value: "587" },
          { key: "Email.Smtp.FromEmail", value: "a@example.com" },
        ],
      });
    for (const host of ["one.example.com", "two.example.com"]) {
      expect((await settings(host)).status).toBe(200);
      await organizationMail(host);
    }
    const settingsOf = (id: string) => sandbox.objects().find((one) => one.id === id)?.settings;
    expect(settingsOf("tenant")).toEqual({ "Abp.Net.Mail.Smtp.Host": "two.example.com" });
    expect(Object.values(settingsOf(`organization/${organization}`) ?? {})).toContain("two.example.com");
    sandbox.reset();
    expect(sandbox.objects()).toEqual(untouched);
  });

  it("makes the same ids again after a reset with the same seed", async () => {
    const ids = async (seed: number) => {
      sandbox.reset(seed);
      for (const kind of KINDS) await kind.make(clients[kind.client]);
      return sandbox.objects().map(({ id }) => id);
    };
    const first = await ids(7);
    expect(await ids(7)).toEqual(first);
    expect(await ids(8)).not.toEqual(first);
  });

  it("keeps logins and addresses through a reset", async () => {
    sandbox.reset();
    for (const kind of KINDS) expect((await clients[kind.client]("GET", kind.list)).status).toBe(200);
  });
});
