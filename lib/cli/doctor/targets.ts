import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { isConfigured, namedPlaces } from "../../inventory/take";
import { findStack, findStacksNamed, type Stack } from "../../plan";
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
  /** A name, or a pattern with `*` for several. */
  readonly stack: string | undefined;
}

/**
 * The systems to survey, with their settings: those of synthesised stacks where there are any, else those of the
 * environment. A named system is always included, so that its missing settings are reported.
 *
 * @throws ProblemError for a stack that does not exist
 */
export function targetsOf(all: readonly System[], options: TargetOptions, runtime: Runtime): SurveyTarget[] {
  const stacks = stacksOf(options, runtime.workingDirectory);
  const configs = stacks.map((stack) => readStackConfig(stack, runtime.environment));
  const types = new Set(configs.flatMap((config) => config.declared.map(({ type }) => type)));
  const declared = configs.length === 0 ? undefined : types;
  const chosen = options.systems.length === 0 ? all : all.filter(({ name }) => options.systems.includes(name));
  return chosen.flatMap((system) => {
    const places = placesOf(system, options, configs, runtime);
    const common = { system, places, declared };
    const blocks = blocksOf(system, configs);
    if (blocks.length > 0) return blocks.map((block) => ({ ...common, ...block }));
    const wanted = options.systems.length > 0 || isConfigured(system, runtime) || system.survey === undefined;
    return [{ ...common, settings: wanted ? { known: null } : undefined }];
  });
}

/** The named places, else those of the code. */
function placesOf(system: System, { places }: TargetOptions, configs: readonly StackConfig[], runtime: Runtime) {
  const named = namedPlaces(system, places, runtime.environment);
  const attribute = system.inventory?.places?.attribute;
  if (named.length > 0 || attribute === undefined) return named;
  const types = new Set(system.resources.map(({ schema }) => schema.type));
  return [...new Set(configs.flatMap((config) => config.literals(types, attribute)))];
}

/** Without a name, a stack is used only where it has something to do with the system. */
function stacksOf({ output, stack }: TargetOptions, workingDirectory: string): Stack[] {
  const directory = resolve(workingDirectory, output);
  if (stack !== undefined) return findStacksNamed(directory, [stack]);
  return existsSync(join(directory, "manifest.json")) ? [findStack(directory)] : [];
}

/** The settings of the system in each provider configuration; equal ones are merged. */
function blocksOf(system: System, configs: readonly StackConfig[]): Pick<SurveyTarget, "settings" | "provider">[] {
  const said = new Map<string, Pick<SurveyTarget, "settings" | "provider">>();
  for (const config of configs) {
    for (const alias of config.aliases) {
      const settings = config.settings(alias, system.name);
      if ("known" in settings && settings.known === null) continue;
      const key = JSON.stringify(settings);
      if (!said.has(key))
        said.set(key, { settings, provider: alias === "" ? PROVIDER_NAME : `${PROVIDER_NAME}.${alias}` });
    }
  }
  return [...said.values()];
}
