import { stackSize } from "../../bench/stack-size";
import type { TableRow } from "../../bench/table";

const row = (what: string, ours: string, others: Partial<TableRow> = {}): TableRow => ({
  what,
  node: "24",
  ours,
  baseline: "",
  ratio: "1.50",
  limit: "",
  verdict: "",
  run: "2026-01-01 10:00",
  ...others,
});
const plan = (count: number, ours: string) => row(`no-op plan of ${count} flows, API at 0 ms`, ours);
const SIZES = [plan(10, "500 ms"), plan(1_000, "2.00 s"), plan(10_000, "80.00 s")];

test("from each size what a flow costs, and which is the cheapest", () => {
  const text = stackSize(SIZES);
  expect(text).toContain("| 10 | 24 | 0.50 s | 50.0 ms | 1.50 |");
  expect(text).toContain("| 1000 | 24 | 2.00 s | 2.0 ms | 1.50 |");
  expect(text).toContain("costs least in a stack of 1000; in one of 10000, 4.0 times as much");
  expect(text).toContain("A fleet of small stacks: not measured yet");
});

test("what was measured at another time is not compared", () => {
  const earlier = row("no-op plan of 1000 flows, API at 0 ms", "9.00 s", { run: "2026-01-01 08:59", node: "20" });
  const text = stackSize([...SIZES, earlier]);
  expect(text).not.toContain("9.00 s");
  expect(text).toContain("costs least in a stack of 1000; in one of 10000, 4.0 times as much");
  expect(text).toContain("Rows of another hour than that of the largest are left out");
  expect(stackSize(SIZES)).not.toContain("another hour");
});

test("a fleet is put beside the one stack", () => {
  const fleet = row("no-op plans of 100 stacks of 100 flows, 2 at a time", "60.00 s", {
    baseline: "one stack of 10000: 80.00 s",
    ratio: "0.75",
  });
  expect(stackSize([...SIZES, fleet])).toContain(
    "10000 flows take 60.00 s as 100 stacks of 100, 2 at a time, beside one stack of 10000 that takes 80.00 s: 0.75 of it.",
  );
});

test("plans of a slow API are no sizes; without any size nothing is claimed", () => {
  expect(stackSize([row("no-op plan of 10 flows, API at 50 ms", "900 ms")])).toMatch(/Not measured yet\.$/);
});

test("one size is the best of none", () => {
  expect(stackSize([plan(10, "500 ms")])).toContain("Which size is the best is not told by one.");
});
