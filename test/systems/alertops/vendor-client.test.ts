import { createAlertOpsSimulator } from "../../../lib/systems/alertops/simulator";
import { startSimulated, type Simulated } from "../../support/simulated";

/** What AlertOps' own Terraform provider sends with every request, of whatever method. */
const HEADERS = {
  "api-key": "sandbox-alertops-api-key",
  "content-type": "application/json",
  accept: "application/json",
};

/**
 * The requests of AlertOps' own Terraform provider (alertopsterraform/alertops-terraform-provider 69f7645: client.go,
 * resource_inbound_integration.go), in its order.
 */
describe("the simulated AlertOps, asked as AlertOps' own Terraform provider asks", () => {
  let simulated: Simulated;
  afterEach(() => simulated?.close());

  const call = async (method: string, path: string, body?: object, headers: Record<string, string> = HEADERS) => {
    const answer = await fetch(`${simulated.url}/api/v2${path}`, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: (text === "" ? undefined : JSON.parse(text)) as Record<string, unknown> };
  };
  const INTEGRATION = {
    inbound_integration_name: "terraform-test-api-integration",
    type: "API",
    sequence: 1,
    enabled: true,
    escalation_policy: "Standard",
    recipient_groups: ["NOC", "Capacity"],
    recipient_users: ["jane@example.org"],
    inbound_template_id: 118,
    api_settings: { is_bidirection: true },
    heartbeat_settings: { heartbeat_interval_in_min: 15 },
  };

  it("makes, reads, changes and deletes an inbound integration", async () => {
    simulated = await startSimulated(createAlertOpsSimulator);
    const made = await call("POST", "/integrations/inbound", INTEGRATION);
    expect(made.status).toBe(201);
    const id = made.body["inbound_integration_id"] as number;
    const place = `/integrations/inbound/${id}`;
    expect(await call("GET", place)).toMatchObject({
      status: 200,
      body: { inbound_integration_id: id, ...INTEGRATION },
    });
    const changed = { inbound_integration_id: id, ...INTEGRATION, recipient_groups: ["NOC"] };
    expect((await call("PUT", place, changed)).status).toBe(204);
    expect((await call("GET", place)).body).toMatchObject(changed);
    // A content type, and no body.
    expect((await call("DELETE", place)).status).toBe(204);
    expect(await call("GET", place)).toEqual({ status: 404, body: { errors: [expect.stringContaining("not found")] } });
  });

  it("makes one of every type that this provider can make", async () => {
    simulated = await startSimulated(createAlertOpsSimulator);
    const mail = {
      inbound_integration_name: "mail",
      type: "Email",
      sequence: 2,
      enabled: true,
      mail_box: "alerts@example.com",
    };
    const bridge = {
      inbound_integration_name: "bridge",
      type: "Bridge",
      enabled: true,
      bridge: { telephone_number: "+15551234567", access_code: "12345" },
    };
    for (const one of [mail, bridge]) {
      const { status, body } = await call("POST", "/integrations/inbound", one);
      expect(status).toBe(201);
      expect(body).toMatchObject(one);
    }
    // This client leaves `enabled` out where it is false, as Go does with what is empty.
    const off = { inbound_integration_name: "off", type: "API" };
    expect((await call("POST", "/integrations/inbound", off)).status).toBe(201);
  });

  it("never repeats the API key, whatever is wrong", async () => {
    simulated = await startSimulated(createAlertOpsSimulator);
    const wrong = { ...HEADERS, "api-key": "k-wrong-and-secret" };
    const answers = await Promise.all([
      call("GET", "/integrations/inbound/1", undefined, wrong),
      call("GET", "/integrations/inbound/1"),
      call("POST", "/integrations/inbound", { type: "API" }),
      call("PUT", "/integrations/inbound/4001", { inbound_integration_name: "x", escalation_policy: "Nobody" }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([401, 404, 400, 400]);
    expect(JSON.stringify(answers)).not.toMatch(/sandbox-alertops-api-key|k-wrong/);
  });
});
