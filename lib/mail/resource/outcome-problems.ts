import type { Problem } from "../../core/problem";
import type { ProbeOutcome } from "../diagnosis/outcome";
import { renderStages } from "../diagnosis/report";
import { failedStages, type Stage } from "../stage/stage";

/**
 * One problem for each cause of failed stages or warnings; the first failure includes the whole table.
 *
 * @param what was tested, as the beginning of a sentence: "The test mail"
 */
export function outcomeProblems(what: string, outcome: Pick<ProbeOutcome, "stages" | "verdict">): Problem[] {
  // Terraform rewraps lines, except those that begin with a space; a rewrapped table is unreadable.
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
    // The path of a platform's problem belongs to that platform, not to this resource.
    const path = problem.code.startsWith("mail/") ? problem.path : undefined;
    return { ...problem, summary, path, attachment };
  });
}

type Troubled = Stage & { readonly problem: Problem };

/**
 * A wrong password fails this machine's login and the platform's: that is one thing to fix. The table has the words of
 * each.
 */
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

/** `mail/login-refused` of our own login corresponds to `vrops/test-login-refused` of the platform's. */
const causeOf = ({ code }: Problem) => code.replace(/^[^/]*\/(?:test-)?/, "");
