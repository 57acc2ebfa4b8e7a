import { planOf } from "../../../lib/terraform-plugin/ownership/plan-record";
import type { LedgerEvent, LedgerRecord, OwnedObject } from "../../../lib/terraform-plugin/ownership/record";

const object = (id: string, more: Partial<OwnedObject> = {}): OwnedObject => ({
  realm: "place",
  type: "lab_machine",
  id,
  ...more,
});
const by = (process: string, ...events: readonly LedgerEvent[]): LedgerRecord[] =>
  events.map((event) => ({ ...event, by: process }));
const start = (process: string): LedgerRecord => ({
  event: "start",
  pid: Number.parseInt(process, 10),
  workspace: "default",
  by: process,
});
/** A process from its start to its end. */
const whole = (process: string, ...events: readonly LedgerEvent[]) => [
  start(process),
  ...by(process, ...events, { event: "end" }),
];
const read = (id: string): LedgerEvent => ({ event: "read", object: object(id) });
const fate = (event: "keep" | "replace" | "destroy", id: string, key: string | null = "a"): LedgerEvent => ({
  event,
  object: object(id),
  was: ["a"],
  key: key === null ? null : [key],
  notes: {},
});
const applying: LedgerEvent = { event: "applying" };

/** The objects of the plan that process `self` carries out. */
function planned(records: readonly LedgerRecord[], self = "9.1", gone: readonly number[] = []): string[] | undefined {
  const found = planOf(records, self, (pid) => gone.includes(pid));
  return found && ["1", "2", "3"].filter((id) => found.plan.find(object(id)) !== undefined);
}

describe("the plan that an apply carries out", () => {
  it("is none where nothing was planned before it: as in the apply of a saved plan", () => {
    expect(planned([])).toBeUndefined();
    expect(planned([start("9.1"), ...by("9.1", read("1"))])).toBeUndefined();
    expect(planned([start("1.1"), ...by("1.1", { event: "end" })])).toBeUndefined();
  });

  it("is all that walks have seen that had ended before it began", () => {
    const walks = [...whole("1.1", read("1")), ...whole("2.1", read("2"))];
    expect(planned([...walks, start("9.1"), ...by("9.1", read("3"))])).toEqual(["1", "2"]);
  });

  it("is not what a walk sees that goes on, unless that was killed", () => {
    const records = [...whole("1.1", read("1")), start("2.1"), ...by("2.1", read("2")), start("9.1")];
    expect(planned(records)).toEqual(["1"]);
    expect(planned(records, "9.1", [2])).toEqual(["1", "2"]);
  });

  it("is the later walk where two have seen the same: a destroy plans twice", () => {
    const records = [...whole("1.1", read("1"), read("2")), ...whole("2.1", read("1")), start("9.1")];
    expect(planned(records)).toEqual(["1"]);
  });

  it("is the later walk where only some of it was seen before, and by one of several", () => {
    expect(planned([...whole("1.1", read("1"), read("2")), ...whole("2.1", read("1"), read("3"))])).toEqual(["1", "3"]);
    expect(planned([...whole("1.1", read("1")), ...whole("2.1", read("2")), ...whole("3.1", read("1"))])).toEqual([
      "1",
    ]);
  });

  it("is all walks that went on at the same time, though they have seen the same", () => {
    const ends = [...by("1.1", { event: "end" }), ...by("2.1", { event: "end" })];
    const both = [start("1.1"), start("2.1"), ...by("1.1", read("1"), read("2")), ...by("2.1", read("1"))];
    expect(planned([...both, ...ends])).toEqual(["1", "2"]);
    expect(planned([...whole("3.1", read("3")), ...both, ...by("2.1", read("3")), ...ends])).toEqual(["1", "2", "3"]);
  });

  it("is what was walked beside an apply, and after one", () => {
    const walks = [...whole("2.1", read("2")), ...whole("3.1", read("3"))];
    expect(planned([...whole("1.1", applying), ...walks, start("9.1")])).toEqual(["2", "3"]);
    const beside = [start("1.1"), ...by("1.1", applying), start("4.1"), ...by("1.1", { event: "end" })];
    expect(planned([...walks, ...beside, ...by("4.1", read("1"), { event: "end" })])).toEqual(["1", "2", "3"]);
  });

  it("has nothing of a process whose start is not recorded", () => {
    expect(planned([...by("7.1", read("3")), ...whole("1.1", read("1"))])).toEqual(["1"]);
  });

  it("is not what another process of the run applies, nor what that has carried out", () => {
    const before = [...whole("1.1", read("1")), ...whole("2.1", applying, read("2"))];
    expect(planned([...before, start("9.1")])).toEqual(["1"]);
    expect(planned([...before, ...whole("3.1", read("3")), start("9.1")])).toEqual(["3"]);
  });

  it("tells from where on the records of the run are of its own apply", () => {
    const records = [...whole("1.1", read("1")), start("9.1"), ...by("9.1", applying)];
    expect(planOf(records, "9.1", () => false)!.until).toBe(2);
    const later = [...whole("1.1", read("1")), ...whole("2.1", read("2")), start("9.1")];
    expect(planOf(later, "9.1", () => false)!.until).toBe(5);
    const killed = [...whole("1.1", read("1")), start("2.1"), ...by("2.1", read("2")), start("9.1")];
    expect(planOf([...killed, ...by("9.1", applying)], "9.1", (pid) => pid === 2)!.until).toBe(4);
  });
});

describe("of an object", () => {
  const plan = (...events: readonly LedgerEvent[]) => planOf(whole("1.1", ...events), undefined, () => true)!.plan;
  const create = { realm: "place", type: "lab_machine", key: ["a"] };

  it("nothing is known once it has vanished, of another of its id elsewhere all is", () => {
    const elsewhere = object("1", { realm: "elsewhere" });
    const seen = plan(read("1"), { event: "read", object: elsewhere }, { event: "vanished", object: object("1") });
    expect(seen.find(object("1"))).toBeUndefined();
    expect(seen.find(elsewhere)).toBeDefined();
    expect(seen.refreshed).toBe(true);
  });

  it("whose place is not known, it may be any of its id", () => {
    const seen = plan({ event: "read", object: object("1", { realm: null }) });
    expect(seen.find(object("1"))).toBeDefined();
    expect(plan(read("1")).find(object("1", { realm: null }))).toBeDefined();
    expect(plan(read("1")).find(object("1", { realm: "elsewhere" }))).toBeUndefined();
    expect(plan(read("1")).find(object("2"))).toBeUndefined();
  });

  it("the plan says whether it was read, or only seen in the state", () => {
    const [upgraded, asked] = [plan({ event: "owned", object: object("1") }), plan(read("1"))];
    expect([upgraded.refreshed, upgraded.find(object("1"))?.read]).toEqual([false, false]);
    expect([asked.refreshed, asked.find(object("1"))?.read, asked.creates]).toEqual([true, true, []]);
    expect([asked.leaving(create), asked.givingUp(create)]).toEqual([[], []]);
  });

  it("a create is found by its type, place and identity", () => {
    const seen = plan({ event: "create", ...create });
    expect(seen.creating(create)).toMatchObject(create);
    expect(seen.creating({ ...create, key: [null] })).toBeDefined();
    for (const other of [{ type: "lab_disk" }, { realm: "elsewhere" }, { realm: null }, { key: ["b"] }]) {
      expect([other, seen.creating({ ...create, ...other })]).toEqual([other, undefined]);
    }
    // Where it will be is not known.
    expect(plan({ event: "create", ...create, realm: null }).creating(create)).toBeDefined();
  });

  it("a replacement is planned twice, and counts once", () => {
    const { verdicts } = plan(fate("keep", "1"), fate("replace", "1")).find(object("1"))!;
    expect(verdicts.map(({ kind }) => kind)).toEqual(["replace"]);
  });

  it("two addresses that have it say one thing each", () => {
    const { verdicts } = plan(fate("keep", "1"), fate("keep", "1"), fate("replace", "1")).find(object("1"))!;
    expect(verdicts.map(({ kind }) => kind)).toEqual(["keep", "replace"]);
    const others = plan(fate("destroy", "1", null), fate("destroy", "1", null), fate("replace", "1")).find(
      object("1"),
    )!;
    expect(others.verdicts.map(({ kind }) => kind)).toEqual(["destroy", "destroy", "replace"]);
  });

  it("that is replaced under another identity, a create of that is to come; under its own none", () => {
    expect(plan(fate("replace", "1", "b")).creating({ ...create, key: ["b"] })).toBeDefined();
    expect(plan(fate("replace", "1")).creating(create)).toBeUndefined();
    expect(plan(fate("keep", "1", "b")).creating({ ...create, key: ["b"] })).toBeUndefined();
  });

  it("that leaves, no address keeps it", () => {
    const seen = plan(fate("destroy", "1", null), fate("keep", "2"), fate("destroy", "3", null), fate("keep", "3"));
    expect(seen.leaving(create).map(({ object: { id } }) => id)).toEqual(["1"]);
    expect(seen.leaving({ ...create, key: ["b"] })).toEqual([]);
    expect(seen.leaving({ ...create, realm: "elsewhere" })).toEqual([]);
    expect(seen.leaving({ ...create, type: "lab_disk" })).toEqual([]);
  });

  it("that gives its identity up, every address of it does", () => {
    const several = [fate("keep", "4", "b"), fate("keep", "4")];
    const seen = plan(fate("keep", "1", "b"), fate("keep", "2"), fate("destroy", "3", null), ...several);
    expect(seen.givingUp(create)).toEqual([
      { object: object("1"), key: ["b"] },
      { object: object("3"), key: null },
    ]);
  });
});
