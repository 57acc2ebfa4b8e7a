import type { Played } from "./play";
import { shrink } from "./shrink";
import type { Trial } from "./trial";

export type Play = (trial: Trial) => Promise<Played>;

/**
 * The smallest trial that breaks a rule which this one breaks; undefined where this one holds now.
 *
 * @param tell is told of the trial itself and of the smallest
 */
export async function shrunk(trial: Trial, play: Play, tell: (played: Played) => void): Promise<Trial | undefined> {
  const first = await play(trial);
  tell(first);
  if (first.violations.length === 0) return undefined;
  const rules = new Set(first.violations.map(({ rule }) => rule));
  let last = first;
  const smallest = await shrink(trial, async (smaller) => {
    const played = await play(smaller);
    const isViolated = played.violations.some(({ rule }) => rules.has(rule));
    if (isViolated) last = played;
    return isViolated;
  });
  if (last !== first) tell(last);
  return smallest;
}
