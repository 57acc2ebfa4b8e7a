import { ApplyRecord } from "../../../lib/terraform-plugin/ownership/apply-record";
import { PlanRecord } from "../../../lib/terraform-plugin/ownership/plan-record";
import type { LedgerEvent, OwnedObject } from "../../../lib/terraform-plugin/ownership/record";

const object: OwnedObject = { realm: "place", type: "lab_machine", id: "7" };
const { id: _, ...where } = object;
const KEY = ["a"];
const wanted = { ...where, key: KEY };
const take = (claim: string, more: Partial<OwnedObject> = {}): LedgerEvent => ({
  event: "take",
  object: { ...object, ...more },
  key: KEY,
  claim,
});
const deleting = (claim: string): LedgerEvent => ({ event: "deleting", object, claim });
const release = (id: string): LedgerEvent => ({ event: "release", object: { ...object, id }, key: KEY, notes: {} });
const create = (key: readonly (string | null)[] = KEY, more: object = {}): LedgerEvent => ({
  event: "create",
  ...where,
  key,
  ...more,
});
const failed = (more: object = {}): LedgerEvent => ({ event: "create-failed", ...wanted, ...more });

function recorded(...events: readonly LedgerEvent[]): ApplyRecord {
  const made = new ApplyRecord();
  for (const event of events) made.add({ ...event, by: "2.1" });
  return made;
}
function planned(...events: readonly LedgerEvent[]): PlanRecord {
  const made = new PlanRecord();
  for (const event of events) made.add({ ...event, by: "1.1" });
  return made;
}

describe("the first claim of an object holds", () => {
  it("among creates", () => {
    expect(recorded(take("x", { as: "lab_other" }), take("y")).of(object)).toMatchObject({
      takenBy: "x",
      takenAs: "lab_other",
    });
  });

  it("of a create against a deletion: what has it now is not deleted", () => {
    expect(recorded(take("x"), deleting("y")).of(object).deletingBy).toBeUndefined();
  });

  it("of a deletion against a create, until the deletion has failed", () => {
    expect(recorded(deleting("x"), take("y")).of(object).takenBy).toBeUndefined();
    const tried: LedgerEvent = { event: "delete-failed", object };
    expect(recorded(deleting("x"), tried, take("y")).of(object).takenBy).toBe("y");
  });

  it("among deletions", () => {
    expect(recorded(deleting("x"), deleting("y")).of(object).deletingBy).toBe("x");
  });
});

it("what was deleted and is there anew is neither deleted nor on its way to be", () => {
  const anew = recorded(deleting("x"), { event: "deleted", object }, take("y")).of(object);
  expect(anew).toEqual({ ref: object, takenBy: "y", takenAs: "lab_machine" });
});

it("an object is told apart by place, type and id", () => {
  const record = recorded(take("x"));
  for (const other of [{ realm: "elsewhere" }, { type: "lab_disk" }, { id: "8" }])
    expect(record.of({ ...object, ...other }).takenBy).toBeUndefined();
});

describe("a create is still to come", () => {
  it("until it has taken something, or failed", () => {
    const plan = planned(create());
    expect(recorded().outstanding(plan, wanted)).toBe(true);
    expect(recorded(take("x")).outstanding(plan, wanted)).toBe(false);
    expect(recorded(failed()).outstanding(plan, wanted)).toBe(false);
  });

  it("for one object alone, however many are let go for it", () => {
    const plan = planned(create());
    expect(recorded(release("7")).outstanding(plan, wanted)).toBe(false);
    expect(recorded(release("7")).outstanding(planned(create(), create()), wanted)).toBe(true);
    expect(recorded(release("7"), release("8")).outstanding(planned(create(), create()), wanted)).toBe(false);
  });

  it("where the plan has none of this identity, type and place, not at all", () => {
    for (const plan of [
      planned(),
      planned(create(["b"])),
      planned(create(KEY, { type: "lab_disk" })),
      planned(create(KEY, { realm: "elsewhere" })),
    ])
      expect(recorded().outstanding(plan, wanted)).toBe(false);
  });

  it("also when its place was not known to the plan", () => {
    expect(recorded().outstanding(planned(create(KEY, { realm: null })), wanted)).toBe(true);
  });

  it("after another one is done: that which is exactly so is ticked off before that which may be", () => {
    const plan = planned(create([null]), create());
    expect(recorded(take("x")).outstanding(plan, wanted)).toBe(true);
    expect(recorded(take("x"), take("y", { id: "8" })).outstanding(plan, wanted)).toBe(false);
  });
});

describe("of several creates", () => {
  const other = { ...wanted, key: ["b"] };
  const disk = { type: "lab_disk" };
  const releaseOf = (more: Partial<OwnedObject>): LedgerEvent => ({
    event: "release",
    object: { ...object, ...more },
    key: KEY,
    notes: {},
  });

  it("one that is exactly what was made is done, and one that may yet become anything is still to come", () => {
    const plan = planned(create([null]), create());
    expect(recorded(take("x")).outstanding(plan, other)).toBe(true);
  });

  it("none is done by what was made or failed of another identity, type or place", () => {
    for (const done of [
      failed({ key: ["b"] }),
      failed(disk),
      take("x", disk),
      failed({ ...disk, key: ["b"] }),
      take("x", { realm: "elsewhere", ...disk }),
    ])
      expect(recorded(done).outstanding(planned(create()), wanted)).toBe(true);
  });

  it("those of other types and identities are not waited for", () => {
    expect(recorded(take("x")).outstanding(planned(create(KEY, disk), create()), wanted)).toBe(false);
    expect(recorded(release("7")).outstanding(planned(create(), create(["b"])), wanted)).toBe(false);
    const elsewhere = create(KEY, { realm: "elsewhere" });
    expect(recorded(release("7")).outstanding(planned(create(), elsewhere), wanted)).toBe(false);
  });

  it("none is promised what was let go of another type, place or identity", () => {
    for (const more of [disk, { realm: "elsewhere" }])
      expect(recorded(releaseOf(more)).outstanding(planned(create()), wanted)).toBe(true);
    const another: LedgerEvent = { event: "release", object, key: ["b"], notes: {} };
    expect(recorded(another).outstanding(planned(create()), wanted)).toBe(true);
  });
});

it("what was changed, deleted or met is known of it, and nothing that was only planned", () => {
  expect(recorded({ event: "changed", object }).of(object)).toEqual({ ref: object, changed: true });
  expect(recorded({ event: "deleted", object }).of(object)).toEqual({ ref: object, deleted: true });
  expect(recorded({ event: "wanted", object }).of(object)).toEqual({ ref: object, wanted: true });
  expect(recorded({ event: "read", object }, { event: "end" }).of(object)).toEqual({ ref: object });
});

describe("that a create has failed", () => {
  it("is known of its identity, type and place alone", () => {
    const record = recorded(failed());
    expect(record.failedFor(wanted)).toBe(true);
    for (const other of [{ key: ["b"] }, { type: "lab_disk" }, { realm: "elsewhere" }])
      expect(record.failedFor({ ...wanted, ...other })).toBe(false);
    expect(record.failedFor({ ...wanted, realm: null })).toBe(true);
    expect(recorded().failedFor(wanted)).toBe(false);
  });
});

describe("something passes from one address to another", () => {
  const plan = planned({ event: "read", object });

  it("once it is let go, or taken from where the plan has seen it", () => {
    expect(recorded(release("7")).passes(planned())).toBe(true);
    expect(recorded(deleting("x"), release("8")).passes(planned())).toBe(true);
    expect(recorded(take("x")).passes(plan)).toBe(true);
  });

  it("not where what was taken is new, or nothing has happened", () => {
    expect(recorded(take("x", { id: "8" })).passes(plan)).toBe(false);
    expect(recorded(deleting("x")).passes(plan)).toBe(false);
  });
});
