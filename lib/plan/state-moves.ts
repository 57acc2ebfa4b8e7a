import { keyOf, resourceOf } from "./addresses";

export interface StateMove {
  readonly from: string;
  readonly to: string;
}

/**
 * The order in which objects of one resource change their addresses in the state, so that each new address is free. An
 * object that occupies one moves to a spare address that nothing declares, where the next apply destroys it as planned.
 *
 * @param moves the new address of each object
 * @param occupied the addresses that have an object now
 * @param declared the addresses in the code, none of which can be a spare one
 */
export function stateMoves(
  moves: readonly StateMove[],
  occupied: readonly string[],
  declared: readonly string[],
): StateMove[] {
  const full = new Set(occupied);
  const leaving = new Set(moves.map(({ from }) => from));
  const all = new Set([...occupied, ...declared, ...moves.map(({ to }) => to)]);
  const steps: StateMove[] = [];
  const step = (from: string, to: string) => {
    steps.push({ from, to });
    full.delete(from);
    full.add(to);
    all.add(to);
  };
  for (const { to } of moves) if (full.has(to) && !leaving.has(to)) step(to, spare(to, all));
  let waiting = [...moves];
  while (waiting.length > 0) {
    const next = waiting.find(({ to }) => !full.has(to));
    if (next !== undefined) {
      step(next.from, next.to);
      waiting = waiting.filter((one) => one !== next);
    } else {
      // They form a cycle: one of them goes to a spare address.
      const [first] = waiting as [StateMove];
      const aside = spare(first.from, all);
      step(first.from, aside);
      waiting = waiting.map((one) => (one === first ? { ...one, from: aside } : one));
    }
  }
  return steps;
}

function spare(address: string, taken: ReadonlySet<string>): string {
  const resource = resourceOf(address);
  const numbered = !keyOf(address).startsWith('["');
  for (let count = 0; ; count++) {
    const candidate = numbered ? `${resource}[${count}]` : `${resource}["aside-${count + 1}"]`;
    if (!taken.has(candidate)) return candidate;
  }
}
