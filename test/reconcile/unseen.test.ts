import type { PlanError } from "../../lib/plan";
import { blockedBySystems, unseenEntries, type VisiblePlan } from "../../lib/reconcile/unseen";

const PLUGIN = "outbound_vrops_email_plugin";
const FLOW = "outbound_ovh_vrops_flow";
const stack = { name: "alerts", directory: "/nowhere", file: "/nowhere/cdk.tf.json" };

function unseen(state: unknown, seen: readonly string[], declared: readonly string[], errors: readonly PlanError[]) {
  const config = { declared: declared.map((address) => ({ type: address.split(".")[0]!, address })) };
  const plan = { resources: seen.map((address) => ({ address })), drift: [], renames: { renames: [], ambiguous: [] } };
  const stdout = JSON.stringify({ values: { root_module: state } });
  const run = () => Promise.resolve({ exitCode: 0, stdout, output: stdout });
  return unseenEntries(stack, plan as unknown as VisiblePlan, errors, config, run);
}

const held = (address: string, values: Record<string, unknown> = {}) => {
  const [type, name] = address.split(".").slice(-2);
  return { address, type, name, mode: "managed", values };
};
const down: PlanError = { summary: "503 for plugins", detail: "Later.\n(http/status-503)", address: `${PLUGIN}.a` };

it("finds what neither plan nor its modules have, one reason for a system with one problem", async () => {
  const state = {
    resources: [held(`${PLUGIN}.a`, { id: "1" }), held(`${FLOW}.x`), held("outbound_test_email.t")],
    child_modules: [{ resources: [held(`module.m.${PLUGIN}.b[0]`, { id: "2" })] }],
  };
  const other = { ...down, summary: "503 for rules", address: `module.m.${PLUGIN}.b[0]` };
  const entries = await unseen(state, [`${FLOW}.x`], [`${PLUGIN}.a`, `${PLUGIN}.new`], [down, other]);
  const reason = "503 for plugins: Later. (http/status-503)";
  expect(entries).toEqual([
    { bucket: "unknown", type: PLUGIN, kind: "e-mail plugin", address: `${PLUGIN}.a`, id: "1", reason },
    { bucket: "unknown", type: PLUGIN, kind: "e-mail plugin", address: `module.m.${PLUGIN}.b[0]`, id: "2", reason },
    { bucket: "unknown", type: PLUGIN, kind: "e-mail plugin", address: `${PLUGIN}.new`, reason },
  ]);
});

it("says of others what they wait for, and knows that their system was not asked", async () => {
  const entries = await unseen({ resources: [held(`${PLUGIN}.a`), held(`${FLOW}.x[1]`)] }, [], [`${FLOW}.x`], [down]);
  expect(entries.map(({ address }) => address)).toEqual([`${PLUGIN}.a`, `${FLOW}.x[1]`]);
  expect(entries[1]!.reason).toContain(`refers to ${PLUGIN}.a`);
  expect(blockedBySystems(entries, [down])).toEqual([`${FLOW}.x[1]`]);
});

it("asks nobody again where the whole plan failed, and names the stack where nothing is deployed", async () => {
  const failed = { summary: "no backend", detail: "" };
  const entries = await unseen(undefined, [], [], [failed]);
  expect(entries).toEqual([{ bucket: "unknown", type: "", kind: "stack", name: "alerts", reason: "no backend" }]);
  expect(blockedBySystems(entries, [failed])).toEqual([]);
});
