import { ApplyRecord } from "../../../lib/terraform-plugin/ownership/apply-record";
import { PlanRecord } from "../../../lib/terraform-plugin/ownership/plan-record";
import type { LedgerEvent, PlannedEvent } from "../../../lib/terraform-plugin/ownership/record";
import { standingOf } from "../../../lib/terraform-plugin/ownership/standing";

const object = { realm: "place", type: "lab_machine", id: "7" };
const KEY = ["a"];
const notes = { found: "before" };
const fate = (event: PlannedEvent["event"], key: PlannedEvent["key"] = KEY, more: Partial<PlannedEvent> = {}) =>
  ({ event, object, was: KEY, key, notes, ...more }) satisfies LedgerEvent;
const read: LedgerEvent = { event: "read", object };

/** What a create of the identity "a" may do, after this plan and what the apply has done. */
function standing(planned: readonly LedgerEvent[] | undefined, done: readonly LedgerEvent[] = [], passedBy = false) {
  const plan = new PlanRecord();
  for (const event of planned ?? []) plan.add({ ...event, by: "1.1" });
  const applied = new ApplyRecord();
  for (const event of done) applied.add({ ...event, by: "2.1" });
  return standingOf(object, KEY, planned && plan, applied.of(object), passedBy);
}

describe("what the apply has done decides before any plan:", () => {
  const take: LedgerEvent = { event: "take", object, key: KEY, claim: "2.1#1" };
  const release: LedgerEvent = { event: "release", object, key: KEY, notes };

  it.each([
    ["taken by a create", [take], { kind: "taken" }],
    ["deleted", [{ event: "deleted", object }], { kind: "gone" }],
    ["let go", [release], { kind: "passing", notes, heldAs: "lab_machine" }],
    ["let go, and taken since", [release, take], { kind: "taken" }],
  ] as const)("%s", (_what, done, expected) => {
    for (const planned of [undefined, [], [fate("keep")], [fate("destroy", null)]])
      expect(standing(planned, done)).toEqual(expected);
  });
});

it("without a plan nobody can know", () => {
  expect(standing(undefined)).toEqual({ kind: "unknowable" });
});

describe("an object that the plan knows", () => {
  it.each([
    ["not at all is free", [], { kind: "free" }],
    ["as kept stays with its address", [read, fate("keep")], { kind: "kept", heldAs: "lab_machine" }],
    [
      "as kept with an identity not known yet stays as well",
      [fate("keep", [null])],
      { kind: "kept", heldAs: "lab_machine" },
    ],
    ["as kept under another identity is being renamed", [fate("keep", ["b"])], { kind: "renaming" }],
    ["as destroyed passes", [fate("destroy", null)], { kind: "passing", notes, heldAs: "lab_machine" }],
    [
      "as replaced under another identity passes",
      [fate("replace", ["b"])],
      { kind: "passing", notes, heldAs: "lab_machine" },
    ],
    ["as replaced under this one is its own", [fate("replace")], { kind: "own", notes, forgotten: false }],
    ["as read and nothing else is tainted, its own", [read], { kind: "own", notes: {}, forgotten: false }],
    [
      "as destroyed here and kept there stays",
      [fate("destroy", null), fate("keep")],
      { kind: "kept", heldAs: "lab_machine" },
    ],
    [
      "as destroyed here and replaced there is its own",
      [fate("destroy", null), fate("replace")],
      { kind: "own", notes, forgotten: false },
    ],
    [
      "by another type says so",
      [fate("keep", KEY, { object: { ...object, as: "lab_other" } })],
      { kind: "kept", heldAs: "lab_other" },
    ],
  ] as const)("%s", (_what, planned, expected) => {
    expect(standing(planned)).toEqual(expected);
  });

  it("as seen only was let go by a `removed` block, where the plan has asked the systems", () => {
    const owned: LedgerEvent = { event: "owned", object };
    const other: LedgerEvent = { event: "read", object: { ...object, id: "8" } };
    expect(standing([owned, other])).toEqual({ kind: "free" });
    expect(standing([owned])).toEqual({ kind: "own", notes: {}, forgotten: false });
  });

  it("as its own is forgotten once this apply has passed it by", () => {
    for (const planned of [[fate("replace")], [read]])
      expect(standing(planned, [], true)).toMatchObject({ kind: "own", forgotten: true });
  });

  it("as renamed reads as gone once that is done: who still sees it reads an old list", () => {
    expect(standing([fate("keep", ["b"])], [{ event: "changed", object }])).toEqual({ kind: "gone" });
    expect(standing([fate("keep")], [{ event: "changed", object }])).toMatchObject({ kind: "kept" });
  });

  it("in a place not known to the plan may be another one's, unless it stays anyway", () => {
    const somewhere = { object: { ...object, realm: null } };
    expect(standing([fate("destroy", null, somewhere)])).toEqual({ kind: "unknowable" });
    expect(standing([fate("replace", KEY, somewhere)])).toEqual({ kind: "unknowable" });
    expect(standing([fate("keep", KEY, somewhere)])).toMatchObject({ kind: "kept" });
  });
});
