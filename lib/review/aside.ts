import { isOurs } from "../topology";
import type { Change } from "./review";
import { plural } from "./words";

/** Changes that have no part in the way of the alerts: of other providers, such as the `null_resource` that orders two others. */

export const isAside = ({ type, meaning }: Change): boolean => type !== "output" && meaning === "" && !isOurs(type);

export const asideTitle = (count: number): string =>
  `${plural(count, "other object")} with no part in the way of the alerts`;
