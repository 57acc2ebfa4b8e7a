import { alertOps } from "../../../lib/systems/alertops";
import type { AlertOpsClient } from "../../../lib/systems/alertops/client";
import { inboundIntegrationResource as resource } from "../../../lib/systems/alertops/inbound-integration.resource";
import type { InboundIntegrationState } from "../../../lib/systems/alertops/inbound-integration.schema";
import { createAlertOpsSimulator } from "../../../lib/systems/alertops/simulator";
import type { UrlMapping } from "../../../lib/systems/alertops/url-mapping.schema";
import { isUnknown, UNKNOWN } from "../../../lib/terraform-plugin/values";
import { planning } from "../../support/planning";
import { applyRequest, openSystem, problemsOf, type SystemRoom } from "../../support/system-room";

type State = InboundIntegrationState;

let room: SystemRoom<AlertOpsClient>;
afterEach(() => room?.close());

const open = async (options: Readonly<Record<string, unknown>> = {}) => {
  room = await openSystem(alertOps, createAlertOpsSimulator, { options });
};

const MAPPING: UrlMapping = {
  source: null,
  source_name: null,
  source_id: "id",
  source_status: "state",
  subject: null,
  long_text: null,
  open_alert_when: { field_name: null, type: "Contains", values: ["firing"] },
  close_alert_when: { type: "Contains", values: ["resolved"] },
  update_alert_when: null,
};

const declared = (changes: Partial<State> = {}): State => ({
  id: null,
  name: "Prod",
  enabled: true,
  escalation_policy: "Standard",
  recipient_groups: null,
  recipient_users: null,
  template_id: null,
  template_from: null,
  url_mapping: null,
  alerts_open_by: null,
  api_url_source: null,
  adopt_existing: false,
  timeouts: null,
  ...changes,
});

const create = (changes: Partial<State> = {}) => resource.create(applyRequest(declared(changes)), room.context);
const update = (prior: State, changes: Partial<State>) =>
  resource.update!({ ...applyRequest({ ...prior, ...changes }), prior }, room.context);
const read = async (prior: State, imported = false) =>
  resource.read({ prior, private: {}, imported }, await room.nextRun());

/** What the plan makes of a change, its hook included; computed attributes are as the engine leaves them to the hook. */
async function plan(changes: Partial<State>, prior: State | null = null) {
  const config = declared(changes);
  const open = { template_id: config.template_id ?? UNKNOWN, alerts_open_by: UNKNOWN };
  const kept = prior && { template_id: config.template_id ?? prior.template_id, alerts_open_by: prior.alerts_open_by };
  const planned = { ...config, ...(kept ?? open) };
  const replace = new Set<string>();
  const context = prior === null ? room.context : await room.nextRun();
  room.reports.splice(0);
  await resource.plan!({ prior, planned, config, private: {}, replace } as never, planning(context));
  return { planned, replace: [...replace] };
}

type Held = Record<string, unknown> & { api_settings?: { url_mapping?: Record<string, unknown> } };
const held = (id: string | null) =>
  (room.simulated.simulator.snapshot() as { integrations: Held[] }).integrations.find(
    (one) => String(one["inbound_integration_id"]) === id,
  )!;

describe("a template that is taken from an integration made by hand", () => {
  it("is looked up by the exact name, at plan and, where the plan could not, at creation", async () => {
    await open();
    expect((await plan({ template_from: "Uptrends" })).planned).toMatchObject({ template_id: 118 });
    const state = await create({ template_from: "Uptrends" });
    expect(state).toMatchObject({ template_id: 118, template_from: "Uptrends", alerts_open_by: "template" });
    expect(held(state.id)).toMatchObject({ inbound_template_id: 118 });
    expect(room.codes()).toEqual(["alertops/url-derived"]);
  });

  it("is refused with the names that are near", async () => {
    await open();
    const [problem] = await problemsOf(plan({ template_from: "uptrend" }));
    expect(problem).toMatchObject({ code: "alertops/no-such-model", path: ["template_from"] });
    expect(problem).toMatchObject({
      expected: 'one of "Uptrends"',
      fix: expect.stringMatching(/^Did you mean "Uptrends"\?/) as string,
    });
    expect(room.requests("POST")).toEqual([]);
  });

  it.each([
    ["that has none", [{ name: "Mine" }], "no-template"],
    [
      "of which there are two, of different templates",
      [{ name: "Mine" }, { name: "Mine", template: 118 }],
      "ambiguous-template",
    ],
  ])("is refused for one %s", async (_, byHand, code) => {
    await open({ byHand });
    expect((await problemsOf(plan({ template_from: "Mine" })))[0]).toMatchObject({ code: `alertops/${code}` });
  });

  it("may come from one of several that agree", async () => {
    await open({ byHand: [1, 2].map(() => ({ name: "Mine", template: 118 })) });
    expect((await plan({ template_from: "Mine" })).planned.template_id).toBe(118);
  });

  it("stays what it is when the model is gone, and replaces when another name means another template", async () => {
    const other = { id: 7, name: "Other", mapping: {} };
    await open({
      byHand: [
        { name: "Uptrends", template: 7 },
        { name: "Other", template: 7 },
      ],
      templates: [other, { ...other, id: 8 }],
    });
    const state = await create({ template_from: "Uptrends" });
    const from = { template_from: "Uptrends" };
    room.intervene("delete-integration", { id: 4001 });
    expect(await plan(from, state)).toMatchObject({ planned: { template_id: 7 }, replace: [] });
    expect(await plan({ template_from: "Other" }, state)).toMatchObject({ planned: { template_id: 7 }, replace: [] });
    room.intervene("edit-integration", { id: 4002, set: { inbound_template_id: 8 } });
    expect(await plan({ template_from: "Other" }, state)).toMatchObject({
      planned: { template_id: 8 },
      replace: ["template_id"],
    });
  });

  it("is not said twice", () => {
    const said = resource.schema.checks!.flatMap(({ check }) =>
      check(declared({ template_id: 1, template_from: "x" }) as never),
    );
    expect(said.map(({ code }) => code)).toEqual(["alertops/two-templates"]);
  });
});

describe("an integration without template and mapping", () => {
  it("is warned of in every plan, and not once it has either", async () => {
    await open();
    await plan({});
    expect(room.codes()).toEqual(["alertops/nothing-opens-alerts"]);
    const state = await create();
    expect(state.alerts_open_by).toBe("nothing");
    const next = await plan({ name: "Prod" }, (await read(state)) as State);
    expect(next.planned.alerts_open_by).toBe("nothing");
    expect(room.codes().filter((code) => code === "alertops/nothing-opens-alerts")).toHaveLength(1);
  });

  it.each([
    ["a template", { template_id: 118 }],
    ["a mapping", { url_mapping: MAPPING }],
    ["a name that is known later", { template_from: UNKNOWN as never }],
  ])("is not what one with %s is", async (_, changes) => {
    await open();
    const { planned } = await plan(changes);
    expect(room.codes()).toEqual([]);
    expect(isUnknown(planned.alerts_open_by)).toBe(true);
  });

  it("is none any more when somebody has mapped it by hand, which is left as it is", async () => {
    await open();
    const state = await create();
    const mapping = { source_id: "id", source_status: "state" };
    room.intervene("edit-integration", { id: state.id, set: { api_settings: { url_mapping: mapping } } });
    const now = (await read(state)) as State;
    expect(now).toMatchObject({ alerts_open_by: "url_mapping", url_mapping: null });
    await plan({}, now);
    expect(room.codes()).toEqual([]);
    await update(now, { enabled: false });
    expect(held(state.id).api_settings).toEqual({ url_mapping: mapping });
  });
});

describe("a mapping", () => {
  it("is sent with the source that AlertOps wants, over what is there, and seen again", async () => {
    await open();
    const state = await create({ url_mapping: MAPPING });
    expect(state).toMatchObject({ url_mapping: MAPPING, alerts_open_by: "url_mapping" });
    expect(held(state.id).api_settings!.url_mapping).toMatchObject({
      source: "Prod",
      source_name: "Prod",
      static: true,
      source_id: "id",
      open_alert_when: { type: "Contains", values: ["firing"] },
    });
    const more = { ...held(state.id).api_settings!.url_mapping, severity: "level" };
    room.intervene("edit-integration", { id: state.id, set: { api_settings: { url_mapping: more } } });
    const changed = { ...MAPPING, source_name: "host", subject: "title" };
    expect(await update(state, { url_mapping: changed })).toMatchObject({ url_mapping: changed });
    expect(held(state.id).api_settings!.url_mapping).toMatchObject({
      severity: "level",
      source_name: "host",
      static: false,
    });
  });

  it("that somebody changes or removes outside is drift", async () => {
    await open();
    const state = await create({ url_mapping: MAPPING });
    const { url_mapping } = held(state.id).api_settings!;
    const set = (mapping: unknown) =>
      room.intervene("edit-integration", { id: state.id, set: { api_settings: { url_mapping: mapping } } });
    set({ ...url_mapping, open_alert_when: { type: "Contains", values: ["up"] } });
    expect((await read(state))!.url_mapping).toMatchObject({ open_alert_when: { values: ["up"] } });
    set(null);
    expect(await read(state)).toMatchObject({ url_mapping: null, alerts_open_by: "nothing" });
  });

  it("that is declared no more is taken away, and then nothing opens an alert", async () => {
    await open();
    const state = await create({ url_mapping: MAPPING });
    expect((await plan({}, state)).planned.alerts_open_by).toBe("nothing");
    expect(room.codes()).toContain("alertops/nothing-opens-alerts");
    expect(await update(state, { url_mapping: null })).toMatchObject({ url_mapping: null, alerts_open_by: "nothing" });
    expect(held(state.id).api_settings!.url_mapping).toBeNull();
  });

  it.each(["hidden", "ignored"])(
    "that is %s is not known to be kept: that is said once, and no plan is endless",
    async (mapping) => {
      await open({ mapping });
      const state = await create({ url_mapping: MAPPING });
      expect(state).toMatchObject({ url_mapping: MAPPING, alerts_open_by: "unconfirmed" });
      expect(room.codes()).toContain("alertops/mapping-not-shown");
      const now = await read(state);
      expect(now).toEqual(state);
      await plan({ url_mapping: MAPPING }, now as State);
      expect(room.codes()).toEqual([]);
    },
  );

  it("is imported as it is, except one that a template has brought along", async () => {
    await open({ showsTemplateMapping: true });
    const own = await create({ url_mapping: { ...MAPPING, source: "Grafana", source_name: "host" } });
    const prior = { ...declared(), id: own.id, name: undefined } as never;
    expect(await read(prior, true)).toMatchObject({
      url_mapping: { ...MAPPING, source: "Grafana", source_name: "host" },
      alerts_open_by: "url_mapping",
    });
    const byTemplate = await create({ name: "Other", template_id: 118 });
    expect(await read({ ...declared(), id: byTemplate.id, name: undefined } as never, true)).toMatchObject({
      url_mapping: null,
      template_id: 118,
      alerts_open_by: "template",
    });
  });

  it("is imported without what AlertOps has filled in by itself", async () => {
    await open();
    const { id } = await create({ url_mapping: MAPPING });
    const imported = await read({ ...declared(), id, name: undefined } as never, true);
    expect(imported).toMatchObject({ url_mapping: { ...MAPPING, source: null, source_name: null } });
  });

  it("ends the URL with its source, where the URL is worked out", async () => {
    await open();
    const { id } = await create({ url_mapping: { ...MAPPING, source: "Grafana" } });
    const url = room.client.urlOf((await room.client.integrations.get(id!, room.context.signal))!);
    expect(url).toMatchObject({ source: "derived", url: expect.stringMatching(/\/Grafana$/) as string });
  });
});
