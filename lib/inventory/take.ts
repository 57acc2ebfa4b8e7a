import { connectSystem } from "../systems/kit/connect";
import { isMentioned } from "../systems/kit/settings-resolution";
import { reasonFor, type Collection, type Inventory } from "../systems/kit/inventory";
import type { Runtime, System } from "../systems/kit/system";
import type { ValueObject } from "../terraform-plugin/values";
import { noPlaces } from "./errors";

export interface InventoryRequest {
  /** The system's block of a provider configuration. @default none: everything comes from the environment */
  readonly settings?: ValueObject | null;
  /** The places that the system cannot enumerate by itself, such as services. */
  readonly places: readonly string[];
}

/** The objects of one system; all unknown when no connection could be made. Reads only. */
export async function takeInventory(
  system: System,
  { settings = null, places }: InventoryRequest,
  runtime: Runtime,
  signal: AbortSignal,
): Promise<Inventory> {
  const { inventory } = system;
  if (inventory === undefined) return unknown(system, system.lacks.inventory!);
  if (inventory.places !== undefined && places.length === 0) return unknown(system, noPlaces(inventory.places));
  try {
    const client = await connectSystem(system, settings, runtime);
    const context = { signal, log: runtime.log, redactor: runtime.redactor, report: () => undefined };
    return await inventory.list(client, places, context);
  } catch (error) {
    signal.throwIfAborted();
    return unknown(system, reasonFor(error));
  }
}

/** Every collection of a system, unknown for the same reason. */
function unknown(system: System, reason: string): Collection[] {
  return system.resources.map(({ schema, words }) => ({
    type: schema.type,
    title: `${words.kind}s of ${words.system.title}`,
    unknown: reason,
  }));
}

/**
 * Whether the environment or a file of the vendor's tools says how to reach the system. An incomplete configuration counts,
 * so that its mistake is reported instead of skipped.
 */
export const isConfigured = (system: System, runtime: Runtime): boolean => isMentioned(system, runtime);

/** The places of a system that the command line or the environment names. */
export function namedPlaces(
  { inventory }: System,
  options: Readonly<Record<string, readonly string[]>>,
  environment: Runtime["environment"],
): readonly string[] {
  const places = inventory?.places;
  if (places === undefined) return [];
  const given = options[places.option] ?? [];
  if (given.length > 0) return [...new Set(given)];
  return (environment[places.variable] ?? "")
    .split(",")
    .map((place) => place.trim())
    .filter((place) => place !== "");
}
