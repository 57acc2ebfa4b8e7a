import { KNOWN_AFTER_APPLY } from "../core/terraform-text";
import { compare } from "../core/finding";
import type { AlertPath } from "../topology";
import type { ReceiverChange } from "./review";
import type { BeforeAndAfter } from "./before-and-after";

/** Who receives what, before and after: one row for each system, severity and kind of object. Changed rows first. */
export function receiversOf({ before, after }: BeforeAndAfter): ReceiverChange[] {
  const was = grouped(before.told);
  const is = grouped(after.told);
  const rows = [...new Set([...was.keys(), ...is.keys()])].map((key): ReceiverChange => {
    const [system = "", severity = "", about = ""] = JSON.parse(key) as string[];
    return { system, severity, about, before: names(was.get(key)), after: names(is.get(key)) };
  });
  return rows.sort(
    (a, b) =>
      Number(isChanged(b)) - Number(isChanged(a)) ||
      compare(a.system, b.system) ||
      rank(a.severity) - rank(b.severity) ||
      compare(a.severity, b.severity) ||
      compare(a.about, b.about),
  );
}

export function isChanged({ before, after }: ReceiverChange): boolean {
  return before.join("\n") !== after.join("\n");
}

function grouped(told: readonly AlertPath[]): Map<string, Set<string>> {
  const groups = new Map<string, Set<string>>();
  for (const { route, receiver } of told) {
    const about =
      route.resourceKinds === undefined
        ? KNOWN_AFTER_APPLY
        : [...(route.resourceKinds ?? ["anything"])].sort(compare).join(", ");
    for (const severity of route.severities === undefined ? [KNOWN_AFTER_APPLY] : (route.severities ?? ["any"])) {
      const key = JSON.stringify([route.title, severity, about]);
      groups.set(key, (groups.get(key) ?? new Set()).add(receiver));
    }
  }
  return groups;
}

function names(receivers: ReadonlySet<string> | undefined): string[] {
  return [...(receivers ?? [])].sort(compare);
}

/** The worst first, in the words of the systems that have severities. */
const WORST_FIRST = ["any", "CRITICAL", "IMMEDIATE", "WARNING", "INFORMATION"];

function rank(severity: string): number {
  const at = WORST_FIRST.indexOf(severity);
  return at === -1 ? WORST_FIRST.length : at;
}
