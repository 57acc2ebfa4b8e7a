import { seededServices } from "./flows";
import { inSeconds, median, repeat, run } from "./measure";
import type { Row } from "./row";
import { startSandboxProcess } from "./sandbox-process";
import { commandLineOf, type Subject } from "./subject";
import { SynthesisedStack } from "./synthesised-stack";
import { TimedTerraform } from "./timed-terraform";

const COUNT = 1_000;
const TURNS = 3;
const LIMIT_SECONDS = 0.5;
const COMMANDS = [["review"], ["reconcile", "detect"]];
/** What of terraform no such command can do without. */
const NEEDED = ["plan", "show"];

/** What commands that plan take beyond terraform's plan and its JSON: their own time, less that in which terraform ran. */
export async function beyondPlan(subjects: readonly Subject[]): Promise<Row[]> {
  const terraform = new TimedTerraform();
  const sandbox = await startSandboxProcess("ovh", { options: seededServices(COUNT) });
  const rows: Row[] = [];
  try {
    for (const subject of subjects) {
      const stack = new SynthesisedStack(sandbox.ids, sandbox.environment, subject);
      try {
        // Compiles what the others take.
        await stack.workspace.plan();
        for (const command of COMMANDS) rows.push(await beyondPlanOf(command, subject, stack, terraform));
      } finally {
        stack.remove();
      }
    }
  } finally {
    await sandbox.stop();
    terraform.remove();
  }
  return rows;
}

async function beyondPlanOf(
  command: readonly string[],
  subject: Subject,
  { workspace, output }: SynthesisedStack,
  terraform: TimedTerraform,
): Promise<Row> {
  const options = {
    cwd: workspace.directory,
    env: { ...workspace.environment, TERRAFORM_BINARY_NAME: terraform.binary },
  };
  const args = [commandLineOf(subject), ...command, "--output", output];
  const measured = await repeat(TURNS, async () => {
    const seconds = await run(subject.node, args, options);
    const needed = terraform.take(NEEDED);
    return { needed, beyond: seconds - needed };
  });
  const beyond = median(measured.map((one) => one.beyond));
  return {
    what: `\`outbound ${command.join(" ")}\` of ${COUNT} flows, beyond terraform's plan`,
    node: subject.label,
    ours: inSeconds(beyond),
    baseline: `\`terraform plan\` and \`show\` in it: ${inSeconds(median(measured.map((one) => one.needed)))}`,
    value: beyond,
    limit: LIMIT_SECONDS,
  };
}
