import { Redactor } from "../../../lib/core/redaction";
import { fleetReview, notPlannedReview, type FleetReview, type OfStack } from "../../../lib/review";

export const COMMIT = "c0ffee".repeat(6) + "c0ff";

/** Reviews as one, under the pattern `prod-*`. */
export const fleetOf = (stacks: readonly OfStack[], redactor = new Redactor()): FleetReview =>
  fleetReview(stacks, { selection: ["prod-*"], commit: COMMIT, uncommitted: false, redactor });

export const notPlanned = (stack: string, evidence = "Error: no\n"): OfStack =>
  notPlannedReview(
    [{ code: "plan/terraform-failed", severity: "error", summary: "Terraform failed", fix: "Read it.", evidence }],
    {
      stack,
      commit: COMMIT,
      now: 0,
      redactor: new Redactor(),
    },
  );
