import { isConfigured, namedPlaces, takeInventory } from "../inventory/take";
import type { Inventory } from "../systems/kit/inventory";
import type { Runtime, System } from "../systems/kit/system";
import { nothingConfigured, unknownSystem } from "./errors";

export interface GatherOptions {
  /** The names of systems. @default the configured ones */
  readonly systems: readonly string[];
  /** The places to look in, by {@link Places.option}. */
  readonly places: Readonly<Record<string, readonly string[]>>;
}

export interface Gathered {
  readonly system: System;
  readonly inventory: Inventory;
}

/** @throws ProblemError for a name that no system has */
export function requireSystems(named: readonly string[], all: readonly Pick<System, "name">[]): void {
  const names = all.map(({ name }) => name);
  for (const name of named) if (!names.includes(name)) throw unknownSystem(name, names);
}

/** The existing objects of the chosen systems. Reads only. */
export async function gather(
  all: readonly System[],
  { systems, places }: GatherOptions,
  runtime: Runtime,
  signal: AbortSignal,
): Promise<readonly Gathered[]> {
  requireSystems(systems, all);
  const chosen: System[] = [];
  for (const system of all) {
    const wanted = systems.length > 0 ? systems.includes(system.name) : isConfigured(system, runtime);
    if (wanted) chosen.push(system);
  }
  if (chosen.length === 0) {
    throw nothingConfigured(all.flatMap(({ settings }) => Object.values(settings.environment).slice(0, 1)));
  }
  return Promise.all(
    chosen.map(async (system) => {
      const named = namedPlaces(system, places, runtime.environment);
      return { system, inventory: await takeInventory(system, { places: named }, runtime, signal) };
    }),
  );
}
