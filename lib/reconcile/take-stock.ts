import { takeInventory } from "../inventory/take";
import type { Plan, ResourceChange } from "../plan";
import { PROVIDER_NAME } from "../package/identity";
import type { Collection, Inventory, InventoryItem } from "../systems/kit/inventory";
import { realmOfSettings } from "../systems/kit/settings-resolution";
import type { Runtime, System } from "../systems/kit/system";
import { kindOf } from "../systems/kinds";
import type { ValueObject } from "../terraform-plugin/values";
import { compareInventory, type OtherStacksInPlace } from "./compare";
import type { Coverage, Entry, Share } from "./detection";
import { NO_OTHER_STACKS, type OtherStacks } from "./other-stacks";
import type { StackConfig } from "./stack-config";

export interface StockRequest {
  readonly systems: readonly System[];
  /** Further places to look in, besides those that the code names, by {@link Places.option}. */
  readonly places: Readonly<Record<string, readonly string[]>>;
}

export interface StockContext {
  readonly runtime: Runtime;
  readonly signal: AbortSignal;
  /** Called with what is being done. */
  readonly progress: (text: string) => void;
}

interface Stock {
  readonly entries: readonly Entry[];
  readonly coverage: readonly Coverage[];
  readonly receivers: Share;
  /** @see Compared.warnings */
  readonly warnings: ReadonlyMap<string, string>;
}

/** Provider configurations that lead to one place: what they manage there is compared together. */
interface Realm {
  /** Undefined where only Terraform knows it. */
  readonly place: string | undefined;
  readonly aliases: string[];
  readonly logins: Login[];
}

/** One login to a place, and what the code declares there. */
interface Login {
  /** The system's block; a reason where only Terraform knows it. */
  readonly settings: { readonly known: ValueObject | null } | { readonly unknown: string };
  readonly resources: ResourceChange[];
}

/**
 * Lists what exists in every system that the stack uses, and compares it with what is managed there. Each place is
 * examined by itself: the same id in another place is another object, and two configurations of one place have the same
 * objects. What did not answer during planning is not asked again.
 */
export async function takeStock(
  planned: Pick<Plan, "resources">,
  entries: readonly Entry[],
  config: StackConfig,
  { systems, places }: StockRequest,
  world: StockContext,
  others: OtherStacks = NO_OTHER_STACKS,
): Promise<Stock> {
  const found: { entries: Entry[]; coverage: Coverage[] } = { entries: [], coverage: [] };
  const receivers = { managed: 0, total: 0 };
  const warnings = new Map<string, string>();
  for (const system of systems) {
    const types = new Set(system.resources.map(({ schema }) => schema.type));
    const here = planned.resources.filter(({ type }) => types.has(type));
    if (system.inventory === undefined || here.length === 0) continue;
    world.progress(`listing ${system.title}`);
    const realms = realmsOf(system, here, config, world.runtime);
    for (const realm of realms) {
      const inventories = await Promise.all(realm.logins.map((login) => inventoryOf(system, login, places, world)));
      // An object that the code no longer declares may have been in any of the places.
      const managed = entries.filter(({ address = "" }) => {
        const alias = config.declaredAlias(address);
        return alias === undefined || realm.aliases.includes(alias);
      });
      const compared = compareInventory(merged(inventories), managed, inPlace(others, realm.place));
      const provider = realms.length > 1 ? realm.aliases.map(nameOf).join(", ") : undefined;
      found.entries.push(...compared.entries.map((entry) => (provider === undefined ? entry : { ...entry, provider })));
      found.coverage.push(
        ...compared.coverage.map((one) =>
          provider === undefined ? one : { ...one, title: `${one.title} (${provider})` },
        ),
      );
      for (const [key, warning] of compared.warnings) warnings.set(key, warning);
      receivers.managed += compared.receivers.managed;
      receivers.total += compared.receivers.total;
    }
  }
  return { ...found, receivers, warnings };
}

const inPlace = (others: OtherStacks, place: string | undefined): OtherStacksInPlace => ({
  manage: (key) => place !== undefined && others.manages(place, key),
  withUnread: others.withUnread,
});

const nameOf = (alias: string) => (alias === "" ? PROVIDER_NAME : `${PROVIDER_NAME}.${alias}`);

function realmsOf(
  system: System,
  resources: readonly ResourceChange[],
  config: StackConfig,
  runtime: Runtime,
): readonly Realm[] {
  const realms = new Map<string, Realm>();
  for (const alias of new Set(resources.map(({ address }) => config.aliasOf(address)))) {
    const settings = config.settings(alias, system.name);
    const place = "unknown" in settings ? undefined : realmOfSettings(system, settings.known, runtime);
    const key = place ?? `only ${alias}`;
    const realm = realms.get(key) ?? { place, aliases: [], logins: [] };
    realms.set(key, realm);
    realm.aliases.push(alias);
    const its = resources.filter(({ address }) => config.aliasOf(address) === alias);
    const same = realm.logins.find((login) => JSON.stringify(login.settings) === JSON.stringify(settings));
    if (same === undefined) realm.logins.push({ settings, resources: its });
    else same.resources.push(...its);
  }
  return [...realms.values()];
}

async function inventoryOf(
  system: System,
  { settings, resources }: Login,
  places: StockRequest["places"],
  { runtime, signal }: StockContext,
): Promise<Inventory> {
  if ("unknown" in settings) {
    const types = system.resources.map(({ schema }) => schema.type);
    return types.map((type) => ({ type, title: kindOf(type), unknown: settings.unknown }));
  }
  const request = { settings: settings.known, places: placesOf(system, resources, places) };
  return takeInventory(system, request, runtime, signal);
}

/** The places that the code names, and those from the command line. */
function placesOf(
  { inventory }: System,
  resources: readonly ResourceChange[],
  given: StockRequest["places"],
): string[] {
  const places = inventory?.places;
  if (places === undefined) return [];
  const declared = resources.map(({ before, after }) => (after ?? before)?.[places.attribute]);
  const named = declared.filter((place): place is string => typeof place === "string");
  return [...new Set([...named, ...(given[places.option] ?? [])])].sort();
}

/** Merges what several logins see of one place: each object once; what one of them may list is known. */
function merged(inventories: readonly Inventory[]): Inventory {
  const collections = new Map<string, Collection>();
  for (const collection of inventories.flat()) {
    const key = `${collection.type} ${collection.title}`;
    const other = collections.get(key);
    if (other === undefined || "unknown" in other) collections.set(key, collection);
    if (other === undefined || "unknown" in other || "unknown" in collection) continue;
    const items = new Map<string, InventoryItem>();
    for (const item of [...other.items, ...collection.items]) items.set(item.importId.toLowerCase(), item);
    collections.set(key, { ...other, items: [...items.values()] });
  }
  return [...collections.values()];
}
