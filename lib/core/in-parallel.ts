/**
 * Does something with each item, at most `limit` of them at a time, in their order. The first failure stops the start of
 * further ones; those that have begun are waited for, so nothing goes on behind the caller's back.
 *
 * @param act gets the items one by one
 * @returns the results, in the order of the items
 * @throws what the first failed one has thrown
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
