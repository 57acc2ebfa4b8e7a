/** How many values there are of each kind, in the order of the kinds; kinds without values are left out. */
export function tally<Kind>(kinds: readonly Kind[], values: readonly Kind[]): (readonly [kind: Kind, count: number])[] {
  return kinds
    .map((kind) => [kind, values.filter((value) => value === kind).length] as const)
    .filter(([, count]) => count > 0);
}
