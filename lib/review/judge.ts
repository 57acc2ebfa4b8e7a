import { evaluate, type EvaluateOptions } from "../policy/evaluate";
import type { PolicyFile } from "../policy/policy-file";
import type { Plan } from "../plan";
import type { Judge } from "./build";

/** Makes a judge of the rules of `lib/policy`, with the stack's own policy or else the defaults. */
export function judgeFor(plan: Plan, policy: PolicyFile | undefined, clock: () => number): Judge {
  const planned = Date.parse(plan.timestamp);
  const options: EvaluateOptions = {
    ...policy?.options,
    acknowledgements: policy?.acknowledgements ?? [],
    // The plan's own time, so that the same plan gets the same judgement tomorrow.
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
