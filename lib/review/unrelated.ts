import { plural } from "../core/plural";
import { isOurs } from "../topology";
import type { Change } from "./review";

/**
 * Whether a change has no part in the way of the alerts: one of another provider, such as the `null_resource` that
 * orders two others.
 */

export const isUnrelated = ({ type, meaning }: Change): boolean => type !== "output" && meaning === "" && !isOurs(type);

export const unrelatedTitle = (count: number): string =>
  `${plural(count, "other object")} with no part in the way of the alerts`;
