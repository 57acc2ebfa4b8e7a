import type { Finding, FindingSeverity } from "../core/finding";
import { endingFindings } from "../proof/findings";
import type { Bucket, Detection, Entry } from "./detection";

const SEVERITY: Readonly<Record<Exclude<Bucket, "in-sync">, FindingSeverity>> = {
  drifted: "error",
  missing: "error",
  broken: "error",
  unmanaged: "warning",
  unknown: "warning",
};

const WHY: Readonly<Record<Exclude<Bucket, "in-sync">, string>> = {
  drifted: "Alerts go another way than the code says.",
  missing: "Alerts that need it do not leave.",
  broken: "All is as declared, and alerts are lost all the same.",
  unmanaged: "Nobody reviews it, and nobody takes it away.",
  unknown: "Nobody knows whether alerts get through it.",
};

const FIX: Readonly<Record<Exclude<Bucket, "in-sync">, string>> = {
  drifted: "Run `outbound reconcile repair`, or change the code.",
  missing: "Run `outbound reconcile repair`, or take it out of the code.",
  broken: "Do what the diagnosis says, then run `outbound reconcile detect --prove` again.",
  unmanaged: "Write code for it with `outbound import`, or remove it there.",
  unknown: "See the reason; `outbound doctor --systems` looks at each system by itself.",
};

/** Everything that is not in sync, and what expires, as findings. */
export function findingsOfDetection({ entries, horizon, detectedAt }: Detection): Finding[] {
  const found = entries.flatMap((entry) => findingOf(entry));
  return [...found, ...(horizon === undefined ? [] : endingFindings(horizon, Date.parse(detectedAt)))];
}

function findingOf({ bucket, kind, type, address, name, id, reason, differences = [], expected }: Entry): Finding[] {
  if (bucket === "in-sync") return [];
  const differing = differences.map(({ attribute, was, is }) => `${attribute} is ${is}, was ${was}`);
  const said = [reason, ...differing].filter((part) => part !== undefined).join("; ");
  return [
    {
      severity: expected === true ? "note" : SEVERITY[bucket],
      id: `reconcile-${bucket}`,
      path: address ?? [type, name ?? id].filter((part) => part !== undefined).join(" "),
      summary: `${kind} ${bucket}${said === "" ? "" : `: ${said}`}`,
      why: WHY[bucket],
      fix: FIX[bucket],
    },
  ];
}
