import { ovhVrops } from "./ovh-vrops";
import { vrops } from "./vrops";
import type { System } from "./system";

/** The only list of systems: adding one is adding its folder and a line here. */
export const systems: readonly System[] = [ovhVrops, vrops];
