import { join } from "node:path";
import { variableMissing } from "../../errors";
import type { Demo } from "../demo";
import { missingVariables } from "../missing-variables";
import { showInbox } from "./inbox";
import { showTest } from "./test-mail";

/** The main job: deploys everything with one command, and proves that alert mail arrives. */
export async function deploy(demo: Demo): Promise<void> {
  demo.chapter("Deploy: open the flow, configure the plugin, route the alerts, send the test mail");
  await demo.cdktf("synth");
  const [missing] = missingVariables(
    join(demo.workspace.stackDirectory(demo.stack), "cdk.tf.json"),
    demo.workspace.environment,
  );
  if (missing !== undefined) throw variableMissing(missing, "the value of a variable that the stack declares");

  const deployed = await demo.cdktf("deploy", ...demo.workspace.stacks(), "--auto-approve");
  demo.narrator.quote(highlights(deployed.output));
  const { startTls, tls } = demo.sandbox.mail;
  const open = demo.sandbox.network.list();
  const named = open.some(({ ip, port }) => [startTls, tls].some((at) => at.host === ip && at.port === port));
  demo.check("the firewall lets the platform through to the SMTP server", named, "an open flow to it", open);
  await showTest(demo, "after the first deployment", "passed");
  showInbox(demo);
}

/** Shows that a second plan is empty, which people ask of every provider first. */
export async function secondPlan(demo: Demo): Promise<void> {
  demo.chapter("Plan again: nothing to do");
  const plan = await demo.step("terraform plan", () => demo.terraform.plan(), "terraform plan -detailed-exitcode");
  demo.check("a second plan is empty", plan.exitCode === 0, "exit code 0, no changes", [
    plan.exitCode,
    ...plan.actions,
  ]);
  if (plan.exitCode !== 0) demo.narrator.quote(plan.output);
}

/** The lines about what Terraform did, without the others. */
export function highlights(output: string): string {
  return output
    .split("\n")
    .map((line) => line.replace(/^\S*\s+/, ""))
    .filter((line) => /: (Creation|Destruction|Modifications) complete after|^(Apply|Destroy) complete!/.test(line))
    .join("\n");
}
