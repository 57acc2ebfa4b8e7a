import type { Places } from "../systems/kit/inventory";

/** Why nobody can tell what is there: reasons, shown beside "unknown". */

export const noApi = (title: string) => `${title} has no API that tells`;

export const noPlaces = ({ option, variable, example }: Places) =>
  `nobody said where to look: name it with --${option} ${example} or ${variable}`;
