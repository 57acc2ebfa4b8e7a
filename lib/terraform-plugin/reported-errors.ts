import type { Problem } from "../core/problem";
import type { Attributes } from "./schema";

const SAME_CAUSE = "The cause is that of another error of this run, which says what to do.";

/**
 * What the resources of a run have failed with. A server that is down fails all that need it: the first error explains it,
 * the others say what could not be done for this reason.
 */
export class ReportedErrors {
  private readonly told = new Set<string>();

  /**
   * The problem, or what is left of it when its cause has been explained. What is wrong with a resource's own attribute, or
   * with what is stored of it, is its own.
   */
  once(problem: Problem, attributes: Attributes): Problem {
    const { code, severity, summary, path, got, expected, fix, evidence } = problem;
    const own = (typeof path?.[0] === "string" && path[0] in attributes) || code.startsWith("terraform/");
    if (severity !== "error" || own) return problem;
    // The summary says what could not be done, too; words of the system alone tell the cause.
    const cause = JSON.stringify([code, evidence ?? summary, got, expected, fix]);
    if (!this.told.has(cause)) {
      this.told.add(cause);
      return problem;
    }
    return { code, severity, summary, ...(path && { path }), fix: SAME_CAUSE };
  }
}
