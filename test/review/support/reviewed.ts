import { readPlan } from "../../../lib/plan";
import { judgeFor, reviewPlan, type Review } from "../../../lib/review";
import type { PolicyFile } from "../../../lib/policy/policy-file";
import { resourceSchemas } from "../../../lib/topology";

/** The review of a plan, judged by the rules as they come. */
export function reviewed(json: string, policy?: PolicyFile, stack = "production"): Review {
  const plan = readPlan(json, { source: "plan.json", schemas: resourceSchemas() });
  return reviewPlan(plan, { stack, judge: judgeFor(plan, policy, () => 0) });
}
