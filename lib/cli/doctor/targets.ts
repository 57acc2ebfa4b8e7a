import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { isConfigured, namedPlaces } from "../../inventory/take";
import { findStack, type Stack } from "../../plan";
import { PROVIDER_NAME } from "../../package/identity";
import { readStackConfig, type StackConfig } from "../../reconcile/stack-config";
import type { SurveyTarget } from "../../survey/survey";
import type { Runtime, System } from "../../systems/kit/system";

export interface TargetOptions {
  /** Names of systems. @default all */
  readonly systems: readonly string[];
  readonly places: Readonly<Record<string, readonly string[]>>;
  /** The directory that `cdktf synth` writes. */
  readonly output: string;
  readonly stack: string | undefined;
}

/**
 * Which systems are looked at, and by which settings: those of a synthesised stack where there is one, else those of the
 * environment. A system that was named is looked at in any case, so that its missing settings are told.
 *
 * @throws ProblemError for a stack that is not there
 */
export function targetsOf(all: readonly System[], options: TargetOptions, runtime: Runtime): SurveyTarget[] {
  const stack = stackOf(options, runtime.workingDirectory);
  const config = stack && readStackConfig(stack, runtime.environment);
  const declared = config && new Set(config.declared.map(({ type }) => type));
  const chosen = options.systems.length === 0 ? all : all.filter(({ name }) => options.systems.includes(name));
  return chosen.flatMap((system) => {
    const places = placesOf(system, options, config, runtime);
    const common = { system, places, declared };
    const blocks = config === undefined ? [] : blocksOf(system, config);
    if (blocks.length > 0) return blocks.map((block) => ({ ...common, ...block }));
    const wanted = options.systems.length > 0 || isConfigured(system, runtime) || system.survey === undefined;
    return [{ ...common, settings: wanted ? { known: null } : undefined }];
  });
}

/** Those that are named, else those of the code. */
function placesOf(system: System, { places }: TargetOptions, config: StackConfig | undefined, runtime: Runtime) {
  const named = namedPlaces(system, places, runtime.environment);
  const attribute = system.inventory?.places?.attribute;
  if (named.length > 0 || attribute === undefined || config === undefined) return named;
  return config.literals(new Set(system.resources.map(({ schema }) => schema.type)), attribute);
}

/** One without a name only where the stack has something to do with the system. */
function stackOf({ output, stack }: TargetOptions, workingDirectory: string): Stack | undefined {
  const directory = resolve(workingDirectory, output);
  if (stack === undefined && !existsSync(join(directory, "manifest.json"))) return undefined;
  return findStack(directory, stack);
}

/** What each provider configuration says of the system; configurations that say the same are one. */
function blocksOf(system: System, config: StackConfig): Pick<SurveyTarget, "settings" | "provider">[] {
  const said = new Map<string, Pick<SurveyTarget, "settings" | "provider">>();
  for (const alias of config.aliases) {
    const settings = config.settings(alias, system.name);
    if ("known" in settings && settings.known === null) continue;
    const key = JSON.stringify(settings);
    if (!said.has(key))
      said.set(key, { settings, provider: alias === "" ? PROVIDER_NAME : `${PROVIDER_NAME}.${alias}` });
  }
  return [...said.values()];
}
