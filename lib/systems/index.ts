import { alertOps } from "./alertops";
import { ksaar } from "./ksaar";
import { ovhVrops } from "./ovh-vrops";
import { uipath } from "./uipath";
import { uptrends } from "./uptrends";
import { vrops } from "./vrops";
import type { System } from "./kit/system";

/** The only list of systems: adding one is adding its folder and a line here. */
const all = [ovhVrops, vrops, uipath, alertOps, uptrends, ksaar] as const;

export const systems: readonly System[] = all;

/** The settings of each system by its name, if it has any: the props of the OutboundProvider construct. */
export type SystemSettings = {
  readonly [
    S in (typeof all)[number] as keyof S["settings"]["attributes"] extends never ? never : S["name"]
  ]: S["settings"]["attributes"];
};
