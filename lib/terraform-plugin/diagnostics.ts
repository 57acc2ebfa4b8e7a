import { printableLine } from "../core/printable";
import {
  ProblemError,
  problemDetail,
  problemInTerms,
  problemSummary,
  renderPath,
  type Path,
  type Problem,
} from "../core/problem";
import { asAttribute, type NameOfSetting } from "../core/prose";
import type { Redactor } from "../core/redaction";
import { isTimeout, Overdue } from "../core/signals";
import { forCommand, namesCommand, type TerraformCommand } from "../core/terraform-text";
import type { AttributePathInput, DiagnosticInput } from "./protocol";
import type { Attributes } from "./schema";
import type { Call } from "./service";

type PathStep = NonNullable<AttributePathInput["steps"]>[number];

/** The label in front of the name of the object that an error is about. */
export const OBJECT = "Object: ";

/**
 * Converts problems to Terraform's diagnostics; masks secrets and cleans foreign text.
 *
 * @param object what the errors are about; errors that name it in their summary stay unchanged
 */
export function diagnosticMessages(
  problems: readonly Problem[],
  attributes: Attributes,
  redactor: Redactor,
  nameOfSetting: NameOfSetting = asAttribute,
  terraformCommand: () => TerraformCommand = () => "terraform",
  object?: string,
): DiagnosticInput[] {
  return problems.map((found) => {
    const inTerms = problemInTerms(found, nameOfSetting);
    const problem = namesCommand(inTerms.fix)
      ? { ...inTerms, fix: forCommand(terraformCommand(), inTerms.fix) }
      : inTerms;
    const path = problem.path ?? [];
    const { steps, within } = pointTo(path, attributes);
    const redact = (text: string) => redactor.redact(text);
    const isUnnamed = object !== undefined && problem.severity === "error" && !problem.summary.includes(object);
    const about = isUnnamed ? `${OBJECT}${printableLine(redact(object))}\n` : "";
    const where = within ? `Where: ${printableLine(redact(renderPath(path)))}\n` : "";
    return {
      severity: problem.severity === "error" ? "ERROR" : "WARNING",
      summary: redact(problemSummary(problem, redact)),
      detail: redact(`${about}${where}${problemDetail(problem, redact)}`),
      ...(steps.length > 0 ? { attribute: { steps } } : {}),
    };
  });
}

/**
 * Converts anything that a handler threw to problems: a catalogued problem stays as it is, everything else is a defect of
 * ours.
 */
export function problemsOf(error: unknown, doing: string, call?: Call): readonly Problem[] {
  if (error instanceof ProblemError) return error.problems;
  const signal = call?.signal;
  // The handler was aborted; whatever it threw is the consequence.
  if (signal?.aborted === true) {
    return [isTimeout(signal.reason) ? timedOut(doing, waitedFor(error)) : interrupted(doing)];
  }
  if (isTimeout(error)) return [timedOut(doing, waitedFor(error))];
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

/** What the handler was waiting for when its time ran out, if it names that. */
const waitedFor = (error: unknown): string | undefined =>
  error instanceof Overdue || (error instanceof Error && !isTimeout(error) && error.name !== "AbortError")
    ? error.message
    : undefined;

const timedOut = (doing: string, evidence?: string): Problem => ({
  code: "terraform/timed-out",
  severity: "error",
  summary: `It took too long to ${doing}`,
  fix: "Apply again: it continues from what is there now. If the outside system is just slow, raise the value in `timeouts`.",
  ...(evidence === undefined ? {} : { evidence }),
});

const interrupted = (doing: string): Problem => ({
  code: "terraform/interrupted",
  severity: "error",
  summary: `Told to stop while trying to ${doing}`,
  fix: "Apply again: it continues from what is there now.",
});

/**
 * The part of a path that Terraform finds in a configuration: an attribute, or one of its elements (by number in a list, by
 * key in a map; those of a set have no address). It knows no attributes inside others, and would show the resource's first
 * line instead; `within` then requests the path in the text.
 */
function pointTo(path: Path, attributes: Attributes): { readonly steps: PathStep[]; readonly within: boolean } {
  const [name, key, ...inner] = path;
  if (typeof name !== "string" || !(name in attributes)) return { steps: [], within: false };
  const here: PathStep = { attribute_name: name };
  const { nested, type } = attributes[name]!;
  const isSet = nested?.nesting === "set" || (Array.isArray(type) && type[0] === "set");
  if (key === undefined || isSet) return { steps: [here], within: false };
  if (nested?.nesting === "single") return { steps: [here], within: true };
  const element: PathStep = typeof key === "number" ? { element_key_int: key } : { element_key_string: key };
  return { steps: [here, element], within: inner.length > 0 };
}
