import { resolve } from "node:path";
import { commandRuntime } from "../inventory/runtime";
import { findStack, findStacksNamed, type Stack } from "../plan";
import { detect, type DetectOptions } from "../reconcile/detect";
import type { Detection, Verdict } from "../reconcile/detection";
import type { Detected } from "../reconcile/fleet/detected";
import { detectFleet } from "../reconcile/fleet/detect-fleet";
import type { FleetDetection } from "../reconcile/fleet/fleet";
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
import { fleetName, parallelismOf, type StackOptions } from "./stack-options";
import type { Surroundings } from "./surroundings";
import { warnOfTlsSwitch } from "./tls-warning";

/** A detection whose options were checked. */
export interface PreparedDetection {
  /** The name of the stack. */
  readonly stack: string;
  /** Examines the stack as it is synthesised now. */
  readonly detect: (surroundings: Surroundings) => Promise<Detection>;
}

/**
 * Checks the options.
 *
 * @throws ProblemError where they name something that does not exist
 */
export function preparedDetection(
  name: string | undefined,
  options: DetectionOptions,
  surroundings: Surroundings,
): PreparedDetection {
  checkSystems(options);
  const output = resolve(surroundings.workingDirectory, options.output);
  const found = findStack(output, name);
  const { name: stack } = found;
  const asked = proofRequestOf(options);
  const announcer = announcerOf([found], options, surroundings);
  warnOfTlsSwitch(surroundings);
  let last: Proof | undefined;
  return {
    stack,
    detect: async (now) => {
      const make = () => detectOnce(findStack(output, stack), options, asked, last, now);
      const detection = await detectAndReport(stack, make, options, announcer, now);
      last = detection.proof ?? last;
      return detection;
    },
  };
}

/**
 * Detects in several stacks, with one report.
 *
 * @throws ProblemError where the options name something that does not exist
 */
export async function detectSeveral(
  names: readonly string[],
  options: DetectionOptions & StackOptions,
  surroundings: Surroundings,
): Promise<FleetDetection> {
  const parallelism = parallelismOf(options);
  checkSystems(options);
  const { workingDirectory } = surroundings;
  const stacks = findStacksNamed(resolve(workingDirectory, options.output), names);
  const asked = proofRequestOf(options);
  if (options.since !== undefined) readDetections(resolve(workingDirectory, options.since));
  const announcer = announcerOf(stacks, options, surroundings);
  warnOfTlsSwitch(surroundings);
  const fleet = fleetName(names);
  const make = async () => {
    const optionsOf = (stack: Stack) => detectOptions(stack, options, asked, undefined, surroundings);
    return detectFleet({ fleet, stacks, parallelism, optionsOf }, await worldOf(surroundings));
  };
  return detectAndReport(fleet, make, options, announcer, surroundings);
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
async function detectAndReport<D extends Detected>(
  stack: string,
  make: () => Promise<D>,
  options: DetectionOptions,
  announcer: Announcer,
  surroundings: Surroundings,
): Promise<D> {
  let detection: D;
  try {
    detection = await make();
  } catch (error) {
    if (!surroundings.interrupted.aborted) await announcer.failed(stack, error, surroundings);
    throw error;
  }
  writeBeside(detection, options, surroundings);
  await announcer.report(detection, exitCodeOf(detection), surroundings);
  return detection;
}

async function detectOnce(
  stack: Stack,
  options: DetectionOptions,
  asked: ProofRequest,
  last: Proof | undefined,
  surroundings: Surroundings,
): Promise<Detection> {
  const world = await worldOf(surroundings);
  return detect(stack, await detectOptions(stack, options, asked, last, surroundings), world);
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

export const exitCodeOf = ({ verdict }: Pick<Detection, "verdict">): ExitCode => EXIT[verdict];

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
