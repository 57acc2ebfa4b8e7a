/** Text that is four times as long takes four times as long where work grows with the length, sixteen times where it grows with its square. */
const TIMES = 4;
const MOST_GROWTH = 9;
/** Below this, what is measured is the machine, not the work. */
const LEAST_MS = 8;
const ATTEMPTS = 4;

/**
 * Expects that the work's processor time grows with the size that it is given, and not with the size's square: a
 * busy machine makes both measurements longer, but hardly their ratio. The smallest of a few ratios counts.
 */
export async function expectLinear(size: number, work: (size: number) => unknown): Promise<void> {
  const ratios: number[] = [];
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const small = Math.max(LEAST_MS, await processorTime(() => work(size)));
    const ratio = (await processorTime(() => work(size * TIMES))) / small;
    if (ratio < MOST_GROWTH) return;
    ratios.push(ratio);
  }
  expect({ timesAsMuchWork: ratios.map(Math.round), forTimesTheSize: TIMES }).toEqual({
    timesAsMuchWork: `below ${MOST_GROWTH}`,
    forTimesTheSize: TIMES,
  });
}

async function processorTime(work: () => unknown): Promise<number> {
  const began = process.cpuUsage();
  await work();
  return process.cpuUsage(began).user / 1_000;
}
