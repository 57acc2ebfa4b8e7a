import { evaluate, type EvaluateOptions } from "../policy/evaluate";
import type { PolicyFile } from "../policy/policy-file";
import type { Plan } from "../plan";
import type { Judge } from "./build";

/** The rules of `lib/policy`, as the stack has set them; without a policy of its own it is judged by the defaults. */
export function judgeFor(plan: Plan, policy: PolicyFile | undefined, clock: () => number): Judge {
  const planned = Date.parse(plan.timestamp);
  const options: EvaluateOptions = {
    ...policy?.options,
    acknowledgements: policy?.acknowledgements ?? [],
    // The plan's own time, so that the same plan is judged the same tomorrow.
    now: Number.isNaN(planned) ? clock() : planned,
  };
  return (topology) => {
    const { results, findings } = evaluate(topology, options);
    return {
      findings,
      passed: results.flatMap(({ rule, outcome }) => (outcome === "pass" ? [rule.id] : [])),
      notApplicable: results.flatMap(({ rule, outcome, because = "" }) =>
        outcome === "not-applicable" ? [{ id: rule.id, because }] : [],
      ),
    };
  };
}
