import { page, worseRows } from "../../bench/page";
import type { Outcome, Part } from "../../bench/parts";
import type { Row } from "../../bench/row";
import type { Run } from "../../bench/run-of";
import { readTables } from "../../bench/table";

const PARTS: readonly Part[] = ["starts", "large"].map((name) => ({
  name,
  title: `About ${name}`,
  measure: async () => [],
}));
const run = (id: string): Run => ({ id, commit: "abc1234", machine: "2 × CPU, 8 GiB", nodes: "v20.1.0, v24.1.0" });
const row = (given: Partial<Row>): Row => ({
  what: "start",
  node: "20",
  ours: "100 ms",
  baseline: "`node -e 0`: 50 ms",
  ratio: 2,
  limit: 2.5,
  ...given,
});

interface Beside {
  readonly earlier?: string;
  readonly committed?: string;
  readonly missing?: readonly string[];
}

function written(id: string, outcomes: Record<string, Outcome>, beside: Beside = {}): string {
  const { earlier = "", committed = earlier, missing = [] } = beside;
  const measured = new Map(Object.entries(outcomes));
  return page({ parts: PARTS, run: run(id), outcomes: measured, page: earlier, committed, missing });
}

const FIRST = written("2026-01-01 10:00", {
  starts: { rows: [row({}), row({ node: "24", ratio: 1.5 })] },
  large: { rows: [row({ what: "no-op plan of 4000 flows, API at 0 ms", ours: "14.00 s", ratio: 1.02, limit: 1 })] },
});

test("rows stand under the heading of their part, each with its verdict and its run", () => {
  expect(FIRST).toContain("| start | 20 | 100 ms | `node -e 0`: 50 ms | 2.00 | 2.5 | held | 2026-01-01 10:00 |");
  expect(FIRST).toContain("| 1.02 | 1 | **missed** | 2026-01-01 10:00 |");
  expect(FIRST).toContain("| 2026-01-01 10:00 | abc1234 | 2 × CPU, 8 GiB | v20.1.0, v24.1.0 |");
  expect([...readTables(FIRST).keys()]).toEqual(["About starts", "About large"]);
});

test("what a later run does not measure stays, with the run that it is of", () => {
  const later = written("2026-02-02 10:00", { starts: { rows: [row({ ratio: 1.9 })] } }, { earlier: FIRST });
  const tables = readTables(later);
  expect(tables.get("About starts")!.map(({ node, ratio, run: of }) => [node, ratio, of])).toEqual([
    ["20", "1.90", "2026-02-02 10:00"],
    ["24", "1.50", "2026-01-01 10:00"],
  ]);
  expect(tables.get("About large")).toEqual(readTables(FIRST).get("About large"));
  expect(later).toContain("| 2026-01-01 10:00 | abc1234 |");
  expect(later).toContain("| 2026-02-02 10:00 | abc1234 |");
});

test("a run of which no row is left is not named", () => {
  const rows = { rows: [row({}), row({ node: "24" })] };
  expect(written("2026-02-02 10:00", { starts: rows, large: rows }, { earlier: FIRST })).not.toContain("2026-01-01");
});

test("a part that failed keeps its rows, and the reason stands beside them", () => {
  const later = written(
    "2026-02-02 10:00",
    { large: { why: "terraform is gone\n  at x", failed: true } },
    { earlier: FIRST },
  );
  expect(readTables(later).get("About large")).toEqual(readTables(FIRST).get("About large"));
  expect(later).toContain("Not measured in the run of 2026-02-02 10:00: terraform is gone.");
  expect(later).not.toContain("at x");
});

test("a row is compared with the committed table, not with what lies in the folder", () => {
  const now = { starts: { rows: [row({ ratio: 2.3 })] } };
  const worse = written("2026-02-02 10:00", now, { earlier: "", committed: FIRST });
  expect(worse).toContain("| held, **worse**: was 2.00 | 2026-02-02 10:00 |");
  expect(worseRows(worse).map(({ what }) => what)).toEqual(["start"]);
  expect(worseRows(written("2026-02-02 10:00", now, { earlier: FIRST, committed: "" }))).toEqual([]);
});

test("a release of Node.js that could not be had is named with the reason", () => {
  const text = written("2026-01-01 10:00", {}, { missing: ["Node.js 24: npm could not fetch it"] });
  expect(text).toContain("Not measured in the run of 2026-01-01 10:00: Node.js 24: npm could not fetch it.");
});

test("a table of another form is not read", () => {
  const old = "# Benchmarks\n\n| what | ours | ratio |\n|---|---|---|\n| start | 1 ms | 9.00 |\n";
  expect(readTables(old).size).toBe(0);
  expect(written("2026-01-01 10:00", { starts: { rows: [row({})] } }, { earlier: old })).not.toContain("9.00");
});

test("the page says what others take, and what did not help", () => {
  expect(FIRST).toMatch(/^## Beside providers written in Go$[^]*^## What did not help$/m);
});
