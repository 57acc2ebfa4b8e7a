import { renderProblem, ProblemError, type Problem } from "../../core/problem";
import { problemsOf } from "../diagnostics";
import { readDynamicValue, writeDynamicValue } from "../dynamic-value";
import type { ProviderFunction } from "../function";
import type { Rpcs } from "../protocol";
import type { Engine } from "../registry";

/** Handles CallFunction, without any configuration. An error names the argument that it is about. */
export async function callFunction(
  engine: Pick<Engine, "redactor">,
  functions: readonly ProviderFunction[],
  { name, arguments: given }: Rpcs["CallFunction"]["request"],
): Promise<Rpcs["CallFunction"]["response"]> {
  const called = functions.find((one) => one.name === name);
  const { redactor } = engine;
  try {
    if (called === undefined) throw new ProblemError(unknownFunction(name, functions));
    const { parameters, returns } = called;
    if (given.length !== parameters.length) throw new ProblemError(wrongCount(called, given.length));
    const args = parameters.map(({ type, sensitive }, index) => {
      const value = readDynamicValue(type, given[index]!);
      if (sensitive === true && typeof value === "string") redactor.add(value);
      return value;
    });
    // Decoded by the types of its own parameters, none of which may be null.
    return { result: writeDynamicValue(returns, await called.call(args as Parameters<typeof called.call>[0])) };
  } catch (error) {
    const problems = problemsOf(error, `call the function ${name}`);
    const index = called?.parameters.findIndex((one) => one.name === problems[0]?.path?.[0]) ?? -1;
    const redact = (text: string) => redactor.redact(text);
    // Terraform shows the argument in the configuration: the path would repeat it.
    const text = problems.map((problem) => redact(renderProblem(withoutPath(problem), redact))).join("\n\n");
    return { error: { text, ...(index < 0 ? {} : { function_argument: index }) } };
  }
}

const withoutPath = ({ path: _, ...problem }: Problem): Problem => problem;

const unknownFunction = (name: string, functions: readonly ProviderFunction[]): Problem => ({
  code: "terraform/unknown-function",
  severity: "error",
  summary: "The provider has no such function",
  got: name,
  expected: functions.map((one) => one.name).join(", ") || "none: it has no functions",
  fix: "Install the provider version that the configuration was written for.",
});

const wrongCount = ({ name, parameters }: ProviderFunction, given: number): Problem => ({
  code: "terraform/function-arguments",
  severity: "error",
  summary: `The function ${name} takes other arguments`,
  got: String(given),
  expected: `${parameters.length}: ${parameters.map((one) => one.name).join(", ")}`,
  fix: "Install the provider version that the configuration was written for.",
});
