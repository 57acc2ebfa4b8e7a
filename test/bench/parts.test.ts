import { isInstalled, measureParts } from "../../bench/parts";
import { markdown, missed } from "../../bench/report";

const row = (what: string) => ({ what, ours: "1 ms", baseline: "2 ms", ratio: 0.5, limit: 1 });

test("a part that fails is left out with its reason; what was measured before and after it is reported", async () => {
  const told: string[] = [];
  const { rows, leftOut } = await measureParts(
    [
      { name: "first", measure: async () => [row("a")] },
      {
        name: "second",
        measure: async () => {
          throw new Error("spawn swaks ENOENT\n    at somewhere");
        },
      },
      { name: "third", measure: async () => [row("b")] },
    ],
    (text) => told.push(text),
  );
  expect(rows.map(({ what }) => what)).toEqual(["a", "b"]);
  expect(told.join("\n")).toMatch(/first\n {2}a: 1 ms[^]*second\n {2}left out: spawn swaks ENOENT[^]*third/);
  const report = markdown(rows, leftOut);
  expect(report).toMatch(/\| a \|[^]*\| b \|[^]*Not measured: second \(spawn swaks ENOENT\)\./);
  expect(report).not.toContain("at somewhere");
  expect(missed(rows)).toEqual([]);
});

test("what is installed can be run", () => {
  expect([isInstalled("node"), isInstalled("certainly-no-such-program")]).toEqual([true, false]);
});
