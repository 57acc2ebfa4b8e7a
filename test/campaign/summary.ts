import type { Played } from "./play";

/** What a campaign came to, in lines for people. */
export function summary(results: readonly Played[], milliseconds: number): string {
  const violated = results.filter(({ violations }) => violations.length > 0).length;
  const faults = counted(results.flatMap(({ hits }) => hits.map((hit) => hit.split(" ").at(-1)!)));
  const disruptions = counted(results.flatMap(({ disrupted, trial }) => (disrupted ? [trial.disruption.kind] : [])));
  return [
    `${results.length} trials in ${Math.round(milliseconds / 1_000)} s, ${violated} violated`,
    `faults hit: ${faults}`,
    `disruptions: ${disruptions}`,
  ].join("\n");
}

function counted(names: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const sorted = [...counts].sort(([one], [other]) => one.localeCompare(other, "en"));
  return sorted.map(([name, count]) => `${name} ${count}`).join(", ") || "none";
}
