import { pluginResource as resource } from "../../../lib/systems/vrops/plugin.resource";
import type { PluginState } from "../../../lib/systems/vrops/plugin.schema";
import type { PlanRequest } from "../../../lib/terraform-plugin/resource";
import type { PluginSchema } from "../../../lib/systems/vrops/plugin.schema";
import { UNKNOWN, type Unknown } from "../../../lib/terraform-plugin/values";
import { planning } from "../../support/planning";
import { forgetLists, nextRun, openRoom, problemOf, problemsOf, request, type Room, type RoomOptions } from "./room";

const webhook = (changes: Partial<PluginState> = {}): PluginState => ({
  id: null,
  plugin_type_id: "WebhookPlugin",
  name: "Hook",
  description: null,
  config_values: { Url: "https://hooks.example.com/alerts", ConnectionCount: "5" },
  sensitive_config_values_wo: null,
  sensitive_config_values_wo_version: 1,
  enabled: true,
  trusted_certificate_thumbprint: null,
  adopt_existing: false,
  timeouts: null,
  ...changes,
});

const SECRET = { Password: "hook secret 1" };

describe("outbound_vrops_plugin", () => {
  let room: Room;
  afterEach(() => room?.close());
  const open = async (options?: RoomOptions) => (room = await openRoom(options));

  const plan = async (config: { [K in keyof PluginState]: PluginState[K] | Unknown | null }) =>
    resource.plan!(
      { prior: null, planned: config, config, private: {}, replace: new Set() } as PlanRequest<PluginSchema>,
      planning(room.context),
    );
  const create = (changes: Partial<PluginState> = {}, config: Partial<PluginState> = {}) =>
    resource.create(request(webhook(changes), config), room.context);
  const stored = () =>
    Object.fromEntries(room.state().plugins[0]!.configValues.map(({ name, value }) => [name, value]));

  describe("planning", () => {
    it("finds unknown keys, missing ones, wrong kinds and secrets in the open, all at once", async () => {
      await open();
      const problems = await problemsOf(
        plan(webhook({ config_values: { URL: "x", ConnectionCount: "many", Method: "GET", Password: "secret" } })),
      );
      expect(problems.map(({ code, path }) => `${code} ${path!.join(".")}`).sort()).toEqual([
        "vrops/missing-key config_values",
        "vrops/secret-in-the-open config_values.Password",
        "vrops/unknown-key config_values.URL",
        "vrops/wrong-kind config_values.ConnectionCount",
        "vrops/wrong-kind config_values.Method",
      ]);
      expect(problems.find(({ code }) => code === "vrops/unknown-key")!.fix).toBe('Did you mean "Url"?');
    });

    it("warns of a deprecated key and lets it pass", async () => {
      await open();
      await plan(webhook({ config_values: { Url: "x", Certificate: "y" } }));
      expect(room.reports).toMatchObject([{ code: "vrops/deprecated-key", path: ["config_values", "Certificate"] }]);
    });

    it("knows the types of this vROps", async () => {
      await open();
      const problem = await problemOf(plan(webhook({ plugin_type_id: "WebHookPlugin" })));
      expect(problem).toMatchObject({ code: "vrops/unknown-plugin-type", fix: 'Did you mean "WebhookPlugin"?' });
      expect(problem.expected).toContain("SNMP Trap");
    });

    it("leaves for later what is not known yet", async () => {
      await open();
      await plan({ ...webhook(), config_values: UNKNOWN });
      await plan({ ...webhook(), plugin_type_id: UNKNOWN });
      await plan({ ...webhook(), sensitive_config_values_wo: UNKNOWN, config_values: { Url: UNKNOWN as never } });
      expect(room.reports).toEqual([]);
    });

    it("does not show the value of a secret of the wrong kind", async () => {
      await open();
      const config = webhook({
        config_values: { Url: "x" },
        sensitive_config_values_wo: { ConnectionCount: "hush hush" },
      });
      expect(JSON.stringify(await problemsOf(plan(config)))).not.toContain("hush hush");
    });

    it("does not stand in the way when vROps is out of reach", async () => {
      await open();
      await room.client.release(room.context.signal);
      await room.close();
      await plan(webhook({ config_values: { nonsense: "x" } }));
      expect(room.reports).toEqual([]);
    });

    it("reads a type once for many plugins", async () => {
      await open();
      await Promise.all(Array.from({ length: 5 }, () => plan(webhook())));
      expect(room.simulated.requests.filter((made) => made.includes("/types/"))).toHaveLength(1);
    });
  });

  it("reads back the declared keys only, and never a secret", async () => {
    await open({ vrops: { secretReadBack: "echoed" } });
    const state = await create({}, { sensitive_config_values_wo: SECRET });
    expect(stored()).toMatchObject({ Password: "********" });
    room.intervene("edit-plugin", { configValues: { Method: "PUT" } });
    await forgetLists(room);
    const read = await resource.read({ prior: state, private: {}, imported: false }, room.context);
    expect(read).toEqual(state);
    const imported = await resource.read(
      { prior: { id: state.id } as PluginState, private: {}, imported: true },
      room.context,
    );
    expect(imported!.config_values).toEqual({ ...state.config_values, Method: "PUT" });
    expect(JSON.stringify([read, imported])).not.toContain(SECRET.Password);
  });

  it("takes out keys that are no longer declared and keeps those that never were", async () => {
    await open();
    const prior = await create({ config_values: { Url: "https://a.example.com", Method: "PUT" } });
    room.intervene("edit-plugin", { configValues: { VerifyHost: "true" } });
    const planned = { ...prior, config_values: { Url: "https://b.example.com" } };
    await resource.update!({ prior, ...request(planned) }, room.context);
    expect(stored()).toEqual({ Url: "https://b.example.com", VerifyHost: "true" });
    expect(room.state().plugins).toMatchObject([{ enabled: true }]);
  });

  it("does not write a mask back when the secret is not in the configuration, and says so", async () => {
    await open({ vrops: { secretReadBack: "masked" } });
    const bodies: string[] = [];
    await room.close();
    await open({
      vrops: { secretReadBack: "masked" },
      prepare: (app) =>
        void app.addHook("preHandler", async (incoming) => {
          if (incoming.method === "PUT") bodies.push(JSON.stringify(incoming.body ?? null));
        }),
    });
    const prior = await create({}, { sensitive_config_values_wo: SECRET });
    await resource.update!({ prior, ...request({ ...prior, description: "changed" }) }, room.context);
    expect(bodies.join()).toContain("changed");
    expect(bodies.join()).not.toContain("***");
    expect(room.reports).toMatchObject([{ code: "vrops/secret-not-resent", severity: "warning" }]);
    expect(room.reports[0]!.summary).toContain("Password");
  });

  it("works with type ids that have a space", async () => {
    await open();
    const state = await create(
      { plugin_type_id: "SNMP Trap", name: "Traps", config_values: { destination_addr: "192.0.2.9" } },
      { sensitive_config_values_wo: { community: "not public" } },
    );
    expect(state.id).toMatch(/^[0-9a-f-]{36}$/);
    expect(stored()).toEqual({ destination_addr: "192.0.2.9", community: "********" });
  });

  it("lets plugins of different types share a name", async () => {
    await open();
    await create({ name: "Same" });
    await create({ name: "Same", plugin_type_id: "Log File", config_values: null });
    expect(room.state().plugins).toHaveLength(2);
  });

  it("refuses to choose among several of the same name", async () => {
    await open();
    await create();
    await create({ name: "Other", config_values: { Url: "https://other.example.com" } });
    room.intervene("edit-plugin", { name: "Other", newName: "Hook" });
    const context = { ...room.context, client: await nextRun(room) };
    const problem = await problemOf(
      resource.create(request(webhook({ config_values: { Url: "https://third.example.com" } })), context),
    );
    expect(problem.code).toBe("vrops/ambiguous");
  });
});
