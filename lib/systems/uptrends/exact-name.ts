import { ProblemError, type Problem } from "../../core/problem";
import { nearestWord } from "../../validators/did-you-mean";

/** An object that is found by its name. */
export interface Named {
  readonly name: string;
  readonly id: string;
}

/** The problems when there is not exactly one. */
export interface NameProblems {
  /** @param nearest the name that was probably meant */
  missing(candidates: readonly string[], nearest: string | undefined): Problem;
  ambiguous(ids: readonly string[]): Problem;
}

/** The object with exactly this name: a similar name is an error that quotes it, never a guess. */
export function exactlyNamed<T extends Named>(all: readonly T[], name: string, problems: NameProblems): T {
  const [found, ...others] = all.filter((one) => one.name === name);
  if (found === undefined) {
    const candidates = all.map((one) => one.name).filter((one) => one !== "");
    throw new ProblemError(problems.missing(candidates, nearestWord(name, candidates)));
  }
  if (others.length > 0) throw new ProblemError(problems.ambiguous([found, ...others].map(({ id }) => id)));
  return found;
}
