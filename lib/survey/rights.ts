import type { Beginning, ProvedRight, Reading, Survey, SurveyedRight } from "../systems/kit/survey";
import { reasonOf } from "./counts";
import type { ReadOutcome } from "./read-all";
import type { Right } from "./report";

/**
 * The rights of the login. An answered reading proves the right to it, a refused one that it is missing; what the
 * system itself reports takes precedence. The others are unknown, with the reason.
 *
 * @param unread the readings that were not made
 * @param ended why they were not made; undefined when all were
 */
export function rightsOf(
  survey: Survey,
  { rights: begun = [] }: Beginning,
  outcomes: readonly ReadOutcome[],
  unread: readonly Reading[],
  ended: string | undefined,
): Right[] {
  const rights = new Map<string, Right>();
  for (const { right, for: types, unknown } of survey.unproven) {
    rights.set(right, { right, for: types, state: "unknown", reason: ended ?? unknown });
  }
  for (const { proves } of unread) {
    if (proves !== undefined) rights.set(proves.right, { ...proved(proves), state: "unknown", reason: ended! });
  }
  const seen = new Map<string, Right>();
  for (const outcome of outcomes) {
    const { proves } = outcome.reading;
    if (proves === undefined) continue;
    const known = seen.get(proves.right);
    // One refusal among many answers is what matters.
    if (known === undefined || known.state === "granted") seen.set(proves.right, seenBy(outcome, proves));
  }
  for (const [right, one] of seen) rights.set(right, one);
  const told = [...begun, ...outcomes.flatMap((one) => one.told.rights ?? [])];
  for (const one of told) rights.set(one.right, agreed(one, seen.get(one.right)));
  return [...rights.values()];
}

const proved = ({ right, for: types }: ProvedRight) => ({ right, for: types });

/** A refusal outweighs a reported right. */
const agreed = (told: SurveyedRight, seen: Right | undefined): Right => (seen?.state === "missing" ? seen : told);

function seenBy(outcome: ReadOutcome, proves: ProvedRight): Right {
  switch (outcome.state) {
    case "read":
      return { ...proved(proves), state: "granted" };
    case "forbidden":
      return { ...proved(proves), state: "missing" };
    default:
      return { ...proved(proves), state: "unknown", reason: reasonOf(outcome) };
  }
}
