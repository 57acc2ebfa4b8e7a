import { realmOfSettings } from "../systems/kit/settings-resolution";
import type { Runtime, System } from "../systems/kit/system";
import { objectKey } from "./compare";
import type { Entry } from "./detection";
import type { StackConfig } from "./stack-config";

/** What other stacks have that are looked at together with one: no code of its own declares it, and theirs does. */
export interface Elsewhere {
  /** @param place of the system, as `realmOfSettings` calls it @param key of the object, as {@link objectKey} makes it */
  manages(place: string, key: string): boolean;
  /** The stacks that may have objects of a type which nobody could see. */
  untold(type: string): readonly string[];
}

/** Of a stack that is looked at by itself. */
export const ALONE: Elsewhere = { manages: () => false, untold: () => [] };

/** What a stack has in which place; an id means another object in another one. */
export class Managed {
  private readonly objects: ReadonlySet<string>;
  private readonly unseenTypes: ReadonlySet<string>;

  /**
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
        // What the code no longer declares may have been in any of them.
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

  /** Whether it may have objects of this type of which it is not known which they are. */
  mayHaveMore(type: string): boolean {
    // Of a stack as a whole there is one entry without a type.
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
