/** Segments that also have a plural: routes have been singular since 2022, and the plural still works. */
const PLURAL = new Set([
  "AlertDefinition",
  "EscalationLevel",
  "Integration",
  "Member",
  "Monitor",
  "MonitorGroup",
  "Operator",
  "OperatorGroup",
]);

/** A route in all its spellings, the singular first. */
export function spellings(path: string): string[] {
  return path
    .split("/")
    .reduce<string[]>(
      (made, segment, index) =>
        made.flatMap((before) =>
          (PLURAL.has(segment) ? [segment, `${segment}s`] : [segment]).map((one) =>
            index === 0 ? one : `${before}/${one}`,
          ),
        ),
      [""],
    );
}
