import type { HttpAttributes } from "./kit/http-settings";
import type { System } from "./kit/system";
import * as list from "./list";

type Listed = (typeof list)[keyof typeof list];

/** All systems, by name: the order of a module's exports depends on the compiler. */
export const systems: readonly System[] = Object.values<System>(list).sort((a, b) => (a.name < b.name ? -1 : 1));

/** The settings of each system by its name, if it has any: the props of the OutboundProvider construct. */
export type SystemSettings = {
  readonly [
    S in Listed as keyof S["settings"]["attributes"] extends never ? never : S["name"]
  ]: S["settings"]["attributes"] & HttpAttributes;
};
