import type { TableRow } from "./table";

const PLAN = /^no-op plan of (\d+) flows, API at 0 ms$/;
const FLEET = /^no-op plans of (\d+) stacks of (\d+) flows, (\d+) at a time$/;

/** A machine of the same name may be twice as fast on another day: only what was measured within this time is compared. */
const SAME_MACHINE_MS = 3_600_000;

/** How large a stack should be, as far as rows tell that were measured one after the other. */
export function stackSize(rows: readonly TableRow[]): string {
  const all = rows.flatMap(({ what, node, ours, ratio, run }) => {
    const count = Number(PLAN.exec(what)?.[1]);
    return Number.isNaN(count) ? [] : [{ count, node, seconds: secondsOf(ours), ratio, at: Date.parse(`${run}Z`) }];
  });
  const largest = all.reduce((most, one) => Math.max(most, one.count), 0);
  const times = all.filter(({ count }) => count === largest).map(({ at }) => at);
  const sizes = all.filter(({ at }) => times.some((time) => Math.abs(at - time) <= SAME_MACHINE_MS));
  const fleet = rows.find(({ what }) => FLEET.test(what));
  const title = "## How large a stack should be";
  if (sizes.length === 0) return `${title}\n\nNot measured yet.`;
  const lines = sizes.map(
    ({ count, node, seconds, ratio }) =>
      `| ${count} | ${node} | ${seconds.toFixed(2)} s | ${((seconds / count) * 1000).toFixed(1)} ms | ${ratio} |`,
  );
  return [
    title,
    "From the rows above, a plan that finds nothing to do, an API that answers at once:",
    [
      "| flows in one stack | Node | plan | for each flow | ratio to `terraform_data` |",
      "|---|---|---|---|---|",
      ...lines,
    ].join("\n"),
    [
      cheapest(sizes),
      ...(sizes.length < all.length
        ? ["Rows of another hour than that of the largest are left out: the machine may have been another."]
        : []),
      fleet === undefined ? "A fleet of small stacks: not measured yet, `npm run bench -- --full`." : split(fleet),
    ].join("\n"),
  ].join("\n\n");
}

interface Size {
  readonly count: number;
  readonly node: string;
  readonly seconds: number;
}

/** Small ones pay for the start of processes, large ones for what grows in terraform with the square of a `count`. */
function cheapest(sizes: readonly Size[]): string {
  if (new Set(sizes.map(({ count }) => count)).size < 2) return "Which size is the best is not told by one.";
  const best = sizes.reduce((least, one) => (one.seconds / one.count < least.seconds / least.count ? one : least));
  const largest = sizes.reduce((most, one) => (one.count > most.count ? one : most));
  const factor = largest.seconds / largest.count / (best.seconds / best.count);
  const more = best.count === largest.count ? "" : `; in one of ${largest.count}, ${factor.toFixed(1)} times as much`;
  return `Of these sizes, a flow costs least in a stack of ${best.count}${more}. A small stack pays for the starts of processes, a large one for terraform, whose work grows with the square of one \`count\`.`;
}

function split({ what, ours, baseline, ratio }: TableRow): string {
  const [, stacks, each, limit] = FLEET.exec(what)!;
  const time = `${ours} as ${stacks} stacks of ${each}, ${limit} at a time`;
  return `${Number(stacks) * Number(each)} flows take ${time}, beside ${baseline.replace(": ", " that takes ")}: ${ratio} of it.`;
}

/** "594 ms" or "3.72 s" */
function secondsOf(text: string): number {
  const [, value, unit] = /^([\d.]+) (ms|s)/.exec(text) ?? [];
  return Number(value) / (unit === "ms" ? 1000 : 1);
}
