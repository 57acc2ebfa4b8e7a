import { readPlan, type Binding } from "../../../lib/plan";
import { judgeFor, reviewPlan, type Review, type ReviewOptions } from "../../../lib/review";
import type { PolicyFile } from "../../../lib/policy/policy-file";
import { resourceSchemas } from "../../../lib/topology";

/** Of a stack that has nothing but its configuration. */
export const CONFIGURATION: Binding = { kind: "configuration", name: "configuration", digest: "sha256:0", lines: [] };

/** The review of a plan, judged by the rules as they come. */
export function reviewed(
  json: string,
  policy?: PolicyFile,
  stack = "production",
  more: Partial<Pick<ReviewOptions, "bindings" | "commit" | "uncommitted">> = {},
): Review {
  const plan = readPlan(json, { source: "plan.json", schemas: resourceSchemas() });
  return reviewPlan(plan, { stack, judge: judgeFor(plan, policy, () => 0), bindings: [CONFIGURATION], ...more });
}
