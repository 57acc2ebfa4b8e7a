import {
  canonicalSet,
  Decimal,
  Dynamic,
  isWhollyKnown,
  sameValue,
  Unknown,
  UNKNOWN,
  unknownToNull,
  type Value,
} from "../../lib/terraform-plugin/values";

const unknowns: readonly (readonly [Value, Value])[] = [
  [UNKNOWN, null],
  [
    ["a", UNKNOWN],
    ["a", null],
  ],
  [
    { a: 1, b: UNKNOWN },
    { a: 1, b: null },
  ],
  [new Dynamic("string", UNKNOWN), new Dynamic("string", null)],
  [[{ a: [new Dynamic("string", UNKNOWN)] }], [{ a: [new Dynamic("string", null)] }]],
];

it.each(unknowns)("finds what is not known, however deep it stands, and takes it out: %j", (value, without) => {
  expect([isWhollyKnown(value), isWhollyKnown(without)]).toEqual([false, true]);
  expect(unknownToNull(value)).toEqual(without);
  expect(unknownToNull(without)).toEqual(without);
});

it.each<[Value, Value]>([
  [null, "null"],
  [true, "true"],
  [1, "#1"],
  [UNKNOWN, "unknown"],
  [UNKNOWN, null],
  [true, false],
  [1, 2],
  [2n ** 70n, 2n ** 71n],
  [new Decimal("0.1"), new Decimal("0.2")],
  [new Dynamic("string", "a"), new Dynamic("string", "b")],
  [new Dynamic("string", null), new Dynamic("number", null)],
  [
    ["a", "b"],
    ["b", "a"],
  ],
  [["a"], ["a", "b"]],
  [{ a: 1 }, { a: 1, b: 2 }],
  [{ a: null }, { b: null }],
  [{}, []],
])("does not take %j for %j", (one, other) => {
  expect([sameValue(one, other), sameValue(other, one), sameValue([one], [other])]).toEqual([false, false, false]);
  expect(canonicalSet([one, other])).toHaveLength(2);
});

it.each<[Value, Value]>([
  [25, 25n],
  [new Decimal("0.1"), new Decimal("0.1")],
  [new Dynamic("string", "a"), new Dynamic("string", "a")],
  [
    { a: 1, b: [2] },
    { b: [2], a: 1 },
  ],
])("takes %j for %j", (one, other) => {
  expect([sameValue(one, other), sameValue([one], [other])]).toEqual([true, true]);
  expect(canonicalSet([one, other])).toHaveLength(1);
});

it("sorts a set whatever its order was, and leaves two that may yet differ", () => {
  const sorted = ["a", "b", "c", "d"];
  for (const order of [sorted, ["d", "c", "b", "a"], ["b", "d", "a", "c"], ["c", "a", "c", "d", "b", "a"]]) {
    expect(canonicalSet(order)).toEqual(sorted);
  }
  expect(canonicalSet([UNKNOWN, new Unknown(), { a: UNKNOWN }, { a: UNKNOWN }])).toHaveLength(4);
});
