import { resolve } from "node:path";
import { printableLine } from "../core/printable";
import { findStacksNamed } from "../plan";
import { noDetection } from "../reconcile/errors";
import { repairFleet, type StackRepair } from "../reconcile/fleet/repair-fleet";
import { readDetections, repair, type Repair } from "../reconcile/repair";
import { systems } from "../systems";
import { announced } from "./announced";
import { problemsIn } from "./errors";
import { ExitCode } from "./exit-code";
import { worldOf } from "./run-detection";
import { isFleet, parallelismOf, type StackOptions } from "./stack-options";
import type { Surroundings } from "./surroundings";
import { warnOfTlsSwitch } from "./tls-warning";

export interface RepairOptions extends StackOptions {
  readonly output: string;
  readonly detection?: string;
  readonly yes?: boolean;
}

const PREVIEW = "\nNothing was changed: this is a preview. Add --detection <file> --yes to do it.";

/** Repairs one stack, or several with a report of each. */
export async function runRepair(
  names: readonly string[],
  options: RepairOptions,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const { workingDirectory, print } = surroundings;
  const parallelism = parallelismOf(options);
  const stacks = findStacksNamed(resolve(workingDirectory, options.output), names);
  const { detection: file, yes: apply = false } = options;
  if (apply && file === undefined) throw noDetection();
  const detections = file === undefined ? undefined : readDetections(resolve(workingDirectory, file));
  warnOfTlsSwitch(surroundings);
  const world = await worldOf(surroundings);
  if (!isFleet(names)) {
    const stack = stacks[0]!;
    // A file with one detection is compared with the name of the one stack, with a message of its own.
    const detection = detections?.find((one) => one.stack === stack.name) ?? detections?.[0];
    const made = await repair(stack, systems, detection, apply, world);
    reportRepair(stack.name, made, surroundings);
    if (isPreview(made)) print(PREVIEW);
    return exitCodeOf([{ stack: stack.name, repair: made }]);
  }
  const repairs = await repairFleet({ stacks, systems, detections, apply, parallelism }, world);
  for (const one of repairs) {
    if ("repair" in one) reportRepair(one.stack, one.repair, surroundings);
    else reportRefusal(one.stack, one.error, surroundings);
  }
  if (repairs.some((one) => "repair" in one && isPreview(one.repair))) print(PREVIEW);
  return exitCodeOf(repairs);
}

const isPreview = ({ actions, applied }: Repair): boolean => actions.length > 0 && !applied;

function reportRepair(stack: string, { actions, applied }: Repair, { print }: Surroundings): void {
  if (actions.length === 0) return print(`${stack}: nothing to repair`);
  print(`${stack}: ${applied ? "repaired" : "would be repaired"} (${actions.length})`);
  for (const action of actions) print(printableLine(`  ${action}`));
}

function reportRefusal(stack: string, error: unknown, { print, err, redactor }: Surroundings): void {
  print(`${stack}: not repaired`);
  const problems = problemsIn(error);
  for (const problem of problems)
    err(announced({ ...problem, summary: `${stack}: ${problem.summary}` }, (text) => redactor.redact(text)));
}

/** A preview with changes is drift, as in a detection; and drift outweighs what is unknown. */
function exitCodeOf(repairs: readonly StackRepair[]): ExitCode {
  if (repairs.some((one) => "repair" in one && isPreview(one.repair))) return ExitCode.drift;
  return repairs.some((one) => "error" in one) ? ExitCode.failed : ExitCode.ok;
}
