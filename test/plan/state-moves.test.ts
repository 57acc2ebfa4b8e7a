import { stateMoves, type StateMove } from "../../lib/plan/state-moves";

/** Plays the commands on a state; each refuses an address that is taken, as `terraform state mv` does. */
function played(state: Readonly<Record<string, string>>, steps: readonly StateMove[]): Record<string, string> {
  const now: Record<string, string> = { ...state };
  for (const { from, to } of steps) {
    if (now[to] !== undefined || now[from] === undefined) throw new Error(`${from} -> ${to} is refused`);
    now[to] = now[from];
    delete now[from];
  }
  return now;
}

const moves = (...pairs: [string, string][]) => pairs.map(([from, to]): StateMove => ({ from, to }));

it.each<[string, Record<string, string>, StateMove[], string[], Record<string, string>]>([
  [
    "one more in front",
    { "x[0]": "B", "x[1]": "C" },
    moves(["x[0]", "x[1]"], ["x[1]", "x[2]"]),
    ["x[0]", "x[1]", "x[2]"],
    { "x[1]": "B", "x[2]": "C" },
  ],
  [
    "one less in front: it goes where nothing is declared, and is destroyed there",
    { "x[0]": "A", "x[1]": "B", "x[2]": "C" },
    moves(["x[1]", "x[0]"], ["x[2]", "x[1]"]),
    ["x[0]", "x[1]"],
    { "x[0]": "B", "x[1]": "C", "x[3]": "A" },
  ],
  [
    "one less in front and new ones behind",
    { "x[0]": "A", "x[1]": "B" },
    moves(["x[1]", "x[0]"]),
    ["x[0]", "x[1]", "x[2]"],
    { "x[0]": "B", "x[3]": "A" },
  ],
  [
    "two that change places",
    { 'x["a"]': "A", 'x["b"]': "B" },
    moves(['x["a"]', 'x["b"]'], ['x["b"]', 'x["a"]']),
    ['x["a"]', 'x["b"]'],
    { 'x["a"]': "B", 'x["b"]': "A" },
  ],
  [
    "a circle of three",
    { "m.x[0]": "A", "m.x[1]": "B", "m.x[2]": "C" },
    moves(["m.x[0]", "m.x[1]"], ["m.x[1]", "m.x[2]"], ["m.x[2]", "m.x[0]"]),
    ["m.x[0]", "m.x[1]", "m.x[2]"],
    { "m.x[0]": "C", "m.x[1]": "A", "m.x[2]": "B" },
  ],
])("%s", (_, state, steps, declared, expected) => {
  expect(played(state, stateMoves(steps, Object.keys(state), declared))).toEqual(expected);
});
