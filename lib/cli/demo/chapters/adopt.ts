import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Demo } from "../demo";
import { managedState } from "../managed-state";
import { highlights } from "./deploy";

const FILE = "imported.ts";

/** Turns a set-up without code and state into code and state. */
export async function adopt(demo: Demo): Promise<void> {
  const { workspace, narrator, sandbox } = demo;
  demo.chapter("Code and state are lost: the systems are as if set up by hand");
  await demo.step("code and state removed", async () => workspace.forget(workspace.stacks()));
  const before = managedState(sandbox.state());

  demo.chapter("Import: one command writes the code");
  const service = sandbox.network.list()[0]?.platform ?? "";
  const systems = ["ovh", "vrops"].flatMap((system) => ["--system", system]);
  const imported = await demo.outbound("import", "--ovh-service", service, ...systems, "--out", FILE);
  narrator.quote(imported.output);
  demo.check("everything could be listed", imported.exitCode === 0, "exit code 0", imported.exitCode);
  const program = readFileSync(join(workspace.directory, FILE), "utf8");
  narrator.line(`   ${FILE}:`);
  narrator.quote(program, 200);
  // No system shows a password, so the user supplies them; here all of them are the mail server's.
  for (const [name] of imported.output.matchAll(/TF_VAR_\w+/g)) workspace.variables[name] = sandbox.mail.password;

  demo.chapter("Deploy it: everything is taken over as it is");
  workspace.useProgram(FILE);
  await demo.cdktf("synth");
  await demo.step("terraform init", () => demo.terraform.init(), "terraform init");
  const plan = await demo.step("terraform plan", () => demo.terraform.plan(), "terraform plan");
  const summary = /^Plan: .*$/m.exec(plan.output)?.[0] ?? plan.output;
  const count = program.match(/\.importFrom\(/g)?.length ?? 0;
  narrator.line(`     | ${summary}`);
  demo.check(
    "the plan imports everything and changes nothing",
    count > 0 && summary === `Plan: ${count} to import, 0 to add, 0 to change, 0 to destroy.`,
    `Plan: ${count} to import, 0 to add, 0 to change, 0 to destroy.`,
    summary,
  );
  const deployed = await demo.cdktf("deploy", ...workspace.stacks(), "--auto-approve");
  narrator.quote(highlights(deployed.output));
  demo.check("the systems are as they were", managedState(sandbox.state()) === before, "no difference", "one");
  const second = await demo.step("terraform plan", () => demo.terraform.plan(), "terraform plan -detailed-exitcode");
  demo.check("the plan after it is empty", second.exitCode === 0, "exit code 0, no changes", second.actions);
}
