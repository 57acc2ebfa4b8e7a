import type { Problem } from "../../core/problem";
import type { ValueProblem } from "../../terraform-plugin/schema";

/** Everything this room has to tell its users when something is wrong. */

const error = (code: string, problem: Omit<Problem, "code" | "severity">): Problem => ({
  code: `ovh/${code}`,
  severity: "error",
  ...problem,
});

export const badServiceName = (got: string, suggestion: string | undefined): ValueProblem =>
  error("bad-service-name", {
    summary: `${JSON.stringify(got)} is not the name of a Hosted Private Cloud`,
    got: JSON.stringify(got),
    expected: 'a name such as "pcc-192-0-2-10"',
    fix: suggestion
      ? `Did you mean ${JSON.stringify(suggestion)}?`
      : "Copy it from the OVHcloud control panel, Hosted Private Cloud, or from GET /dedicatedCloud.",
  });
