import { resolve } from "node:path";
import { commandRuntime } from "../../inventory/runtime";
import type { Stack } from "../../plan";
import { inOrder, type Horizon } from "../../proof/ending";
import { endingsOfProof } from "../../proof/of-proof";
import { endingsOfRecords } from "../../proof/of-records";
import { endingsOfSystems } from "../../proof/of-systems";
import type { Proof } from "../../proof/proof";
import type { Detection } from "../../reconcile/detection";
import { readDetections } from "../../reconcile/repair";
import { survey } from "../../survey/survey";
import { systems } from "../../systems";
import { targetsOf } from "../doctor/targets";
import type { Surroundings } from "../surroundings";

/** The time limit for one system. */
const SYSTEM_MS = 60_000;

export interface LookAhead {
  /** What expires within this time, in milliseconds, is near. */
  readonly spanMs: number;
  /**
   * The file of an earlier detection, as JSON: changes since then are reported. @default the previous one of this run,
   * where there is one
   */
  readonly since?: string;
}

/** The stack's detection, or the only one in the file. */
function detectionOf(stack: string, file: string): Pick<Detection, "proof"> {
  const detections = readDetections(file);
  return detections.find((one) => one.stack === stack) ?? (detections.length === 1 ? detections[0] : {});
}

/** Asks all systems that the stack uses, and lists everything that expires. Reads only. */
export async function lookAhead(
  stack: Stack,
  { spanMs, since }: LookAhead,
  output: string,
  proof: Proof | undefined,
  last: Proof | undefined,
  surroundings: Surroundings,
): Promise<Horizon> {
  const { redactor, interrupted, workingDirectory } = surroundings;
  const runtime = commandRuntime(surroundings, redactor);
  const before = since === undefined ? last : detectionOf(stack.name, resolve(workingDirectory, since)).proof;
  const options = { systems: [], places: {}, output, stack: stack.name };
  const used = targetsOf(systems, options, runtime).filter(
    ({ settings, declared, system }) =>
      settings !== undefined && system.resources.some(({ schema }) => declared?.has(schema.type) === true),
  );
  const world = { runtime, signal: interrupted, progress: () => undefined };
  const reports = await survey(used, { timeoutMs: SYSTEM_MS }, world);
  interrupted.throwIfAborted();
  const now = runtime.clock.now();
  const sight = { now, until: now + spanMs };
  return {
    until: new Date(sight.until).toISOString(),
    endings: inOrder([
      ...(proof === undefined ? [] : [...endingsOfProof(proof, sight), ...endingsOfRecords(proof, before)]),
      ...endingsOfSystems(reports, sight),
    ]),
  };
}
