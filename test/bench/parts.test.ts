import { isInstalled, measureParts, NotHere, type Outcomes, type Part } from "../../bench/parts";

const row = (what: string) => ({ what, node: "24", ours: "1 ms", baseline: "2 ms", ratio: 0.5, limit: 1 });
const part = (name: string, measure: Part["measure"]): Part => ({ name, title: `About ${name}`, measure });
const first = part("first", async () => [row("a")]);
const failing = part("second", async () => {
  throw new Error("spawn swaks ENOENT\n    at somewhere");
});
const third = part("third", async () => [row("b")]);

test("a part that fails is left out with its reason; what was measured before and after it is kept", async () => {
  const told: string[] = [];
  const kept: Outcomes[] = [];
  const outcomes = await measureParts(
    [first, failing, third],
    [],
    new Map(),
    (text) => told.push(text),
    (now) => kept.push(new Map(now)),
  );
  expect(outcomes).toEqual(
    new Map<string, unknown>([
      ["first", { rows: [row("a")] }],
      ["second", { why: "spawn swaks ENOENT\n    at somewhere", failed: true }],
      ["third", { rows: [row("b")] }],
    ]),
  );
  expect(kept.map(({ size }) => size)).toEqual([1, 2, 3]);
  expect(told.join("\n")).toMatch(/first[^]*a \[Node 24\]: 1 ms \(2 ms\) = 0\.50[^]*left out: spawn swaks ENOENT/);
});

test("what an interrupted run has measured is not measured again, and what failed in it is", async () => {
  const measured: string[] = [];
  const counted = ({ name, measure }: Part) =>
    part(name, (subjects) => {
      measured.push(name);
      return measure(subjects);
    });
  const done: Outcomes = new Map([
    ["first", { rows: [row("from before")] }],
    ["third", { why: "the machine was shut down", failed: true }],
  ]);
  const outcomes = await measureParts([counted(first), counted(third)], [], done, jest.fn(), jest.fn());
  expect(measured).toEqual(["third"]);
  expect(outcomes.get("first")).toEqual({ rows: [row("from before")] });
  expect(outcomes.get("third")).toEqual({ rows: [row("b")] });
});

test("a part that needs what this machine does not have has not failed", async () => {
  const absent = part("curl", async () => {
    throw new NotHere("curl is not installed here");
  });
  const outcomes = await measureParts([absent], [], new Map(), jest.fn(), jest.fn());
  expect(outcomes.get("curl")).toEqual({ why: "curl is not installed here", failed: false });
});

test("what is installed can be run", () => {
  expect([isInstalled("node"), isInstalled("certainly-no-such-program")]).toEqual([true, false]);
});
