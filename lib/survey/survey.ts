import type { System } from "../systems/kit/system";
import { notConfigured, surveySystem, type SurveyWorld } from "./survey-system";
import type { Recording } from "./recording";
import type { SystemReport } from "./report";
import type { Value } from "../terraform-plugin/values";

/** One way to a system that is to be looked at. */
export interface SurveyTarget {
  readonly system: System;
  /** Which provider configuration; absent where all comes from the environment. */
  readonly provider?: string;
  /** Undefined: nobody has said anything about the system. A reason where only Terraform knows. */
  readonly settings: { readonly known: Value } | { readonly unknown: string } | undefined;
  readonly places: readonly string[];
  /** The resource types that are declared; undefined when nobody knows. */
  readonly declared: ReadonlySet<string> | undefined;
}

export interface SurveyOptions {
  /** For each system, milliseconds. */
  readonly timeoutMs: number;
  /** Where answers are kept. @default nowhere */
  readonly recordingFor?: (target: SurveyTarget) => Recording;
}

/** Looks at all of them at the same time. Reads only. */
export async function survey(
  targets: readonly SurveyTarget[],
  { timeoutMs, recordingFor }: SurveyOptions,
  world: SurveyWorld,
): Promise<readonly SystemReport[]> {
  return Promise.all(
    targets.map(async (target): Promise<SystemReport> => {
      const { system, settings, places, declared, provider } = target;
      const named = provider === undefined ? {} : { provider };
      if (settings === undefined) return { ...notConfigured(system), ...named };
      if ("unknown" in settings)
        return { ...notConfigured(system), ...named, state: "unknown", reason: settings.unknown };
      const recording = system.survey && recordingFor?.(target);
      const request = { settings: settings.known, places, timeoutMs, declared, ...(recording && { recording }) };
      return { ...(await surveySystem(system, request, world)), ...named };
    }),
  );
}

const PASSES: ReadonlySet<SystemReport["state"]> = new Set(["nothing wrong", "not configured", "no API"]);

/** True when nothing is wrong with any that is configured, and there is one; what cannot be known by reading does not count. */
export const isWell = (reports: readonly SystemReport[]): boolean =>
  reports.some(({ state }) => state === "nothing wrong") && reports.every(({ state }) => PASSES.has(state));
