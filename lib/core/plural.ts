/** A number of things: "1 stack", "3 stacks", "2 boxes". */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
