import type { Places } from "../systems/kit/inventory";

/** Why nobody can tell what is there: reasons, shown beside "unknown". */

export const noPlaces = ({ option, variable, example }: Places) =>
  `nobody said where to look: name it with --${option} ${example} or ${variable}`;
