import type { Clock } from "../../../lib/core/clock";
import { MemoryLedgers } from "../../../lib/terraform-plugin/ownership/ledger";
import { Ownership } from "../../../lib/terraform-plugin/ownership/ownership";
import type { LedgerEvent, OwnedObject } from "../../../lib/terraform-plugin/ownership/record";

const object: OwnedObject = { realm: "place", type: "lab_machine", id: "7" };
const { id: _, ...where } = object;
const KEY = ["a"];
const notes = { found: "before" };
const create = { ...where, key: KEY };
const never = new AbortController().signal;

type Plan = (plan: Ownership) => void;

let slept: number;
/** Waits are over at once, once somebody has done this meanwhile. */
let meanwhile: () => void;
const clock: Pick<Clock, "sleep"> = {
  async sleep(ms) {
    slept += ms;
    meanwhile();
  },
};

beforeEach(() => {
  slept = 0;
  meanwhile = () => undefined;
});

const folder = () => {
  const ledgers = new MemoryLedgers();
  let processes = 0;
  return {
    ledgers,
    process: (run: string) => {
      const name = `${++processes}.1`;
      return new Ownership(() => ledgers.open(run, name), clock);
    },
  };
};

/** A run that has planned this; what it gives is the process that applies. */
function planned(plan: Plan, world = folder()) {
  const walk = world.process("run");
  plan(walk);
  walk.close();
  const apply = world.process("run");
  apply.applies();
  return apply;
}

const fate =
  (event: "keep" | "replace" | "destroy", key: readonly string[] | null = KEY): Plan =>
  (plan) => {
    plan.owned(object);
    plan.read(object);
    plan.planned({ event, object, was: KEY, key, notes });
  };
const both =
  (...plans: readonly Plan[]): Plan =>
  (plan) => {
    for (const one of plans) one(plan);
  };
const creates: Plan = (plan) => plan.planned({ event: "create", ...create });
const removal = (apply: Ownership, plannedIn?: string) => apply.remove(object, KEY, notes, plannedIn);

describe("an object whose address goes away is not deleted", () => {
  it("when the create that replaces it has made it anew in place: the deposed one is the new one", () => {
    const apply = planned(fate("replace"));
    expect(apply.take(object, KEY)).toBe(true);
    expect(removal(apply)).toEqual({ kind: "rewritten" });
  });

  it("when a create at another address has it now", () => {
    const apply = planned(both(fate("destroy", null), creates));
    expect(apply.take({ ...object, as: "lab_other" }, KEY)).toBe(true);
    expect(removal(apply)).toEqual({ kind: "taken", as: "lab_other" });
  });

  it("when another address of the state has it too", () => {
    const apply = planned(both(fate("destroy", null), fate("keep")));
    expect(removal(apply)).toEqual({ kind: "kept" });
  });

  it("when a create of the same identity is still to come, which finds what was kept beside it", async () => {
    const apply = planned(both(fate("destroy", null), creates));
    expect(removal(apply)).toEqual({ kind: "released", as: "lab_machine" });
    expect(apply.passingNow).toBe(true);
    expect(await apply.standing(object, KEY, never)).toEqual({ kind: "passing", notes, heldAs: "lab_machine" });
    expect(apply.take(object, KEY)).toBe(true);
    expect(await apply.standing(object, KEY, never)).toEqual({ kind: "taken" });
  });

  it("when the create that should have taken it has failed", () => {
    const apply = planned(both(fate("destroy", null), creates));
    apply.createFailed(create);
    expect(removal(apply)).toEqual({ kind: "refused" });
  });

  it("when a create has met it and could not know whose it is", async () => {
    const apply = folder().process("run");
    apply.applies();
    expect(await apply.standing(object, KEY, never)).toEqual({ kind: "unknowable" });
    expect(removal(apply)).toEqual({ kind: "refused" });
  });

  it("when another process was faster, by a moment", () => {
    const world = folder();
    const apply = planned(fate("destroy", null), world);
    const other = world.ledgers.open("run", "8.1");
    apply.keeps(object);
    // It is written between the look at the record and the claim.
    const open = jest.spyOn(apply as unknown as { claim(): string }, "claim");
    open.mockImplementation(() => {
      other.append({ event: "take", object, key: KEY, claim: "8.1#1" }, true);
      return "2.1#1";
    });
    expect(removal(apply)).toEqual({ kind: "taken", as: "lab_machine" });
  });
});

describe("an object whose address goes away is deleted", () => {
  it.each<[string, Plan]>([
    ["where nobody else wants it", fate("destroy", null)],
    ["where a replacement makes another one beside it", fate("replace")],
    [
      "where the plan creates others only",
      both(fate("destroy", null), (plan) => plan.planned({ event: "create", ...create, key: ["b"] })),
    ],
    ["that the plan did not see", () => undefined],
  ])("%s", (_what, plan) => {
    const apply = planned(both(plan, (one) => one.read({ ...object, id: "8" })));
    expect(removal(apply)).toEqual({ kind: "delete" });
  });

  it("when a failed create was for another identity", () => {
    const apply = planned(
      both(fate("destroy", null), (plan) => plan.planned({ event: "create", ...create, key: ["b"] })),
    );
    apply.createFailed({ ...create, key: ["b"] });
    expect(removal(apply)).toEqual({ kind: "delete" });
  });

  it("of two that one create might take, it is the second", () => {
    const apply = planned(both(fate("destroy", null), creates));
    expect(removal(apply).kind).toBe("released");
    expect(apply.remove({ ...object, id: "8" }, KEY, {}, undefined)).toEqual({ kind: "delete" });
  });

  it("by the apply of a saved plan, whose own run tells what else was planned", () => {
    const world = folder();
    const walk = world.process("planned");
    both(fate("destroy", null), fate("keep"))(walk);
    walk.close();
    const apply = world.process("run");
    apply.applies();
    expect(removal(apply, "planned")).toEqual({ kind: "kept" });
    expect(removal(apply, "another")).toEqual({ kind: "delete" });
  });
});

describe("a create", () => {
  it("waits until a deletion has ended, and does not see what is gone", async () => {
    const apply = planned(fate("destroy", null));
    removal(apply);
    meanwhile = () => slept >= 300 && apply.removed(object, true);
    expect(await apply.standing(object, KEY, never)).toEqual({ kind: "gone" });
    expect(slept).toBe(300);
  });

  it("finds an object whose deletion has failed as the plan has it", async () => {
    const apply = planned(fate("destroy", null));
    removal(apply);
    meanwhile = () => apply.removed(object, false);
    expect(await apply.standing(object, KEY, never)).toMatchObject({ kind: "passing" });
  });

  it("waits no longer than it is told to", async () => {
    const apply = planned(fate("destroy", null));
    removal(apply);
    const impatient = new Ownership(() => folder().ledgers.open("run", "9.1"), clock);
    impatient.close();
    meanwhile = () => {
      throw new Error("told to stop");
    };
    await expect(apply.standing(object, KEY, never)).rejects.toThrow("told to stop");
  });

  it("gets an object once, whoever asks", () => {
    const apply = planned(creates);
    expect([apply.take(object, KEY), apply.take(object, KEY)]).toEqual([true, false]);
  });

  it("knows of an object that an earlier run let go for a create that did not happen", async () => {
    const world = folder();
    const before = planned(both(fate("destroy", null), creates), world);
    removal(before);
    before.close();
    const walk = world.process("next");
    walk.planned({ event: "create", ...create });
    walk.close();
    const apply = world.process("next");
    apply.applies();
    expect(await apply.standing(object, KEY, never)).toEqual({ kind: "passing", notes, heldAs: "lab_machine" });
    expect(await apply.standing({ ...object, id: "8" }, KEY, never)).toEqual({ kind: "free" });
  });

  it("in the apply of a saved plan goes by the runs that planned it, where they agree", async () => {
    const world = folder();
    for (const run of ["one", "two"]) {
      const walk = world.process(run);
      both(fate("destroy", null), creates)(walk);
      walk.close();
    }
    const apply = world.process("run");
    expect(await apply.standing(object, KEY, never)).toMatchObject({ kind: "passing" });
    const third = world.process("three");
    both(fate("keep"), creates)(third);
    third.close();
    const later = world.process("later");
    expect(await later.standing(object, KEY, never)).toEqual({ kind: "unknowable" });
  });

  it("does not go by saved plans once another run has applied", async () => {
    const world = folder();
    const walk = world.process("one");
    both(fate("destroy", null), creates)(walk);
    walk.close();
    world.process("other").applies();
    const apply = world.process("run");
    expect(await apply.standing(object, KEY, never)).toEqual({ kind: "unknowable" });
  });
});

describe("an identity that another address gives up in this run", () => {
  const renamed = fate("keep", ["b"]);

  it("is waited for until it is free, and no longer than three seconds", async () => {
    const apply = planned(renamed);
    meanwhile = () => slept === 400 && apply.changed(object);
    expect(await apply.untilFree(create, never)).toBe(true);
    expect(slept).toBe(400);
    const stuck = planned(renamed);
    slept = 0;
    meanwhile = () => undefined;
    expect(await stuck.untilFree(create, never)).toBe(false);
    expect(slept).toBe(3_000);
  });

  it("is not free while one of several objects that have it has not given it up", async () => {
    const other = { ...object, id: "8" };
    const apply = planned(
      both(renamed, (plan) => plan.planned({ event: "keep", object: other, was: KEY, key: ["b"], notes })),
    );
    apply.changed(object);
    expect(await apply.untilFree(create, never)).toBe(false);
    apply.changed(other);
    expect(await apply.untilFree(create, never)).toBe(true);
  });

  it.each<[string, LedgerEvent]>([
    ["changed", { event: "changed", object }],
    ["deleted", { event: "deleted", object }],
    ["taken", { event: "take", object, key: KEY, claim: "x" }],
    ["let go", { event: "release", object, key: KEY, notes }],
  ])("is free once its object is %s", async (_what, event) => {
    const world = folder();
    const apply = planned(renamed, world);
    expect(apply.givingUp(create)).toEqual([{ object, key: ["b"] }]);
    world.ledgers.open("run", "8.1").append(event, true);
    expect(await apply.untilFree(create, never)).toBe(true);
    expect(slept).toBe(0);
  });
});

it("tells which objects of an identity nobody has taken or deletes yet", () => {
  const apply = planned(both(fate("destroy", null), creates));
  expect(apply.passing(create)).toEqual([{ object, notes }]);
  apply.take(object, KEY);
  expect(apply.passing(create)).toEqual([]);
  const other = planned(fate("destroy", null));
  removal(other);
  expect(other.passing(create)).toEqual([]);
});

it("keeps what an address of the plan keeps, and nothing else", () => {
  expect(planned(fate("keep")).keeps(object)).toBe(true);
  expect(planned(both(fate("destroy", null), fate("keep"))).keeps(object)).toBe(true);
  expect(planned(fate("destroy", null)).keeps(object)).toBe(false);
  expect(planned(creates).keeps(object)).toBe(false);
  expect(folder().process("run").keeps(object)).toBe(false);
});

it("says once that a run could not be recorded", () => {
  const failures = [{ path: "/full", error: new Error("ENOSPC") }, undefined];
  const ledger = { ...new MemoryLedgers().open("run", "1.1"), failure: () => failures.shift() };
  const ownership = new Ownership(() => ledger, clock);
  expect(ownership.unrecorded()).toBeUndefined();
  ownership.owned(object);
  expect(ownership.unrecorded()).toMatchObject({ code: "terraform/run-not-recorded", got: "ENOSPC (/full)" });
  expect(ownership.unrecorded()).toBeUndefined();
});

describe("the record of a run", () => {
  /** What was recorded, `!` where nobody may go on before it is written. */
  function recorded() {
    const events: string[] = [];
    const ledger = new MemoryLedgers().open("run", "7.1");
    const append: typeof ledger.append = (event, urgent) => {
      events.push(`${event.event}${urgent ? "!" : ""}`);
      ledger.append(event, urgent);
    };
    return { events, ownership: new Ownership(() => ({ ...ledger, append }), clock) };
  }

  it("has what a walk sees and plans, which need not be written at once", () => {
    const { events, ownership } = recorded();
    ownership.owned(object);
    ownership.read(object);
    ownership.vanished(object);
    creates(ownership);
    expect(events).toEqual(["start", "owned", "read", "vanished", "create"]);
  });

  it("has what an apply does before it does it: other processes go by that", async () => {
    const { events, ownership } = recorded();
    ownership.applies();
    ownership.applies();
    ownership.take(object, KEY);
    ownership.changed(object);
    ownership.createFailed(create);
    const other = { ...object, id: "8" };
    await ownership.standing(other, KEY, never);
    await ownership.standing(object, KEY, never);
    ownership.remove({ ...object, id: "9" }, KEY, {}, undefined);
    ownership.removed(object, true);
    ownership.removed(object, false);
    const done = ["take!", "changed!", "create-failed!", "wanted!", "deleting!", "deleted!", "delete-failed!"];
    expect(events).toEqual(["start", "applying!", ...done]);
  });
});
