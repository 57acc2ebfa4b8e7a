import type { Problem } from "../core/problem";
import type { Attributes } from "./schema";

const SAME_CAUSE = "The cause is that of another error of this run, which says what to do.";

/**
 * The errors that the resources of a run have reported. A server that is down fails all resources that need it: the first
 * error explains it, the others only say what they could not do.
 */
export class ReportedErrors {
  private readonly causes = new Set<string>();

  /**
   * The problem, or its summary when its cause has been explained. A problem of a resource's own attribute, or of its stored
   * state, is always complete.
   */
  once(problem: Problem, attributes: Attributes): Problem {
    const { code, severity, summary, path, got, expected, fix, evidence } = problem;
    const own = (typeof path?.[0] === "string" && path[0] in attributes) || code.startsWith("terraform/");
    if (severity !== "error" || own) return problem;
    // The summary also says what could not be done; only the words of the system identify the cause.
    const cause = JSON.stringify([code, evidence ?? summary, got, expected, fix]);
    if (!this.causes.has(cause)) {
      this.causes.add(cause);
      return problem;
    }
    return { code, severity, summary, ...(path && { path }), fix: SAME_CAUSE };
  }
}
