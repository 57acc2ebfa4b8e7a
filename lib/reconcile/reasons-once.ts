import type { Entry } from "./detection";

/** A shorter reason than its replacement is repeated. */
const SHORT = 60;

/** Keeps each reason at the first entry that has it: it may be long, and the same for all objects of a system. */
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
