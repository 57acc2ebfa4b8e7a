import { alertOps } from "../../../lib/systems/alertops";
import type { AlertOpsClient } from "../../../lib/systems/alertops/client";
import { createAlertOpsSimulator } from "../../../lib/systems/alertops/simulator";
import { openSystem, type SystemRoom } from "../../support/system-room";

const ON = { ALERTOPS_TEST_ALERTS: "true" };

let room: SystemRoom<AlertOpsClient>;
afterEach(() => room?.close());

async function open(options = {}, environment: Record<string, string> = ON, set = {}): Promise<string> {
  room = await openSystem(alertOps, createAlertOpsSimulator, { options, environment });
  const { added } = room.intervene("add-integration", {
    inbound_integration_name: "Uptrends prod",
    type: "API",
    enabled: true,
    escalation_policy: "Silent",
    inbound_template_id: 118,
    ...set,
  }) as { added: number };
  return String(added);
}

const test = (id: string) =>
  alertOps.platformTest!(room.client, { id, explainServer: () => undefined, signal: room.context.signal });
const alerts = () => (room.simulated.simulator.snapshot() as { alerts: { status: string }[] }).alerts;

describe("the test alert", () => {
  it("is not sent unless somebody asked for it", async () => {
    const id = await open({}, {});
    expect(await test(id)).toEqual({
      status: "unavailable",
      detail: expect.stringMatching(/may page people; opt in with .*test_alerts = true.*ALERTOPS_TEST_ALERTS/),
    });
    expect(room.requests()).toEqual([]);
  });

  it("is opened, found and closed", async () => {
    const id = await open({ looksUntilSeen: 3 });
    expect(await test(id)).toMatchObject({ status: "passed" });
    expect(alerts()).toMatchObject([{ status: "Closed" }]);
  });

  const generic = {
    source: "Grafana",
    source_id: "alert^id",
    source_status: "state",
    open_alert_when: { field_name: "alert^phase", type: "Equals", values: ["firing"] },
    close_alert_when: { type: "Contains", values: ["resolved"] },
  };
  it.each([
    ["its template reads, also where AlertOps does not show how", {}, {}],
    ["its template reads, as AlertOps shows it", { showsTemplateMapping: true }, {}],
    ["its own mapping reads", {}, { inbound_template_id: undefined, api_settings: { url_mapping: generic } }],
  ])("has the form that %s", async (_, options, set) => {
    const id = await open(options, ON, set);
    expect(await test(id)).toMatchObject({ status: "passed" });
    expect(alerts()).toMatchObject([{ status: "Closed" }]);
  });

  it("opens nothing without template and mapping, whatever its form", async () => {
    const id = await open({}, ON, { inbound_template_id: undefined });
    const result = await test(id);
    expect(result).toMatchObject({ status: "failed", problem: { code: "alertops/test-not-found" } });
    expect(JSON.stringify(result)).toContain("Without a template or a `url_mapping` nothing opens an alert");
    expect(alerts()).toEqual([]);
  });

  it("fails when AlertOps takes it but does nothing with it", async () => {
    const id = await open({}, ON, { enabled: false });
    expect(await test(id)).toMatchObject({ status: "failed", problem: { code: "alertops/test-not-found" } });
  });

  it("fails when the URL that was worked out is not the integration's", async () => {
    const id = await open({}, { ...ON, ALERTOPS_NOTIFY_URL: "http://127.0.0.1:1" });
    const result = await test(id);
    expect(result).toMatchObject({ status: "failed", problem: { code: "alertops/test-not-taken" } });
    expect(JSON.stringify(result)).not.toContain("sandbox-alertops-api-key");
  });

  it("is closed also when it was not found", async () => {
    const id = await open({ looksUntilSeen: 99 });
    expect(await test(id)).toMatchObject({ status: "failed", problem: { code: "alertops/test-not-found" } });
    expect(alerts()).toMatchObject([{ status: "Closed" }]);
  });

  it("is unavailable where the URL is not known", async () => {
    const id = await open({}, { ...ON, ALERTOPS_NOTIFY_URL: "" });
    expect(await test(id)).toMatchObject({ status: "unavailable" });
  });
});
