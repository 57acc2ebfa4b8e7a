import { outboundProvider } from "../../lib/provider/definition";
import { startSandbox, type Sandbox } from "../../lib/sandbox";
import { systems } from "../../lib/systems";
import { identityParts, idOfParts, partsOfId } from "../../lib/terraform-plugin/import-identity";
import { isUnknown, type ValueObject } from "../../lib/terraform-plugin/values";
import { WiredProvider, type Kept } from "../support/wired-provider";

/** What is declared of each type: an object, a change of it in place, and what it stands on. */
interface Row {
  readonly type: string;
  readonly config: (made: Made) => ValueObject | Promise<ValueObject>;
  readonly change: ValueObject;
  /** Why nothing of this type is imported. */
  readonly notImported?: string;
}

interface Made {
  /** The id of what an earlier row has made. */
  idOf(type: string): string;
  /** The id of what a data source finds by name. */
  found(type: string, name: string): Promise<string>;
  readonly sandbox: Sandbox;
}

const smtp = { smtp_host: "203.0.113.25", smtp_port: 587, sender_address: "alerts@example.com" };
const DEFINITION = "outbound_uptrends_alert_definition";
const patience = { timeouts: { create: "4m", read: null, update: null, delete: null } };
// GUIDs are the same whatever the case of their letters, and people copy them as they come.
const upper = (id: string) => id.toUpperCase();

const ROWS: readonly Row[] = [
  {
    type: "outbound_ovh_vrops_flow",
    config: () => ({ service_name: "pcc-192-0-2-10", ip: "203.0.113.25", port: 587, description: "relay" }),
    change: { description: "alerts" },
  },
  {
    type: "outbound_vrops_email_plugin",
    config: () => ({ name: "Prod SMTP", security: "starttls", ...smtp }),
    change: { name: "Production SMTP" },
  },
  {
    type: "outbound_vrops_plugin",
    config: () => ({ plugin_type_id: "Log File", name: "Alert log", config_values: { output_folder: "/var/log/a" } }),
    change: { name: "Alarms" },
  },
  {
    type: "outbound_vrops_notification_rule",
    config: ({ idOf }) => ({
      name: "Critical",
      plugin_id: idOf("outbound_vrops_email_plugin"),
      receivers: ["oncall@example.com"],
    }),
    change: { name: "On call" },
  },
  { type: "outbound_uipath_tenant_mail", config: () => smtp, change: { sender_name: "Alerting" } },
  { type: "outbound_uipath_system_mail", config: () => smtp, change: { sender_name: "UiPath" } },
  {
    type: "outbound_uipath_webhook",
    config: () => ({ name: "Hook", url: "https://hooks.example.com/alerts" }),
    change: { name: "Hooked" },
  },
  { type: DEFINITION, config: () => ({ name: "Prod", enabled: false }), change: { name: "Production" } },
  {
    type: "outbound_uptrends_escalation_level",
    config: ({ idOf }) => ({ alert_definition_id: idOf(DEFINITION), level: 1, threshold_error_count: 3 }),
    change: { threshold_error_count: 4 },
  },
  {
    type: "outbound_uptrends_integration_attachment",
    config: async ({ idOf, found }) => ({
      alert_definition_id: upper(idOf(DEFINITION)),
      level: 1,
      integration_id: await found("outbound_uptrends_integration", "Email"),
      extra_email_addresses: ["oncall@example.com"],
    }),
    change: { extra_email_addresses: ["noc@example.com"] },
  },
  {
    type: "outbound_uptrends_alert_definition_member",
    config: async ({ idOf, found }) => ({
      alert_definition_id: upper(idOf(DEFINITION)),
      monitor_id: await found("outbound_uptrends_monitor", "Shop"),
    }),
    change: patience,
  },
  {
    type: "outbound_uptrends_escalation_level_member",
    config: async ({ idOf, found }) => ({
      alert_definition_id: idOf(DEFINITION),
      level: 2,
      operator_group_id: upper(await found("outbound_uptrends_operator_group", "NOC")),
    }),
    change: patience,
  },
  {
    type: "outbound_alertops_inbound_integration",
    config: () => ({ name: "Uptrends on call", escalation_policy: "Standard", recipient_groups: ["NOC"] }),
    change: { enabled: false },
  },
  {
    type: "outbound_ksaar_smtp_connection",
    config: () => ({
      name: "Alerts",
      sender: smtp.sender_address,
      host: "203.0.113.25",
      port: 587,
      without_login: true,
      verify: "off",
    }),
    // Its id is its name: the object is the same one all the same.
    change: { name: "Alarms" },
    notImported: "there is no API to read it from",
  },
  {
    type: "outbound_test_email",
    config: ({ sandbox }) => ({
      ...reachable(sandbox),
      from_address: smtp.sender_address,
      to: ["oncall@example.com"],
      on_failure: "warn",
    }),
    change: { rerun_after: "30d" },
    notImported: "a test that was sent",
  },
];

const reachable = (sandbox: Sandbox): ValueObject => ({
  smtp_host: sandbox.environment()["OUTBOUND_SANDBOX_SMTP_HOST"]!,
  smtp_port: Number(sandbox.environment()["OUTBOUND_SANDBOX_SMTP_PORT"]),
});

const schemas = outboundProvider.resources.map(({ handler }) => handler.schema);
const schemaOf = (type: string) => schemas.find((one) => one.type === type)!;
const partsOf = (type: string, id: string) => {
  const { importIdentity, attributes } = schemaOf(type);
  return partsOfId(importIdentity, id, (name) => attributes[name]?.type ?? undefined);
};

let sandbox: Sandbox;
let provider: WiredProvider;
const made = new Map<string, { readonly kept: Kept; readonly config: ValueObject }>();

beforeAll(async () => {
  sandbox = await startSandbox({ record: false });
  provider = await WiredProvider.start(sandbox);
});
afterAll(async () => {
  await provider?.stop();
  await sandbox?.close();
});

const world: Made = {
  idOf: (type) => made.get(type)!.kept.state!["id"] as string,
  found: async (type, name) => (await provider.data(type, { name }))["id"] as string,
  get sandbox() {
    return sandbox;
  },
};

it("is told of every resource of the provider", async () => {
  const { identity_schemas: told } = await provider.succeed("GetResourceIdentitySchemas", {});
  expect(Object.keys(told as object).sort()).toEqual(schemas.map(({ type }) => type).sort());
  expect(ROWS.map(({ type }) => type).sort()).toEqual(schemas.map(({ type }) => type).sort());
});

describe.each(ROWS.map((row) => [row.type, row] as const))("the identity of %s", (type, row) => {
  const schema = schemaOf(type);
  const resource = () => provider.resource(schema);
  const ours = () => made.get(type)!;

  it("is unknown in the plan of a new object, and the parts of the import id after the apply", async () => {
    const config = await row.config(world);
    const planned = await resource().plan(null, config);
    // The name of a Ksaar connection is all the id that it has, so its plan knows it.
    const known = planned.state!["id"];
    const names = identityParts(schema.importIdentity).map(({ name }) => name);
    expect(Object.keys(planned.identity!).sort()).toEqual([...names].sort());
    if (isUnknown(known)) expect(Object.values(planned.identity!).every(isUnknown)).toBe(true);
    else expect(planned.identity).toEqual(partsOf(type, known as string));

    const kept = await resource().applied(null, config);
    made.set(type, { kept, config });
    const id = kept.state!["id"] as string;
    expect(kept.identity).toEqual(partsOf(type, id));
    expect(idOfParts(schema.importIdentity, kept.identity!)).toBe(id);
  });

  it("is the same after a reading, in a second plan and after an upgrade", async () => {
    const { kept, config } = ours();
    const read = await resource().read(kept);
    expect(read.identity).toEqual(kept.identity);
    expect((await resource().plan(read, config)).identity).toEqual(kept.identity);
    expect(await resource().upgradeIdentity(JSON.stringify(kept.identity))).toEqual(kept.identity);
  });

  it("is found anew where an older Terraform has kept none", async () => {
    const { kept, config } = ours();
    const without = { ...kept, identity: null };
    expect((await resource().read(without)).identity).toEqual(kept.identity);
    expect((await resource().plan(without, config)).identity).toEqual(kept.identity);
  });

  it("stays as it is when the object is changed in place", async () => {
    const { kept, config } = ours();
    const changed = { ...config, ...row.change };
    const planned = await resource().plan(kept, changed);
    expect(planned.replace).toBe(false);
    expect(planned.state).not.toEqual(kept.state);
    expect(planned.identity).toEqual(kept.identity);
    const after = await resource().applied(kept, changed);
    expect(after.identity).toEqual(kept.identity);
    expect((await resource().read(after)).identity).toEqual(kept.identity);
    made.set(type, { kept: after, config: changed });
  });

  if (row.notImported === undefined) {
    it("imports the same object as the id does", async () => {
      const { kept } = ours();
      const byId = await resource().import({ id: kept.state!["id"] as string });
      const byIdentity = await resource().import({ identity: kept.identity! });
      expect(byIdentity).toEqual(byId);
      expect(byIdentity.identity).toEqual(kept.identity);
      expect(byIdentity.state).toMatchObject({ id: kept.state!["id"] as string });
    });
  } else {
    it(`imports nothing: ${row.notImported}`, async () => {
      const { identity } = ours().kept;
      await expect(resource().import({ identity: identity! })).rejects.toThrow(/cannot be imported/);
    });
  }
});

it("is nothing that the plan of a deletion tells", async () => {
  const type = "outbound_vrops_email_plugin";
  const { kept } = made.get(type)!;
  const planned = await provider.resource(schemaOf(type)).plan(kept, null);
  expect([planned.state, planned.identity]).toEqual([null, null]);
});

it.each(systems.flatMap(({ resources }) => resources.map((one) => [one.schema.type, one] as const)))(
  "is told by the import id that the documentation of %s shows",
  (type, { words: { importId } }) => {
    if ("none" in importId) return;
    const parts = partsOf(type, importId.example);
    expect(idOfParts(schemaOf(type).importIdentity, parts!)).toBe(importId.example);
  },
);
