import { silentLogger } from "../../lib/core/log";
import { startSandbox, type Sandbox } from "../../lib/sandbox";
import { connectSystem } from "../../lib/systems/kit/connect";
import type { System } from "../../lib/systems/kit/system";
import { ovhVrops } from "../../lib/systems/ovh-vrops";
import { vropsData } from "../../lib/systems/ovh-vrops/vrops.data";
import { flowResource } from "../../lib/systems/ovh-vrops/flow.resource";
import { vrops } from "../../lib/systems/vrops";
import { emailPluginResource } from "../../lib/systems/vrops/email-plugin.resource";
import { notificationRuleResource } from "../../lib/systems/vrops/notification-rule.resource";
import type { Context } from "../../lib/terraform-plugin/resource";
import { Redactor } from "../../lib/core/redaction";
import { planned as flow } from "../systems/ovh-vrops/support";
import { emailPlugin, request, rule, runtimeWith } from "../systems/vrops/room";
import { checkedRequests, contractsMissing, contractViolations } from "./check";

// The acceptance ladder checks what terraform's runs say; here is what no ladder says: test calls, data sources,
// faults on the way, and every release that a contract is at hand for.
const given = contractsMissing === undefined ? describe : describe.skip;
const because = contractsMissing === undefined ? "" : ` (skipped: ${contractsMissing})`;

let sandbox: Sandbox;
afterEach(() => sandbox?.close());

async function connected<Client>(system: System<never, Client>): Promise<Context<Client>> {
  const redactor = new Redactor();
  const client = await connectSystem(system, null, runtimeWith(sandbox.environment(), redactor));
  return { client, signal: new AbortController().signal, log: silentLogger, redactor, report: () => undefined };
}

given(`what is said to the OVHcloud API${because}`, () => {
  it("keeps to its contract, also when it throttles", async () => {
    sandbox = await startSandbox({ seed: 1, options: { ovh: { taskMilliseconds: 3 } } });
    const context = await connected<never>(ovhVrops as never);
    await vropsData.read({ service_name: "pcc-192-0-2-10" } as never, context);
    sandbox.faults.add({ system: "ovh", method: "POST", path: "**", effect: { kind: "status", status: 429 } });
    const state = await flowResource.create(request(flow()), context);
    await flowResource.read({ prior: state, private: {}, imported: false }, context);
    const changed = { ...state, description: "SMTP relay of production" };
    await flowResource.update!({ ...request(changed), prior: state }, context);
    await flowResource.delete({ prior: changed, private: {} }, context);

    expect(checkedRequests(sandbox, "ovh")).toBeGreaterThan(8);
    expect(contractViolations(sandbox)).toEqual([]);
  });
});

given.each(["9.0", "9.1"])(`what is said to vROps %s${because}`, (version) => {
  it("keeps to its contract, certificates and the test call included", async () => {
    sandbox = await startSandbox({ seed: 1, options: { vrops: { version } } });
    const { startTls, thumbprint, user, password } = sandbox.mail;
    sandbox.network.open("pcc-192-0-2-10", startTls.host, startTls.port);
    const context = await connected<never>(vrops as never);
    const wanted = emailPlugin({
      smtp_host: startTls.host,
      smtp_port: startTls.port,
      username: user,
      password_wo: null,
      trusted_certificate_thumbprint: thumbprint,
    });
    const plugin = await emailPluginResource.create(request(wanted, { password_wo: password }), context);
    const tested = await vrops.platformTest!(context.client, {
      id: plugin.id!,
      receiver: "oncall@example.com",
      explainServer: () => undefined,
      signal: context.signal,
    });
    expect(tested.status).toBe("passed");
    const wantedRule = rule({
      plugin_id: plugin.id!,
      alert_statuses: ["NEW", "CANCELED"],
      alert_control_states: ["OPEN"],
      resource_kinds: [{ adapter_kind: "VMWARE", resource_kind: "Datastore" }],
      delay_minutes: 5,
      resend_minutes: 30,
      max_notifications: 3,
    });
    const made = await notificationRuleResource.create(request(wantedRule), context);
    await notificationRuleResource.update!({ ...request({ ...made, enabled: false }), prior: made }, context);
    await notificationRuleResource.delete({ prior: made, private: {} }, context);
    const renamed = { ...plugin, sender_name: "Alarms", password_wo_version: 2 };
    await emailPluginResource.update!({ ...request(renamed, { password_wo: password }), prior: plugin }, context);
    await emailPluginResource.delete({ prior: renamed, private: {} }, context);

    expect(checkedRequests(sandbox, "vrops")).toBeGreaterThan(10);
    expect(contractViolations(sandbox)).toEqual([]);
  });
});
