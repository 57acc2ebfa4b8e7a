import { resolve } from "node:path";
import { commandRuntime } from "../inventory/runtime";
import { findStacksNamed, type Stack } from "../plan";
import { detect, type DetectOptions } from "../reconcile/detect";
import type { Verdict } from "../reconcile/detection";
import { detectionsOf, type Detected } from "../reconcile/fleet/detected";
import { detectFleet } from "../reconcile/fleet/detect-fleet";
import { readDetections } from "../reconcile/repair";
import type { Proof } from "../proof/proof";
import type { DetectionContext } from "../reconcile/observe";
import { systems } from "../systems";
import { Announcer } from "./announcer";
import type { DetectionOptions } from "./detection-options";
import { writeBeside } from "./detection-files";
import { badOption } from "./errors";
import { ExitCode } from "./exit-code";
import { fallbacksOf } from "./fallback-mail";
import { channelsOf } from "./notify-options";
import { placesOfOptions } from "./place-options";
import { proofRequestOf, proving, type ProofRequest } from "./proving";
import { terraformRunner } from "./run-terraform";
import { fleetName, isFleet, parallelismOf, type StackOptions } from "./stack-options";
import type { Surroundings } from "./surroundings";
import { warnOfTlsSwitch } from "./tls-warning";

/** A detection whose options were checked. */
export interface PreparedDetection {
  /** The name of the stack, or the selection of stacks as it was written. */
  readonly name: string;
  /** The names of the stacks, as they were last synthesised. */
  readonly stacks: readonly string[];
  /** Examines the stacks as they are synthesised now. */
  readonly detect: (surroundings: Surroundings) => Promise<Detected>;
}

/**
 * Checks the options of a detection in one stack, or in several with one report.
 *
 * @throws ProblemError where they name something that does not exist
 */
export function preparedDetection(
  names: readonly string[],
  options: DetectionOptions & StackOptions,
  surroundings: Surroundings,
): PreparedDetection {
  const parallelism = parallelismOf(options);
  checkSystems(options);
  const { workingDirectory } = surroundings;
  const output = resolve(workingDirectory, options.output);
  const fleet = isFleet(names) ? fleetName(names) : undefined;
  let stacks = findStacksNamed(output, names);
  const name = fleet ?? stacks[0]!.name;
  const wanted = fleet === undefined ? [name] : names;
  const asked = proofRequestOf(options);
  if (fleet !== undefined && options.since !== undefined) readDetections(resolve(workingDirectory, options.since));
  const announcer = announcerOf(stacks, options, surroundings);
  warnOfTlsSwitch(surroundings);
  /** The last proof of each stack. */
  const proofs = new Map<string, Proof>();
  return {
    name,
    get stacks() {
      return stacks.map((stack) => stack.name);
    },
    detect: async (now) => {
      const make = async (): Promise<Detected> => {
        stacks = findStacksNamed(output, wanted);
        const world = await worldOf(now);
        const optionsOf = (stack: Stack) => detectOptions(stack, options, asked, proofs.get(stack.name), now);
        if (fleet !== undefined) return detectFleet({ fleet, stacks, parallelism, optionsOf }, world);
        const [stack] = stacks;
        return detect(stack!, await optionsOf(stack!), world);
      };
      const detected = await detectAndReport(name, make, options, announcer, now);
      for (const { stack, proof } of detectionsOf(detected)) if (proof !== undefined) proofs.set(stack, proof);
      return detected;
    },
  };
}

function checkSystems({ acceptUnknown }: DetectionOptions): void {
  const names = systems.map((system) => system.name);
  for (const one of acceptUnknown) {
    if (!names.includes(one)) throw badOption("--accept-unknown", one, `one of ${names.join(", ")}`);
  }
}

function announcerOf(stacks: readonly Stack[], options: DetectionOptions, surroundings: Surroundings): Announcer {
  const channels = channelsOf(options, surroundings.environment);
  const byMail = channels.some(({ kind }) => kind === "mail");
  return new Announcer(channels, options, byMail ? fallbacksOf(stacks, surroundings) : []);
}

/** Detects, writes the requested files, and notifies of the result or of the failure. */
async function detectAndReport(
  name: string,
  make: () => Promise<Detected>,
  options: DetectionOptions,
  announcer: Announcer,
  surroundings: Surroundings,
): Promise<Detected> {
  let detected: Detected;
  try {
    detected = await make();
  } catch (error) {
    if (!surroundings.interrupted.aborted) await announcer.failed(name, error, surroundings);
    throw error;
  }
  writeBeside(detected, options, surroundings);
  await announcer.report(detected, exitCodeOf(detected), surroundings);
  return detected;
}

async function detectOptions(
  stack: Stack,
  options: DetectionOptions,
  asked: ProofRequest,
  last: Proof | undefined,
  surroundings: Surroundings,
): Promise<DetectOptions> {
  return {
    ...(await proving(stack, asked, options.output, last, surroundings)),
    systems,
    places: placesOfOptions(options, systems),
    allowUnmanaged: options.allowUnmanaged ?? false,
    acceptUnknown: options.acceptUnknown,
  };
}

const EXIT: Readonly<Record<Verdict, ExitCode>> = {
  "in-sync": ExitCode.ok,
  drift: ExitCode.drift,
  broken: ExitCode.broken,
  ending: ExitCode.ending,
  unknown: ExitCode.failed,
};

export const exitCodeOf = ({ verdict }: { readonly verdict: Verdict }): ExitCode => EXIT[verdict];

export async function worldOf(surroundings: Surroundings): Promise<DetectionContext> {
  const { err, watched, interrupted } = surroundings;
  return {
    run: await terraformRunner(surroundings),
    runtime: commandRuntime(surroundings, surroundings.redactor),
    signal: interrupted,
    // For a user who waits; a pipeline's log contains results only.
    progress: (text) => (watched ? err(`… ${text}`) : undefined),
  };
}
