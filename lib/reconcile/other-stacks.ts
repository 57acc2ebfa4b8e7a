import { realmOfSettings } from "../systems/kit/settings-resolution";
import type { Runtime, System } from "../systems/kit/system";
import { objectKey } from "./compare";
import type { Entry } from "./detection";
import type { StackConfig } from "./stack-config";

/** What other stacks manage that are examined together with one: the code of that one does not declare it. */
export interface OtherStacks {
  /**
   * Whether another stack manages an object.
   *
   * @param place of the system, as `realmOfSettings` names it
   * @param key of the object, as {@link objectKey} makes it
   */
  manages(place: string, key: string): boolean;
  /** The stacks that may have objects of a type which could not be read. */
  withUnread(type: string): readonly string[];
}

/** For a stack that is examined alone. */
export const NO_OTHER_STACKS: OtherStacks = { manages: () => false, withUnread: () => [] };

/** What a stack manages in each place; the same id in another place is another object. */
export class Managed {
  private readonly objects: ReadonlySet<string>;
  private readonly unseenTypes: ReadonlySet<string>;

  /**
   * Collects what a stack manages.
   *
   * @param known what the stack declares and what its state has
   * @param systems all of them
   */
  constructor(known: readonly Entry[], config: StackConfig, systems: readonly System[], runtime: Runtime) {
    const placeOf = placesBy(config, runtime);
    this.objects = new Set(
      known.flatMap(({ type, id, address = "" }) => {
        const system = systems.find(({ resources }) => resources.some(({ schema }) => schema.type === type));
        if (id === undefined || system === undefined) return [];
        const alias = config.declaredAlias(address);
        // An object that the code no longer declares may have been in any of the places.
        const aliases = alias === undefined ? config.aliases : [alias];
        return aliases.map((one) => objectIn(placeOf(system, one) ?? "", objectKey(type, id)));
      }),
    );
    const unseen = known.filter(({ bucket, id }) => bucket === "unknown" && id === undefined);
    this.unseenTypes = new Set(unseen.map(({ type }) => type));
  }

  has(place: string, key: string): boolean {
    return this.objects.has(objectIn(place, key));
  }

  /** Whether it may manage objects of this type whose ids are not known. */
  mayHaveMore(type: string): boolean {
    // An unreadable stack has one entry, without a type.
    return this.unseenTypes.has(type) || this.unseenTypes.has("");
  }
}

const objectIn = (place: string, key: string) => `${place} ${key}`;

function placesBy(config: StackConfig, runtime: Runtime): (system: System, alias: string) => string | undefined {
  const places = new Map<string, string | undefined>();
  return (system, alias) => {
    const key = `${system.name} ${alias}`;
    if (!places.has(key)) {
      const settings = config.settings(alias, system.name);
      places.set(key, "unknown" in settings ? undefined : realmOfSettings(system, settings.known, runtime));
    }
    return places.get(key);
  };
}
