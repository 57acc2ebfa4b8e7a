import type { ValueProblem, Validator } from "../../terraform-plugin/schema";

/** The name of a Hosted Private Cloud, `pcc-192-0-2-10`, as the OVHcloud control panel and API show it. */
export const serviceName: Validator<string> = {
  describes: "the name of a Hosted Private Cloud, such as `pcc-192-0-2-10`",
  check(value) {
    // Only `pcc-…` names are documented, but others may exist: only what cannot be a name is refused.
    if (/^[A-Za-z0-9][A-Za-z0-9.-]*$/.test(value)) return undefined;
    return badServiceName(
      value,
      /(?<![A-Za-z0-9-])[A-Za-z0-9][A-Za-z0-9-]*-\d+-\d+-\d+-\d+/.exec(value.replaceAll("_", "-"))?.[0],
    );
  },
};

const badServiceName = (got: string, suggestion: string | undefined): ValueProblem => ({
  code: "ovh/bad-service-name",
  severity: "error",
  summary: `${JSON.stringify(got)} is not the name of a Hosted Private Cloud`,
  got: JSON.stringify(got),
  expected: 'a name such as "pcc-192-0-2-10"',
  fix: suggestion
    ? `Did you mean ${JSON.stringify(suggestion)}?`
    : "Copy it from the OVHcloud control panel, Hosted Private Cloud, or from GET /dedicatedCloud.",
});
