import { resolve } from "node:path";
import { commandRuntime } from "../inventory/runtime";
import { findStack, type Stack } from "../plan";
import { detect, type DetectOptions } from "../reconcile/detect";
import type { Detection, Verdict } from "../reconcile/detection";
import type { World } from "../reconcile/observe";
import type { ProofMode } from "../reconcile/proof";
import { systems } from "../systems";
import type { DetectionOptions } from "./detection-options";
import { badOption } from "./errors";
import { ExitCode } from "./exit-code";
import { placesGiven } from "./place-options";
import { terraformRunner } from "./run-terraform";
import type { Surroundings } from "./surroundings";
import { warnOfTlsSwitch } from "./tls-warning";

/** A detection whose command line is in order. */
export interface PreparedDetection {
  /** The name of the stack. */
  readonly stack: string;
  /** Looks at the stack as it is synthesised by now. */
  readonly detect: (surroundings: Surroundings) => Promise<Detection>;
}

/** @throws ProblemError where the command line names what does not exist */
export function preparedDetection(
  name: string | undefined,
  options: DetectionOptions,
  surroundings: Surroundings,
): PreparedDetection {
  for (const one of options.acceptUnknown) {
    const names = systems.map((system) => system.name);
    if (!names.includes(one)) throw badOption("--accept-unknown", one, `one of ${names.join(", ")}`);
  }
  const output = resolve(surroundings.workingDirectory, options.output);
  const { name: stack } = findStack(output, name);
  warnOfTlsSwitch(surroundings);
  return { stack, detect: (now) => detectOnce(findStack(output, stack), options, now) };
}

async function detectOnce(stack: Stack, options: DetectionOptions, surroundings: Surroundings): Promise<Detection> {
  const world = await worldOf(surroundings);
  const { prove: mode } = options;
  return detect(
    stack,
    {
      ...(mode === undefined ? {} : { prove: await prover(mode === true ? "probe" : mode, stack, surroundings) }),
      systems,
      places: placesGiven(options as unknown as Record<string, unknown>, systems),
      allowUnmanaged: options.allowUnmanaged ?? false,
      acceptUnknown: options.acceptUnknown,
    },
    world,
  );
}

/** Loaded only where something is to be proved. */
async function prover(mode: ProofMode, stack: Stack, surroundings: Surroundings): Promise<DetectOptions["prove"]> {
  const { prove } = await import("./prove/prove");
  return (planned) => prove(mode, stack, planned, surroundings);
}

const EXIT: Readonly<Record<Verdict, ExitCode>> = {
  "in-sync": ExitCode.ok,
  drift: ExitCode.drift,
  broken: ExitCode.broken,
  unknown: ExitCode.failed,
};

export const exitCodeOf = ({ verdict }: Pick<Detection, "verdict">): ExitCode => EXIT[verdict];

export async function worldOf(surroundings: Surroundings): Promise<World> {
  const { err, watched, interrupted } = surroundings;
  return {
    run: await terraformRunner(surroundings),
    runtime: commandRuntime(surroundings, surroundings.redactor),
    signal: interrupted,
    // For somebody who waits; a pipeline's log keeps results only.
    progress: (text) => (watched ? err(`… ${text}`) : undefined),
  };
}
