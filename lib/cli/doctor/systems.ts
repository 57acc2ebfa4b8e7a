import { resolve } from "node:path";
import { ProblemError } from "../../core/problem";
import { printableLine } from "../../core/printable";
import { requireSystems } from "../../import/gather";
import { commandRuntime } from "../../inventory/runtime";
import { nothingToAsk } from "../../survey/errors";
import { systemsToJson } from "../../survey/json";
import { Recording } from "../../survey/recording";
import { isWell, survey, type SurveyTarget } from "../../survey/survey";
import { systemsToText } from "../../survey/text";
import { systems } from "../../systems";
import { parseDuration } from "../../terraform-plugin/duration";
import { badOption } from "../errors";
import { ExitCode } from "../exit-code";
import { placesOfOptions } from "../place-options";
import type { Surroundings } from "../surroundings";
import { warnOfTlsSwitch } from "../tls-warning";
import { targetsOf } from "./targets";

export interface SystemsOptions {
  readonly system: readonly string[];
  readonly output: string;
  readonly stack?: string;
  readonly timeout: string;
  readonly record?: string;
  readonly json?: boolean;
}

/** `outbound doctor --systems`: checks whether the systems are what this package expects. */
export async function examineSystems(options: SystemsOptions, surroundings: Surroundings): Promise<ExitCode> {
  const { err, out, print, interrupted, redactor, watched, workingDirectory } = surroundings;
  const timeoutMs = parseDuration(options.timeout);
  if (timeoutMs === undefined || timeoutMs <= 0) throw badOption("--timeout", options.timeout, "such as 60s or 2m");
  requireSystems(options.system, systems);
  warnOfTlsSwitch(surroundings);
  const runtime = commandRuntime(surroundings, redactor);
  const places = placesOfOptions(options, systems);
  const chosen = { systems: options.system, places, output: options.output, stack: options.stack };
  const targets = targetsOf(systems, chosen, runtime);
  const asked = targets.filter(({ settings, system }) => settings !== undefined && system.survey !== undefined);
  if (asked.length === 0) {
    throw new ProblemError(
      nothingToAsk(systems.flatMap(({ settings }) => Object.values(settings.environment).slice(0, 1))),
    );
  }
  const recordings = new Map<SurveyTarget, Recording>();
  const recordingFor = (target: SurveyTarget) => {
    const recording = new Recording(target.system.name);
    recordings.set(target, recording);
    return recording;
  };
  const progress = (text: string) => {
    if (watched) err(printableLine(redactor.redact(`${text} …`)));
  };
  const reports = await survey(
    targets,
    { timeoutMs, ...(options.record === undefined ? {} : { recordingFor }) },
    { runtime, signal: interrupted, progress },
  );
  const redact = (text: string) => redactor.redact(text);
  if (options.json) out(systemsToJson(reports, redact).trimEnd());
  else for (const line of systemsToText(reports, redact)) print(line);
  if (options.record !== undefined) {
    const directory = resolve(workingDirectory, options.record);
    for (const [{ system, provider }, recording] of recordings) {
      const { vocabulary } = await system.survey!();
      const name = provider === undefined ? system.name : `${system.name}-${provider}`;
      recording.save(resolve(directory, name), vocabulary);
    }
    err(`Masked answers are kept in ${options.record}: look at them before you hand them on.`);
  }
  return isWell(reports) ? ExitCode.ok : ExitCode.failed;
}
