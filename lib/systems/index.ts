import { ovhVrops } from "./ovh-vrops";
import { vrops } from "./vrops";
import type { System } from "./system";

/** The only list of systems: adding one is adding its folder and a line here. */
const all = [ovhVrops, vrops] as const;

export const systems: readonly System[] = all;

/** The settings of each system by its name: the props of the OutboundProvider construct. */
export type SystemSettings = { readonly [S in (typeof all)[number] as S["name"]]: S["settings"] };
