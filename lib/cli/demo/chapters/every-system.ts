import { plural } from "../../../core/plural";
import { systems } from "../../../systems";
import type { DemonstrationStage, OwnDemonstration } from "../../../systems/kit/demonstration";
import type { ValueObject } from "../../../terraform-plugin/values";
import type { Demo } from "../demo";
import { stagesOf, type StateResource } from "../terraform";

/** The result for one system. */
interface Row {
  readonly system: string;
  readonly configured: string;
  readonly platformTest: string;
  readonly directTest: string;
  readonly delivered: string;
}

/** Deploys one relay to every system, raises an alert in each, and shows what arrived. */
export async function everySystem(demo: Demo): Promise<void> {
  demo.chapter("One relay for every system: deploy, test, and raise an alert in each");
  await demo.cdktf("synth");
  await demo.cdktf("deploy", ...demo.workspace.stacks(), "--auto-approve");
  const plan = await demo.step("terraform plan", () => demo.terraform.plan(), "terraform plan -detailed-exitcode");
  demo.check("a second plan is empty", plan.exitCode === 0, "no changes", plan.actions);

  const resources = await demo.terraform.resources();
  const test = resources.find(({ type }) => type === "outbound_test_email");
  const stages = stagesOf(test);
  const direct = stages.some(({ name, status }) => name === "DATA" && status === "passed") ? "passed" : "failed";
  const rows: Row[] = [];
  for (const { name: system, settings, demonstration } of systems) {
    if ("shownBy" in demonstration) continue;
    const partner = systems.find((one) => "shownBy" in one.demonstration && one.demonstration.shownBy === system)?.name;
    const of = (name: string) => resources.filter(({ type }) => type.startsWith(`outbound_${name}_`));
    const own = [...of(system), ...(partner === undefined ? [] : of(partner))];
    const tests = stages.filter(({ name }) => [system, partner].some((one) => name?.startsWith(`${one} test `)));
    rows.push({
      system: [system, partner].filter(Boolean).join(" + "),
      configured:
        Object.keys(settings.attributes).length === 0 ? "declared, entered by hand" : plural(own.length, "resource"),
      platformTest: [...new Set(tests.map(({ status }) => status ?? ""))].join(", ") || "none",
      directTest: direct,
      delivered: await alertOf(system, demonstration, demo, resources),
    });
    demo.check(`${system} is configured`, own.length > 0, "its resources in the state", own.length);
  }
  demo.narrator.quote(table(rows));
  demo.check(
    "no platform's own test failed",
    rows.every((row) => !row.platformTest.includes("failed")),
    "none failed",
    rows,
  );
  demo.check(
    "an alert of every system arrives",
    rows.every((row) => row.delivered.startsWith("yes")),
    "yes, everywhere",
    rows,
  );
}

/** Shows what has to be undone by hand, where the system has no API for it. */
export async function undoByHand(demo: Demo): Promise<void> {
  const resources = await demo.terraform.resources();
  for (const { name, demonstration } of systems) {
    if ("undo" in demonstration) await demonstration.undo?.(stageOf(name, demo, resources));
  }
}

async function alertOf(
  system: string,
  { raise, seen }: OwnDemonstration,
  demo: Demo,
  resources: readonly StateResource[],
): Promise<string> {
  const answer = await raise(stageOf(system, demo, resources));
  if ("subject" in seen) return mailArrived(demo, seen.subject);
  const { alerts } = demo.sandbox.state().systems[seen.system] as { alerts: readonly unknown[] };
  const { title } = systems.find(({ name }) => name === seen.system)!;
  return alerts.length > 0 ? `yes: ${title} has the alert` : `no: ${JSON.stringify(answer)}`;
}

const stageOf = (system: string, { sandbox }: Demo, resources: readonly StateResource[]): DemonstrationStage => ({
  intervene: async (name, argument) => sandbox.intervene(system, name, argument),
  values: (type) => (resources.find((one) => one.type === type)?.values ?? {}) as ValueObject,
  mail: sandbox.mail,
});

async function mailArrived(demo: Demo, subject: RegExp): Promise<string> {
  try {
    const { to } = await demo.sandbox.inbox.waitFor((message) => subject.test(message.subject), {
      timeoutMs: 5_000,
      signal: demo.signal,
    });
    return `yes: ${to.join(", ")}`;
  } catch (error) {
    return `no: ${(error as Error).message}`;
  }
}

const HEADINGS: Row = {
  system: "system",
  configured: "configured",
  platformTest: "platform test",
  directTest: "direct test",
  delivered: "alert delivered",
};

function table(rows: readonly Row[]): string {
  const lines = [HEADINGS, ...rows].map((row) => Object.values(row) as string[]);
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
