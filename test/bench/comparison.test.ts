import { worseThan } from "../../bench/comparison";
import type { Row } from "../../bench/row";
import { tableRow } from "../../bench/table";

const row = (given: Partial<Row>): Row => ({ what: "a plan", node: "24", ours: "1.00 s", baseline: "", ...given });
const compared = (now: Partial<Row>, then: Partial<Row>, sameMachine = true) =>
  worseThan(row(now), tableRow(row(then), "2026-01-01 10:00", ""), sameMachine);

test("a ratio that is more than a tenth higher is told with the old one", () => {
  expect(compared({ ratio: 1.66 }, { ratio: 1.5 })).toBe("**worse**: was 1.50");
  expect(compared({ ratio: 1.64 }, { ratio: 1.5 })).toBe("");
  expect(compared({ ratio: 1.2 }, { ratio: 1.5 })).toBe("");
});

test("where there is a ratio, times are not compared", () => {
  expect(compared({ ratio: 1.5, ours: "9.00 s" }, { ratio: 1.5, ours: "1.00 s" })).toBe("");
});

test("where there is none, what was measured is compared", () => {
  expect(compared({ ours: "112 MiB" }, { ours: "100 MiB" })).toBe("**worse**: was 100 MiB");
  expect(compared({ ours: "109 MiB" }, { ours: "100 MiB" })).toBe("");
  expect(compared({ ours: "3000" }, { ours: "2630" })).toBe("**worse**: was 2630");
  expect(compared({ ours: "6.1 ms (probe 1 / 2 / 3 ms)" }, { ours: "4.8 ms (probe 1 / 2 / 3 ms)" })).toBe(
    "**worse**: was 4.8 ms",
  );
});

test("times of another machine are not compared, its memory and its ratios are", () => {
  expect(compared({ ours: "6.1 ms" }, { ours: "4.8 ms" }, false)).toBe("");
  expect(compared({ ours: "112 MiB" }, { ours: "100 MiB" }, false)).toBe("**worse**: was 100 MiB");
  expect(compared({ ratio: 3 }, { ratio: 2 }, false)).toBe("**worse**: was 2.00");
});

test("what is new, or was told in another unit, is not compared", () => {
  expect(worseThan(row({ ratio: 9 }), undefined, true)).toBe("");
  expect(compared({ ours: "900 ms" }, { ours: "0.50 s" })).toBe("");
  expect(compared({ ours: "not measured" }, { ours: "1 ms" })).toBe("");
});
