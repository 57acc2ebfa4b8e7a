import type { Problem } from "../../core/problem";
import type { ProbeOutcome } from "../diagnosis/outcome";
import { renderStages } from "../diagnosis/report";
import { failedStages, type Stage } from "../stage/stage";

/**
 * One problem for each cause of which stages failed or warn; the first failure shows the whole table.
 *
 * @param what went through the stages, as a sentence begins: "The test mail"
 */
export function outcomeProblems(what: string, outcome: Pick<ProbeOutcome, "stages" | "verdict">): Problem[] {
  // Terraform folds lines, but not those that begin with a space; folded, a table is none.
  const table = renderStages(outcome.stages).replace(/^/gm, "  ");
  const first = failedStages(outcome.stages)[0];
  return byCause(outcome.stages).map(([stage, ...others]) => {
    const { problem, name, status } = stage;
    const also = others.length === 0 ? "" : ` (the same at ${others.map((other) => other.name).join(", ")})`;
    const summary =
      status === "failed"
        ? `${what} failed at ${name}: ${problem.summary}${also}`
        : `${what} passed ${name}, but ${problem.summary}`;
    const attachment = name === first?.name ? `${outcome.verdict}\n\n${table}` : undefined;
    // The path of a problem found by a platform is one of that platform, not of this resource.
    const path = problem.code.startsWith("mail/") ? problem.path : undefined;
    return { ...problem, summary, path, attachment };
  });
}

type Troubled = Stage & { readonly problem: Problem };

/** A wrong password stops our own login and the platform's: that is one thing to mend. The table has the words of each. */
function byCause(stages: readonly Stage[]): readonly (readonly [Troubled, ...Troubled[]])[] {
  const groups = new Map<string, [Troubled, ...Troubled[]]>();
  for (const stage of stages) {
    const { problem, status } = stage;
    if (problem === undefined) continue;
    const troubled = { ...stage, problem };
    const cause = status === "failed" ? JSON.stringify([causeOf(problem), problem.fix]) : stage.name;
    const group = groups.get(cause);
    if (group === undefined) groups.set(cause, [troubled]);
    else group.push(troubled);
  }
  return [...groups.values()];
}

/** `mail/login-refused` of our own login is `vrops/test-login-refused` of the platform's. */
const causeOf = ({ code }: Problem) => code.replace(/^[^/]*\/(?:test-)?/, "");
