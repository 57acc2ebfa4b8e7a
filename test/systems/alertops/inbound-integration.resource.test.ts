import { alertOps } from "../../../lib/systems/alertops";
import type { AlertOpsClient } from "../../../lib/systems/alertops/client";
import { inboundIntegrationResource as resource } from "../../../lib/systems/alertops/inbound-integration.resource";
import type { InboundIntegrationState } from "../../../lib/systems/alertops/inbound-integration.schema";
import { inboundUrlEphemeral } from "../../../lib/systems/alertops/inbound-url.ephemeral";
import { createAlertOpsSimulator } from "../../../lib/systems/alertops/simulator";
import { withoutOwnership } from "../../../lib/terraform-plugin/ownership/without-ownership";
import {
  applyRequest,
  loseReply,
  maintenance,
  openSystem,
  problemsOf,
  type SystemRoom,
  type SystemRoomOptions,
} from "../../support/system-room";
import { planning } from "../../support/planning";

let room: SystemRoom<AlertOpsClient>;
afterEach(() => room?.close());

async function open(options: SystemRoomOptions = {}): Promise<void> {
  room = await openSystem(alertOps, createAlertOpsSimulator, options);
}

function integration(changes: Partial<InboundIntegrationState> = {}): InboundIntegrationState {
  return {
    id: null,
    name: "Uptrends prod",
    enabled: true,
    escalation_policy: "Standard",
    recipient_groups: ["NOC"],
    recipient_users: null,
    template_id: null,
    template_from: null,
    url_mapping: null,
    alerts_open_by: null,
    api_url_source: null,
    adopt_existing: false,
    timeouts: null,
    ...changes,
  };
}

const create = (changes: Partial<InboundIntegrationState> = {}) =>
  resource.create(applyRequest(integration(changes)), room.context);

interface Held {
  inbound_integration_id: number;
  enabled?: boolean;
  [field: string]: unknown;
}
/** Those of the tests; one is there from the beginning, made by hand. */
const held = () =>
  (room.simulated.simulator.snapshot() as { integrations: Held[] }).integrations.filter(
    (one) => one["inbound_integration_name"] !== "Uptrends",
  );

it("tells that somebody else has made one of the same name meanwhile", async () => {
  let made = false;
  await open({
    prepare: (app) =>
      app.addHook("preHandler", async (incoming) => {
        if (made || incoming.method !== "POST" || !incoming.url.includes("/integrations/inbound")) return;
        made = true;
        room.intervene("add-integration", incoming.body);
      }),
  });
  const { id } = await create();
  const ids = held().map(({ inbound_integration_id: one }) => String(one));
  expect(ids).toHaveLength(2);
  const [told, ...more] = room.reports.filter(({ code }) => code === "alertops/appeared-meanwhile");
  expect([told?.got, more]).toEqual([`ids ${id}, ${ids.find((one) => one !== id)}`, []]);
});

describe("names that AlertOps is told", () => {
  it("must be exact: a near one is refused, with the candidates", async () => {
    await open();
    const [problem] = await problemsOf(create({ recipient_groups: ["noc"] }));
    expect(problem).toMatchObject({ code: "alertops/unknown-name", path: ["recipient_groups"], got: '"noc"' });
    expect(problem!.expected).toBe('one of "NOC", "NOC-night"');
    expect(problem!.fix).toContain('Did you mean "NOC"?');
    expect(room.requests("POST")).toEqual([]);
  });

  it("are all looked through when nothing like the given one is there", async () => {
    await open();
    const problems = await problemsOf(create({ escalation_policy: "Stadnard", recipient_users: ["jnae@example.org"] }));
    expect(problems.map(({ fix }) => fix)).toEqual([
      expect.stringContaining('Did you mean "Standard"?'),
      expect.stringContaining('Did you mean "jane@example.org"?'),
    ]);
  });

  it("must not belong to two", async () => {
    await open({ options: { groups: ["NOC", "NOC"] } });
    expect((await problemsOf(create()))[0]!.code).toBe("alertops/ambiguous-name");
  });

  it("are a warning at plan, because the plan may be about to make them", async () => {
    await open();
    const planned = integration({ recipient_groups: ["NOC-day"], template_id: 118 });
    await resource.plan!(
      { prior: null, planned, config: planned, private: {}, replace: new Set() } as never,
      planning(room.context),
    );
    expect(room.reports).toMatchObject([{ code: "alertops/unknown-name", severity: "warning" }]);
  });
});

describe("an inbound integration", () => {
  it("that is disabled is really sent as disabled, at creation and later", async () => {
    await open();
    const state = await create({ enabled: false });
    expect(held()[0]!.enabled).toBe(false);
    const on = { ...state, enabled: true };
    await resource.update!({ ...applyRequest(on), prior: state }, room.context);
    await resource.update!({ ...applyRequest(state), prior: on }, room.context);
    expect(held()[0]!.enabled).toBe(false);
  });

  it("keeps what is not managed, although a PUT replaces the whole", async () => {
    await open();
    const state = await create();
    const mapping = { url_mapping: { source_id: "incidentKey" } };
    await room.intervene("edit-integration", { id: state.id, set: { api_settings: mapping } });
    await resource.update!({ ...applyRequest({ ...state, recipient_groups: [] }), prior: state }, room.context);
    expect(held()[0]).toMatchObject({ api_settings: mapping, recipient_groups: [], type: "API" });
  });

  it("that is there already, equal, is taken over and said so", async () => {
    await open();
    const { id } = await create();
    const state = await resource.create(applyRequest(integration()), await room.nextRun());
    expect(state.id).toBe(id);
    expect(room.codes()).toContain("alertops/adopted");
    expect(held()).toHaveLength(1);
  });

  it("that is there already, different, is refused with the import command, or changed when that is wanted", async () => {
    await open();
    await create({ enabled: false });
    const [problem] = await problemsOf(resource.create(applyRequest(integration()), await room.nextRun()));
    expect(problem).toMatchObject({ code: "alertops/already-exists", got: "enabled is false, declared true" });
    expect(problem!.fix).toContain("terraform import outbound_alertops_inbound_integration.NAME 4711");
    await resource.create(applyRequest(integration({ adopt_existing: true })), await room.nextRun());
    expect(held()).toMatchObject([{ enabled: true }]);
  });

  it("of which the creation's reply was lost is found, not made twice", async () => {
    await open({ prepare: (app) => loseReply(app, "POST", /inbound/) });
    expect((await create()).id).toBe("4711");
    expect(held()).toHaveLength(1);
    expect(room.codes()).not.toContain("alertops/adopted");
  });

  it("of one name that another address has is left alone: AlertOps takes a second one", async () => {
    await open();
    const first = await create();
    const ownership = { ...withoutOwnership, twins: true, standing: async () => ({ kind: "kept" }) as const };
    const second = await resource.create({ ...applyRequest(integration()), ownership }, room.context);
    expect(second.id).not.toBe(first.id);
    expect(held()).toHaveLength(2);
  });

  it.each([
    [
      "PUT",
      "not-kept",
      (state: InboundIntegrationState) =>
        resource.update!({ ...applyRequest({ ...state, enabled: false }), prior: state }, room.context),
    ],
    [
      "DELETE",
      "not-gone",
      (state: InboundIntegrationState) => resource.delete({ prior: state, private: {} }, room.context),
    ],
  ] as const)("is what AlertOps shows, whatever a maintenance page says to a %s", async (method, code, act) => {
    await open({ prepare: (app) => maintenance(app, method) });
    const state = await create();
    const [problem] = await problemsOf(act(state) as Promise<unknown>);
    expect(problem).toMatchObject({ code: `alertops/${code}` });
    expect(problem!.summary).toContain('the inbound integration "Uptrends prod" (id 4711)');
    expect(held()).toMatchObject([{ enabled: true }]);
  });

  it("that only a maintenance page said yes to is not created", async () => {
    await open({ prepare: (app) => maintenance(app, "POST") });
    expect((await problemsOf(create()))[0]!.code).toBe("alertops/not-shown");
  });

  it("that is gone is nothing to delete, and reads as gone", async () => {
    await open();
    const state = await create();
    await room.intervene("delete-integration", { id: state.id });
    const next = await room.nextRun();
    expect(await resource.read({ prior: state, private: {}, imported: false }, next)).toBeNull();
    await expect(resource.delete({ prior: state, private: {} }, next)).resolves.toBeUndefined();
  });

  it("cannot be imported when it is of another type", async () => {
    await open();
    await room.intervene("add-integration", { inbound_integration_name: "Mail", type: "Email", enabled: true });
    const prior = { ...integration(), id: "4711" };
    const [problem] = await problemsOf(resource.read({ prior, private: {}, imported: true }, room.context) as never);
    expect(problem).toMatchObject({ code: "alertops/wrong-type", got: "Email" });
  });

  it("is read together with all others in one call", async () => {
    await open();
    const states = await Promise.all(["a", "b", "c"].map((name) => create({ name })));
    const next = await room.nextRun();
    const before = room.requests("GET").length;
    await Promise.all(states.map((prior) => resource.read({ prior, private: {}, imported: false }, next)));
    expect(room.requests("GET").slice(before)).toEqual(["GET /api/v2/integrations/inbound"]);
  });

  it("survives throttling, with and without a time to come back", async () => {
    for (const retryAfter of [true, false]) {
      await open({ options: { throttleEvery: 3, retryAfter } });
      expect((await create()).id).toBe("4711");
      expect(room.slept.length).toBeGreaterThan(0);
      if (retryAfter) expect(room.slept).toContain(1000);
      await room.close();
    }
  });
});

describe("a refused API key", () => {
  it("is said with the variable and the vendor's words, and is not in them", async () => {
    await open({ environment: { ALERTOPS_API_KEY: "k-wrong-key" } });
    const [problem] = await problemsOf(create());
    expect(problem).toMatchObject({ code: "alertops/login-refused", path: ["alertops", "api_key"] });
    expect(problem!.evidence).toContain("Invalid API Key");
    expect(JSON.stringify(problem)).not.toContain("k-wrong-key");
  });
});

describe("the URL of an inbound integration", () => {
  const urlOf = (id: string, api_url: string | null = null) =>
    inboundUrlEphemeral.open({ id, api_url, api_url_source: null, timeouts: null }, room.context);

  it("is what AlertOps tells, even where it could be worked out", async () => {
    await open({ options: { tellsUrl: true } });
    const state = await create();
    expect(state.api_url_source).toBe("api");
    const { api_url } = await urlOf(state.id!);
    expect(api_url).toMatch(/\/POSTAlert\/8{32}\/Uptrends%20prod$/);
    // Also the key by itself: it works in other URLs.
    expect(room.redactor.redact(`${api_url} and ${"8".repeat(32)}`)).not.toContain("8888");
  });

  it("is worked out when it is said where alerts are received, and that is said aloud", async () => {
    await open();
    const state = await create();
    expect(state.api_url_source).toBe("derived");
    expect(room.codes()).toEqual(["alertops/url-derived"]);
    expect((await urlOf(state.id!)).api_url).toBe(
      `${room.simulated.url}/POSTAlert/sandbox-alertops-api-key/Uptrends%20prod`,
    );
  });

  it("is never guessed: without either, the steps are shown and a given one is used", async () => {
    await open({ environment: { ALERTOPS_NOTIFY_URL: "" } });
    const state = await create();
    expect(state.api_url_source).toBe("config");
    const [problem] = await problemsOf(urlOf(state.id!));
    expect(problem!.code).toBe("alertops/url-unknown");
    expect(problem!.fix).toMatch(/1\. Open "Uptrends prod" in AlertOps.*2\. Copy its API URL/);
    const given = "https://notify.example.com/POSTAlert/3f1c/Uptrends";
    expect(await urlOf(state.id!, given)).toMatchObject({ api_url: given, api_url_source: "config" });
  });

  it("is in no state", async () => {
    await open({ options: { tellsUrl: true } });
    const state = await create();
    expect(JSON.stringify(state)).not.toContain("POSTAlert");
  });
});
