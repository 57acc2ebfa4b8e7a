/**
 * Runs `act` for each item, in order, at most `limit` at a time. The first failure prevents further starts; those already
 * running are awaited, so nothing continues behind the caller's back.
 *
 * @param act gets the items one by one
 * @returns the results, in the order of the items
 * @throws the error of the first item that failed
 */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  limit: number,
  act: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results = new Array<Result>(items.length);
  const failures: unknown[] = [];
  let next = 0;
  const worker = async () => {
    while (next < items.length && failures.length === 0) {
      const index = next++;
      try {
        results[index] = await act(items[index]!);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  if (failures.length > 0) throw failures[0];
  return results;
}
