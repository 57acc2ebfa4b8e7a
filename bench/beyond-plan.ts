import { join } from "node:path";
import { seededServices } from "./flows";
import { inSeconds, inTurns, median, run } from "./measure";
import type { Row } from "./row";
import { startSandboxProcess } from "./sandbox-process";
import { commandLineOf, type Subject } from "./subject";
import { SynthesisedStack } from "./synthesised-stack";

const COUNT = 1_000;
const TURNS = 3;
const LIMIT_SECONDS = 0.5;
const COMMANDS: ReadonlyMap<string, readonly string[]> = new Map([
  ["outbound review", ["review"]],
  ["outbound reconcile detect", ["reconcile", "detect"]],
]);

/** What commands that plan take beyond terraform's plan, and its JSON. */
export async function beyondPlan(subjects: readonly Subject[]): Promise<Row[]> {
  const sandbox = await startSandboxProcess("ovh", { options: seededServices(COUNT) });
  const rows: Row[] = [];
  try {
    for (const subject of subjects) {
      const stack = new SynthesisedStack(sandbox.ids, sandbox.environment, subject);
      try {
        rows.push(...(await beyondPlanOf(subject, stack)));
      } finally {
        stack.remove();
      }
    }
  } finally {
    await sandbox.stop();
  }
  return rows;
}

async function beyondPlanOf(subject: Subject, { workspace, output }: SynthesisedStack): Promise<Row[]> {
  const plan = join(workspace.directory, "plan");
  const environment = { cwd: workspace.directory, env: workspace.environment };
  // Compiles what the others take.
  await workspace.plan(`-out=${plan}`);
  const actions = new Map<string, () => Promise<number>>([
    ["", async () => (await workspace.plan(`-out=${plan}`)).seconds + (await workspace.show(plan)).seconds],
  ]);
  for (const [name, args] of COMMANDS) {
    actions.set(name, () => run(subject.node, [commandLineOf(subject), ...args, "--output", output], environment));
  }
  const measured = await inTurns(TURNS, actions);
  const bare = measured.get("")!;
  return [...COMMANDS.keys()].map((name) => {
    const ours = measured.get(name)!;
    const beyond = median(ours.map((seconds, turn) => seconds - bare[turn]!));
    return {
      what: `\`${name}\` of ${COUNT} flows, beyond terraform's plan`,
      node: subject.label,
      ours: `${inSeconds(beyond)} (${inSeconds(median(ours))} in all)`,
      baseline: `\`terraform plan\` and \`show -json\`: ${inSeconds(median(bare))}`,
      value: beyond,
      limit: LIMIT_SECONDS,
    };
  });
}
