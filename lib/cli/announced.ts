import { renderProblem, type Problem } from "../core/problem";
import { styled, toned, type Styled } from "../core/styled";

/** A problem as every command prints it, after its severity. */
export function announced(problem: Problem, redact?: (text: string) => string): Styled {
  const word = problem.severity === "error" ? toned("bad", "Error") : toned("warning", "Warning");
  return styled`${word}: ${renderProblem(problem, redact)}`;
}
