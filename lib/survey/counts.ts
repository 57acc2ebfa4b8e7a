import type { Reading } from "../systems/kit/survey";
import type { ReadOutcome } from "./read-all";
import type { Count } from "./report";

/**
 * The number of objects of each kind, over all answers that count them. What could not be read is unknown, never zero.
 */
export function countsOf(
  outcomes: readonly ReadOutcome[],
  unread: readonly Reading[],
  ended: string | undefined,
  uncounted: Readonly<Record<string, string>> = {},
): Count[] {
  const asked = [...outcomes.map(({ reading }) => reading), ...unread];
  const kinds = [...new Set(asked.flatMap(({ counts }) => Object.keys(counts ?? {})))].sort();
  // A reading that was cut short may lack objects of every kind that is counted below it.
  const left = outcomes.filter(({ leftOut }) => leftOut > 0).map(({ reading }) => reading.route);
  const others = Object.entries(uncounted).map(([kind, unknown]): Count => ({ kind, unknown }));
  const counts = kinds.map((kind): Count => {
    const told = outcomes.filter(({ reading }) => kind in (reading.counts ?? {}));
    if (told.length === 0) return { kind, unknown: ended ?? "nobody asked" };
    const known = told.flatMap(({ counts }) => counts[kind] ?? []);
    const unread = told.find(({ counts }) => counts[kind] === undefined);
    const count = known.reduce((sum, one) => sum + one, 0);
    if (unread !== undefined && known.length === 0) return { kind, unknown: reasonOf(unread) };
    const more =
      unread !== undefined || told.some(({ reading }) => left.some((route) => isBelow(reading.route, route)));
    return { kind, count, ...(more && { atLeast: true }) };
  });
  return [...counts, ...others];
}

const isBelow = (route: string, above: string) => route !== above && route.startsWith(above);

export function reasonOf({ state, reading, problem, response }: ReadOutcome): string {
  switch (state) {
    case "absent":
      return reading.mayLack ?? `the server has no ${reading.route}`;
    case "forbidden":
      return `the login may not read it${response === undefined ? "" : ` (${response.status})`}`;
    case "page":
      return "a web page came back";
    case "failed":
      return problem?.summary ?? "no answer";
    case "read":
      return "the answer is not in the expected form";
  }
}
