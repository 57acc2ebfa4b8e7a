import { ProblemError, problemDetail, type Path, type Problem } from "../core/problem";
import type { Redactor } from "../core/redaction";
import type { AttributePathInput, DiagnosticInput } from "./protocol";
import type { Attributes } from "./schema";
import type { Call } from "./service";

type PathStep = NonNullable<AttributePathInput["steps"]>[number];

/** Problems as Terraform's diagnostics; secrets are masked here, whoever put them in. */
export function diagnosticMessages(
  problems: readonly Problem[],
  attributes: Attributes,
  redactor: Redactor,
): DiagnosticInput[] {
  return problems.map((problem) => {
    const steps = pathSteps(problem.path ?? [], attributes);
    return {
      severity: problem.severity === "error" ? "ERROR" : "WARNING",
      summary: redactor.redact(problem.summary),
      detail: redactor.redact(problemDetail(problem)),
      ...(steps.length > 0 ? { attribute: { steps } } : {}),
    };
  });
}

/** Whatever a handler threw, as problems: a catalogued one as it is, anything else as a defect of ours. */
export function problemsOf(error: unknown, doing: string, call?: Call): readonly Problem[] {
  if (error instanceof ProblemError) return error.problems;
  const signal = call?.signal;
  // The handler was told to stop; whatever it threw is the consequence.
  if (signal?.aborted === true) return [isTimeout(signal.reason) ? timedOut(doing) : interrupted(doing)];
  if (isTimeout(error)) return [timedOut(doing)];
  return [
    {
      code: "terraform/defect",
      severity: "error",
      summary: `The provider failed to ${doing}`,
      got: error instanceof Error ? (error.stack ?? error.message) : String(error),
      expected: "no failure, or one that explains itself",
      fix: "This is a defect of the provider. Please report it with the text above; TF_LOG_PROVIDER=debug shows what came before.",
    },
  ];
}

const isTimeout = (error: unknown): boolean => (error as { name?: unknown } | null)?.name === "TimeoutError";

const timedOut = (doing: string): Problem => ({
  code: "terraform/timed-out",
  severity: "error",
  summary: `It took too long to ${doing}`,
  fix: "Apply again: it continues from what is there now. If the outside system is just slow, raise the value in `timeouts`.",
});

const interrupted = (doing: string): Problem => ({
  code: "terraform/interrupted",
  severity: "error",
  summary: `Told to stop while trying to ${doing}`,
  fix: "Apply again: it continues from what is there now.",
});

/** Terraform addresses list elements by number and map elements by key; a set's elements have no address. */
function pathSteps(path: Path, attributes: Attributes): PathStep[] {
  const [name, ...rest] = path;
  if (typeof name !== "string" || !(name in attributes)) return [];
  const steps: PathStep[] = [{ attribute_name: name }];
  const attribute = attributes[name]!;
  const isSet = attribute.nested?.nesting === "set" || (Array.isArray(attribute.type) && attribute.type[0] === "set");
  if (rest.length === 0 || isSet) return steps;
  if (attribute.nested?.nesting === "single") return [...steps, ...pathSteps(rest, attribute.nested.attributes)];
  const [key, ...inner] = rest;
  steps.push(typeof key === "number" ? { element_key_int: key } : { element_key_string: key! });
  return attribute.nested === undefined ? steps : [...steps, ...pathSteps(inner, attribute.nested.attributes)];
}
