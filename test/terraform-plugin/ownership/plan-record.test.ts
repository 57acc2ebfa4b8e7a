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

  it("is not what another process of the run applies, nor what that has carried out", () => {
    const before = [...whole("1.1", read("1")), ...whole("2.1", applying, read("2"))];
    expect(planned([...before, start("9.1")])).toEqual(["1"]);
    expect(planned([...before, ...whole("3.1", read("3")), start("9.1")])).toEqual(["3"]);
  });

  it("tells from where on the records of the run are of its own apply", () => {
    const records = [...whole("1.1", read("1")), start("9.1"), ...by("9.1", applying)];
    expect(planOf(records, "9.1", () => false)!.until).toBe(2);
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

  it("a replacement is planned twice, and counts once", () => {
    const { verdicts } = plan(fate("keep", "1"), fate("replace", "1")).find(object("1"))!;
    expect(verdicts.map(({ kind }) => kind)).toEqual(["replace"]);
  });

  it("two addresses that have it say one thing each", () => {
    const { verdicts } = plan(fate("keep", "1"), fate("keep", "1"), fate("replace", "1")).find(object("1"))!;
    expect(verdicts.map(({ kind }) => kind)).toEqual(["keep", "replace"]);
  });

  it("that is replaced under another identity, a create of that is to come; under its own none", () => {
    expect(plan(fate("replace", "1", "b")).creating({ ...create, key: ["b"] })).toBeDefined();
    expect(plan(fate("replace", "1")).creating(create)).toBeUndefined();
  });

  it("that leaves, no address keeps it", () => {
    const seen = plan(fate("destroy", "1", null), fate("keep", "2"), fate("destroy", "3", null), fate("keep", "3"));
    expect(seen.leaving(create).map(({ object: { id } }) => id)).toEqual(["1"]);
    expect(seen.leaving({ ...create, key: ["b"] })).toEqual([]);
    expect(seen.leaving({ ...create, realm: "elsewhere" })).toEqual([]);
    expect(seen.leaving({ ...create, type: "lab_disk" })).toEqual([]);
  });

  it("that gives its identity up, every address of it does", () => {
    const seen = plan(fate("keep", "1", "b"), fate("keep", "2"), fate("destroy", "3", null));
    expect(seen.givingUp(create)).toEqual([
      { object: object("1"), key: ["b"] },
      { object: object("3"), key: null },
    ]);
  });
});
