import type { Played } from "./play";

/** What a campaign came to, in lines for people. */
export function summary(results: readonly Played[], milliseconds: number): string {
  const violated = results.filter(({ violations }) => violations.length > 0).length;
  const met = results.map(({ hits }) => hits.filter(({ times }) => times > 0));
  const faults = counted(met.flatMap((hits) => hits.map(({ effect }) => effect)));
  const most = [...met.map((hits) => hits.length)].sort((one, other) => one - other);
  const disruptions = counted(results.flatMap(({ disrupted, trial }) => (disrupted ? [trial.disruption.kind] : [])));
  return [
    `${results.length} trials in ${Math.round(milliseconds / 1_000)} s, ${violated} violated`,
    `faults hit in a trial: ${most[0] ?? 0} to ${most.at(-1) ?? 0}, ${most[Math.floor(most.length / 2)] ?? 0} in the middle`,
    `trials that each fault hit: ${faults}`,
    `disruptions: ${disruptions}`,
  ].join("\n");
}

function counted(names: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const sorted = [...counts].sort(([one], [other]) => one.localeCompare(other, "en"));
  return sorted.map(([name, count]) => `${name} ${count}`).join(", ") || "none";
}
