import { jsonText, type JsonDocument } from "../../core/json-document";
import type { Problem } from "../../core/problem";
import type { CheckFinding } from "./finding";

/** The checks of this machine, the most important first. */
export interface DoctorDocument extends JsonDocument<"outbound-doctor/1"> {
  /** False when something prevents a deployment. */
  readonly ok: boolean;
  readonly findings: readonly DoctorFinding[];
}

export interface DoctorFinding {
  /** What was checked: `Terraform`. */
  readonly subject: string;
  /** What was found. */
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
