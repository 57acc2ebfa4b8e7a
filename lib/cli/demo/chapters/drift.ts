import type { Demo } from "../demo";
import { highlights } from "./deploy";
import { showTest } from "./test-mail";

/** Closes the flow in the vendor's console: Terraform reports it, and the test mail fails. */
export async function breakIt(demo: Demo): Promise<void> {
  const { sandbox, narrator } = demo;
  demo.chapter("Somebody closes the flow behind Terraform's back");
  await demo.step("flow closed in the simulated console", async () => {
    for (const { ip, port } of sandbox.network.list()) await sandbox.intervene("ovh", "close-flow", { ip, port });
  });
  demo.check("the firewall is shut", sandbox.network.list().length === 0, "no open flow", sandbox.network.list());

  const plan = await demo.step("terraform plan", () => demo.terraform.plan(), "terraform plan -detailed-exitcode");
  const flow = /outbound_ovh_vrops_flow\./;
  demo.check(
    "the plan shows the drift",
    plan.drift.some((change) => flow.test(change)),
    "the flow as drift",
    plan.drift,
  );
  demo.check(
    "the plan would open it again",
    plan.exitCode === 2 && plan.actions.some((action) => action.startsWith("create ") && flow.test(action)),
    "create outbound_ovh_vrops_flow…",
    plan.actions,
  );
  for (const change of plan.drift) narrator.line(`     | changed outside: ${change}`);
  for (const action of plan.actions) narrator.line(`     | would ${action}`);

  const test = (await demo.terraform.resources()).find(({ type }) => type === "outbound_test_email");
  if (test === undefined)
    return demo.check("there is a test mail to repeat", false, "outbound_test_email in the state", "none");
  const retest = await demo.step(
    "terraform apply: only the test mail, again",
    () => demo.terraform.retest(test.address),
    `terraform apply -refresh=false -replace=${test.address}`,
  );
  demo.check(
    "the deployment fails while mail cannot flow",
    retest.exitCode === 1,
    "exit code 1",
    String(retest.exitCode),
  );
  await showTest(demo, "while the flow is closed", "failed");
}

/** Repairs the drift with the command of the first deployment. */
export async function repair(demo: Demo): Promise<void> {
  demo.chapter("Deploy again: repaired");
  const deployed = await demo.cdktf("deploy", ...demo.workspace.stacks(), "--auto-approve");
  demo.narrator.quote(highlights(deployed.output));
  const open = demo.sandbox.network.list();
  demo.check("the flow is open again", open.length > 0, "an open flow", open);
  await showTest(demo, "after the repair", "passed");
  const plan = await demo.step("terraform plan", () => demo.terraform.plan(), "terraform plan -detailed-exitcode");
  demo.check("the plan is empty again", plan.exitCode === 0, "exit code 0, no changes", [
    plan.exitCode,
    ...plan.actions,
  ]);
}
