import type { System } from "../systems/kit/system";
import { notConfigured, surveySystem, type SurveyRuntime } from "./survey-system";
import type { Recording } from "./recording";
import type { SystemReport } from "./report";
import type { Value } from "../terraform-plugin/values";

/** One configuration of a system that is to be surveyed. */
export interface SurveyTarget {
  readonly system: System;
  /** The provider configuration; absent where all settings come from the environment. */
  readonly provider?: string;
  /** Undefined: the system is not configured. A reason where only Terraform knows the settings. */
  readonly settings: { readonly known: Value } | { readonly unknown: string } | undefined;
  readonly places: readonly string[];
  /** The declared resource types; undefined when they are not known. */
  readonly declared: ReadonlySet<string> | undefined;
}

export interface SurveyOptions {
  /** The limit for each system, milliseconds. */
  readonly timeoutMs: number;
  /** Where the answers are kept. @default nowhere */
  readonly recordingFor?: (target: SurveyTarget) => Recording;
}

/** Surveys all targets at the same time. Only reads. */
export async function survey(
  targets: readonly SurveyTarget[],
  { timeoutMs, recordingFor }: SurveyOptions,
  world: SurveyRuntime,
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

/** True when a system is configured and nothing is wrong with any; what reading cannot show does not count. */
export const isWell = (reports: readonly SystemReport[]): boolean =>
  reports.some(({ state }) => state === "nothing wrong") && reports.every(({ state }) => PASSES.has(state));
