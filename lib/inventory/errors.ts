import type { Places } from "../systems/kit/inventory";

/** The reasons why an inventory is unknown, shown beside "unknown". */

export const noPlaces = ({ option, variable, example }: Places) =>
  `nobody said where to look: name it with --${option} ${example} or ${variable}`;
