import { buildTopology, declaredIn, reachOf, alertPaths, type DeclaredResource } from "../../lib/topology";
import { flow, FLOW, plugin, PLUGIN, rule, RULE, test as testMail, TEST } from "../review/support/plan-json";

const at = (type: string, values: Record<string, unknown>, more: Partial<DeclaredResource> = {}): DeclaredResource => ({
  address: `${type}.this`,
  type,
  values,
  ...more,
});

const world = (over: { flow?: object; plugin?: object; rule?: object; test?: object | null }) =>
  buildTopology([
    at(FLOW, flow({ ...over.flow })),
    at(PLUGIN, plugin({ ...over.plugin })),
    at(RULE, rule({ ...over.rule })),
    ...(over.test === null ? [] : [at(TEST, testMail({ ...over.test }))]),
  ]);

describe("which flow a plugin's mail takes", () => {
  const reach = (over: Parameters<typeof world>[0]) => {
    const topology = world(over);
    return reachOf(topology.mailers[0]!, topology).kind;
  };

  it.each<[string, Parameters<typeof world>[0]]>([
    ["flow", {}],
    ["flow", { plugin: { smtp_host: "203.0.113.25" }, test: null }],
    ["likely", { test: null }],
    ["closed", { plugin: { smtp_host: "203.0.113.26" } }],
    ["closed", { plugin: { smtp_port: 465 } }],
    ["closed", { test: { declared_flows: ["203.0.113.99:587"] } }],
    ["unknown", { plugin: { smtp_host: undefined } }],
    ["unknown", { plugin: { smtp_port: undefined } }],
    ["likely", { flow: { ip: undefined }, plugin: { smtp_host: "203.0.113.25" } }],
  ])("%s: %j", (expected, over) => {
    expect(reach(over)).toBe(expected);
  });

  it("nobody can say where no flow is managed", () => {
    const topology = buildTopology([at(PLUGIN, plugin())]);
    expect(reachOf(topology.mailers[0]!, topology).kind).toBe("not-managed");
  });

  it("a flow for vROps does not let UiPath out", () => {
    const tenant = at("outbound_uipath_tenant_mail", {
      id: "tenant",
      mode: "custom",
      alerts_enabled: true,
      smtp_host: "203.0.113.25",
      smtp_port: 587,
      enable_ssl: true,
      sender_address: "a@example.com",
      username: null,
      use_default_credentials: false,
    });
    const topology = buildTopology([at(FLOW, flow()), tenant]);
    expect(reachOf(topology.mailers[0]!, topology).kind).toBe("not-managed");
  });
});

describe("what each system's resources mean", () => {
  const nodes = (type: string, values: Record<string, unknown>) => {
    const { flows, mailers, routes, tests } = buildTopology([at(type, values)]);
    return [...flows, ...mailers, ...routes, ...tests];
  };

  it("UiPath: encryption follows the switch and the port; the host's settings are not the tenant's", () => {
    const mail = {
      mode: "custom",
      smtp_host: "h",
      smtp_port: 465,
      enable_ssl: true,
      sender_address: "a@b.c",
      username: "u",
      use_default_credentials: false,
      alerts_enabled: true,
    };
    expect(nodes("outbound_uipath_tenant_mail", mail)[0]).toMatchObject({ smtp: { security: "tls", login: true } });
    expect(nodes("outbound_uipath_tenant_mail", { ...mail, smtp_port: 587 })[0]).toMatchObject({
      smtp: { security: "starttls" },
    });
    expect(nodes("outbound_uipath_tenant_mail", { ...mail, enable_ssl: false, username: null })[0]).toMatchObject({
      smtp: { security: "none", login: false },
    });
    expect(nodes("outbound_uipath_tenant_mail", { ...mail, mode: "default" })[0]).not.toHaveProperty("smtp");
  });

  it("Ksaar: without TLS from the first byte, the upgrade is only tried", () => {
    const connection = { name: "Alertes", host: "h", port: 587, secure: null, sender: "a@b.c", username: null };
    expect(nodes("outbound_ksaar_smtp_connection", connection)[0]).toMatchObject({
      smtp: { security: "starttls", opportunistic: true, login: false },
    });
    expect(nodes("outbound_ksaar_smtp_connection", { ...connection, port: 465 })[0]).toMatchObject({
      smtp: { security: "tls", opportunistic: false },
    });
  });

  it("a rule without any filter is known as one", () => {
    const bare = { ...rule(), criticalities: null };
    expect(nodes(RULE, bare)[0]).toMatchObject({ filtered: false, severities: null });
    expect(nodes(RULE, { ...bare, alert_definition_ids: ["x"] })[0]).toMatchObject({ filtered: true });
    expect(nodes(RULE, { ...bare, alert_definition_ids: undefined })[0]).toMatchObject({ filtered: undefined });
  });

  it("what says nothing about mail is passed over", () => {
    expect(nodes("null_resource", {})).toEqual([]);
  });
});

describe("who is told", () => {
  const told = (event: Parameters<typeof alertPaths>[1], over: Parameters<typeof world>[0] = {}) =>
    alertPaths(world(over), event).map(({ receiver, arrives }) => `${receiver}${arrives ? "" : " (blocked)"}`);

  it("depends on severity, kind and system", () => {
    const both = ["boss@example.com", "oncall@example.com"];
    expect(told({})).toEqual(both);
    expect(told({ severity: "critical" })).toEqual(both);
    expect(told({ severity: "WARNING" })).toEqual([]);
    expect(told({ system: "uipath" })).toEqual([]);
    const kinds = { rule: { resource_kinds: [{ adapter_kind: "VMWARE", resource_kind: "Datastore" }] } };
    expect(told({ resourceKind: "datastore" }, kinds)).toEqual(both);
    expect(told({ resourceKind: "VMWARE Datastore" }, kinds)).toEqual(both);
    expect(told({ resourceKind: "VirtualMachine" }, kinds)).toEqual([]);
  });

  it("nobody by a rule or a plugin that is switched off; blocked where no flow fits", () => {
    expect(told({}, { rule: { enabled: false } })).toEqual([]);
    expect(told({}, { plugin: { enabled: false } })).toEqual([]);
    expect(told({}, { flow: { port: 25 } })).toEqual(["boss@example.com (blocked)", "oncall@example.com (blocked)"]);
  });

  it("goes on from Uptrends through AlertOps to those whom AlertOps tells", () => {
    const integration = "outbound_alertops_inbound_integration.this";
    const topology = buildTopology([
      at("outbound_alertops_inbound_integration", {
        id: "7",
        name: "Uptrends",
        enabled: true,
        escalation_policy: null,
        recipient_groups: ["Night shift"],
        recipient_users: null,
      }),
      at(
        "outbound_uptrends_integration_attachment",
        { id: "a/1/b", level: 1, enabled: true, extra_email_addresses: null },
        { references: { variable_values_wo: [integration] } },
      ),
    ]);
    const ways = alertPaths(topology, { system: "uptrends" });
    expect(ways.map(({ receiver, onwards }) => [receiver, onwards.map(({ address }) => address)])).toEqual([
      ["group Night shift", [integration]],
    ]);
  });
});

describe("members of an alert definition and of its levels", () => {
  const definition = (id?: string) =>
    at("outbound_uptrends_alert_definition", {
      ...(id === undefined ? {} : { id }),
      name: "Prod",
      enabled: true,
      adopt_existing: false,
    });
  const member = (values: Record<string, unknown>, references?: readonly string[]) =>
    at("outbound_uptrends_alert_definition_member", values, {
      references: references === undefined ? {} : { alert_definition_id: references },
    });

  it("are of the definition that they refer to, made by the same apply or there already", () => {
    const [made] = buildTopology([definition(), member({}, ["outbound_uptrends_alert_definition.this"])]).members;
    expect(made!.of).toEqual({ source: "outbound_uptrends_alert_definition.this", id: undefined, step: null });
    const [there] = buildTopology([definition("a"), member({ alert_definition_id: "a" })]).members;
    expect(there!.of).toMatchObject({ source: "outbound_uptrends_alert_definition.this", id: "a" });
    const [elsewhere] = buildTopology([definition("a"), member({ alert_definition_id: "b" })]).members;
    expect(elsewhere!.of).toEqual({ id: "b", step: null });
  });

  it("are of the level that they name, as what is attached to it is", () => {
    const level = { alert_definition_id: "a", level: 2 };
    const { escalations, members, routes } = buildTopology([
      definition("a"),
      at("outbound_uptrends_escalation_level", { ...level, enabled: true }),
      at("outbound_uptrends_escalation_level_member", level),
      at("outbound_uptrends_integration_attachment", { ...level, enabled: true }),
    ]);
    const of = { source: "outbound_uptrends_alert_definition.this", id: "a", step: 2 };
    expect([escalations[0]!.of, members[0]!.of, routes[0]!.of]).toEqual([of, of, of]);
    expect(members[0]!.role).toBe("told");
  });
});

describe("a synthesised stack, without asking terraform", () => {
  const stack = {
    variable: { port: { default: 587 }, host: {} },
    resource: {
      [PLUGIN]: {
        smtp: {
          name: "Prod",
          smtp_host: "${var.host}",
          smtp_port: "${var.port}",
          sender_address: "a@example.com",
          password_wo: "literal-secret",
        },
      },
      [RULE]: {
        all: {
          name: "All",
          plugin_id: "${outbound_vrops_email_plugin.smtp.id}",
          receivers: ["a@example.com", "${var.host}"],
        },
      },
      other_thing: { x: {} },
    },
  };
  const topology = buildTopology(declaredIn(stack));

  it("takes literals, defaults of variables and of schemas, and leaves the rest open", () => {
    expect(topology.mailers[0]).toMatchObject({
      name: "Prod",
      enabled: true,
      smtp: { port: 587, security: "starttls", login: false },
    });
    expect(topology.mailers[0]!.smtp!.host).toBeUndefined();
    expect(topology.routes[0]).toMatchObject({
      via: { mailer: `${PLUGIN}.smtp` },
      severities: null,
      filtered: false,
      receivers: ["a@example.com", "(known after apply)"],
    });
  });

  it("has no secrets, and nothing where there is nothing", () => {
    expect(JSON.stringify(declaredIn(stack))).not.toContain("literal-secret");
    expect(declaredIn({})).toEqual([]);
    expect(declaredIn(null)).toEqual([]);
  });
});
