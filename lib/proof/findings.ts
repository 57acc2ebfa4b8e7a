import type { Finding, FindingSeverity } from "../core/finding";
import { endingSentence, type Ending, type EndingState, type Horizon } from "./ending";

const SEVERITY: Readonly<Record<EndingState, FindingSeverity>> = {
  ended: "error",
  forbidden: "error",
  near: "warning",
  changed: "warning",
  unknown: "warning",
  later: "note",
  untold: "note",
};

const WHY: Readonly<Record<Ending["kind"], string>> = {
  certificate: "After it the connection is refused, and alerts are lost without a word.",
  authority: "After it nobody trusts the certificates that it has signed.",
  login: "After it every plan, apply and check fails with a refused login.",
  authentication: "After it the server refuses the login, and alerts end there.",
  rule: "Servers that keep to it hand no mail over there, and receivers may refuse it.",
  record: "Receivers judge by it whether the mail is yours; without it alerts land in junk or are refused.",
};

/** Endings as findings: what has ended is an error, what ends soon a warning, the rest a note. */
export function endingFindings({ endings }: Horizon, now: number): Finding[] {
  return endings.map((ending) => ({
    severity: SEVERITY[ending.state],
    id: `ends-${ending.kind}`,
    path: ending.paths.join(", "),
    summary: endingSentence(ending, now),
    why: WHY[ending.kind],
    fix: ending.fix,
  }));
}
