import { jsonText, type JsonDocument } from "../../core/json-document";
import type { Problem } from "../../core/problem";
import type { CheckFinding } from "./finding";

/** What was looked at on this machine, in the order in which it matters. */
export interface DoctorDocument extends JsonDocument<"outbound-doctor/1"> {
  /** False when something keeps a deployment from working. */
  readonly ok: boolean;
  readonly findings: readonly DoctorFinding[];
}

export interface DoctorFinding {
  /** What was looked at: `Terraform`. */
  readonly subject: string;
  /** What was seen there. */
  readonly seen: string;
  /** What is wrong with it; absent when nothing is. */
  readonly problem?: Omit<Problem, "prose">;
}

export function findingsToDoctorJson(findings: readonly CheckFinding[]): string {
  const document: DoctorDocument = {
    format: "outbound-doctor/1",
    ok: !findings.some(({ problem }) => problem?.severity === "error"),
    findings: findings.map(({ subject, seen, problem }) => {
      if (problem === undefined) return { subject, seen };
      const { prose: _, ...told } = problem;
      return { subject, seen, problem: told };
    }),
  };
  return jsonText(document);
}
