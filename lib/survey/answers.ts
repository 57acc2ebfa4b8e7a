import type { Problem } from "../core/problem";
import type { Deviation } from "./conformity";
import { reasonOf } from "./counts";
import { inOrder, type ReadOutcome } from "./read-all";
import type { SurveyAnswer } from "./report";

/** An answer with the facts from which findings are made. */
export interface Judged extends SurveyAnswer {
  readonly problem: Problem | undefined;
  readonly outcome: ReadOutcome;
}

/** Merges the outcomes of one route that are alike into one answer. */
export function answersOf(outcomes: readonly ReadOutcome[]): Judged[] {
  const judged = new Map<string, Judged>();
  for (const outcome of inOrder(outcomes)) {
    const { reading, response, state, problem, conformity } = outcome;
    const verdict = verdictOf(outcome);
    const request = `GET ${reading.route.split("?", 1)[0]!}`;
    const key = JSON.stringify([request, reading.subject, verdict, response?.status]);
    const known = judged.get(key);
    judged.set(key, {
      subject: reading.subject,
      request,
      ...(response && { status: response.status }),
      verdict,
      ...(state === "read" ? {} : { reason: reasonOf(outcome) }),
      deviations: together(known?.deviations ?? [], conformity?.deviations ?? []),
      unknownMembers: [...new Set([...(known?.unknownMembers ?? []), ...(conformity?.unknown ?? [])])].sort(),
      times: (known?.times ?? 0) + 1,
      problem,
      outcome,
    });
  }
  return [...judged.values()];
}

function verdictOf({ state, reading, conformity }: ReadOutcome): SurveyAnswer["verdict"] {
  switch (state) {
    case "read":
      return conformity!.deviations.length > 0 ? "deviates" : "expected";
    case "absent":
      return reading.mayLack === undefined ? "failed" : "absent";
    case "forbidden":
      return "refused";
    default:
      return "failed";
  }
}

/** Lists each place once, although several answers have it. */
function together(known: readonly Deviation[], more: readonly Deviation[]): Deviation[] {
  const all = [...known];
  for (const one of more) {
    const at = all.findIndex(
      ({ place, expected, got }) => place === one.place && expected === one.expected && got === one.got,
    );
    if (at < 0) all.push(one);
    else all[at] = { ...all[at]!, times: all[at]!.times + one.times };
  }
  return all;
}
