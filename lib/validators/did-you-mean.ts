/**
 * The candidate that the user probably meant: equal but for case, spaces, `-` and `_`, or few letters away. Undefined when
 * nothing is near, because a far-fetched suggestion misleads.
 */
export function nearestWord(word: string, candidates: readonly string[]): string | undefined {
  const plain = simplify(word);
  let best: string | undefined;
  let bestDistance = Infinity;
  for (const candidate of candidates) {
    const distance = editDistance(plain, simplify(candidate));
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return bestDistance <= Math.max(1, Math.floor(plain.length / 3)) ? best : undefined;
}

/** The allowed number closest to the given one; the smaller of two equally close. */
export function nearestNumber(value: number, allowed: readonly number[]): number | undefined {
  // Far outside the range, a double cannot tell the distances apart.
  const near = Math.min(Math.max(value, Math.min(...allowed)), Math.max(...allowed));
  return [...allowed].sort((a, b) => Math.abs(a - near) - Math.abs(b - near) || a - b)[0];
}

function simplify(word: string): string {
  return word.toLowerCase().replace(/[\s_-]+/g, "");
}

/** Optimal string alignment: insert, delete, replace, swap neighbours. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = last[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1);
      let distance = Math.min(last[column]! + 1, current[column - 1]! + 1, replaced);
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        distance = Math.min(distance, beforeLast[column - 2]! + 1);
      }
      current.push(distance);
    }
    [beforeLast, last] = [last, current];
  }
  return last[b.length]!;
}
