import type { Entry } from "./detection";

/** Shorter than what would stand in its place. */
const SHORT = 60;

/** Says each reason why nobody can tell at the first entry that has it: it may be long, and the same for all of a system. */
export function reasonsOnce(entries: readonly Entry[]): Entry[] {
  const first = new Map<string, string>();
  return entries.map((entry) => {
    const { bucket, reason, address, name, type } = entry;
    if (bucket !== "unknown" || reason === undefined || reason.length < SHORT) return entry;
    const said = first.get(reason);
    if (said !== undefined) return { ...entry, reason: `for the same reason as ${said}` };
    first.set(reason, address ?? name ?? type);
    return entry;
  });
}
