import { wholeId } from "../../../lib/terraform-plugin/import-identity";
import { OwnedType } from "../../../lib/terraform-plugin/ownership/address";
import { identityKey } from "../../../lib/terraform-plugin/ownership/identity";
import type { Ownership, Removal } from "../../../lib/terraform-plugin/ownership/ownership";
import { defineSchema, string } from "../../../lib/terraform-plugin/schema";
import { UNKNOWN, type ValueObject } from "../../../lib/terraform-plugin/values";

const described = { description: "…" };
const schemaOf = (twins: boolean) =>
  defineSchema({
    type: "lab_machine",
    description: "…",
    identity: { attributes: ["name"], twins },
    importIdentity: wholeId,
    attributes: { id: string("computed", { ...described, keep: true }), name: string("required", described) },
  });
const schema = schemaOf(false);

const where = { realm: "place", type: "lab_machine" };
const object = { ...where, id: "7" };
const front: ValueObject = { id: "7", name: "front" };
const back: ValueObject = { id: "7", name: "back" };
const fresh: ValueObject = { id: UNKNOWN, name: "front" };
const keyOf = (values: ValueObject) => identityKey(schema, values)!;
const notes = { found: "before" };
const { signal } = new AbortController();

/** A type whose ownership writes down what it is told, and answers as it is told. */
function owned(more: Partial<Ownership> = {}, twins = false) {
  const told: unknown[] = [];
  const tell = (event: string) => (one: unknown) => void told.push([event, one]);
  const ownership = {
    run: "run",
    planned: (event: unknown) => void told.push(event),
    owned: tell("owned"),
    read: tell("read"),
    vanished: tell("vanished"),
    changed: tell("changed"),
    givingUp: () => [],
    untilFree: async (create: unknown) => (told.push(["waits for", create]), true),
    ...more,
  };
  return { told, type: new OwnedType(ownership as unknown as Ownership, schemaOf(twins), "place") };
}

describe("what was seen or changed", () => {
  it.each(["owned", "read", "vanished"] as const)("is %s, where there is an object", (event) => {
    const { told, type } = owned();
    for (const state of [null, fresh, { ...front, id: null }, { ...front, id: "" }]) type.seen(event, state);
    expect(told).toEqual([]);
    type.seen(event, front);
    expect(told).toEqual([[event, object]]);
  });

  it("is told as changed, where there is an object", () => {
    const { told, type } = owned();
    type.changed(fresh);
    type.changed(front);
    expect(told).toEqual([["changed", object]]);
  });
});

describe("a plan", () => {
  const replaced = { id: "7", key: keyOf(back) };
  it.each([
    ["nothing", null, null, undefined, []],
    ["a create", null, fresh, undefined, [{ event: "create", ...where, key: keyOf(front) }]],
    [
      "the second half of a replacement",
      null,
      fresh,
      replaced,
      [{ event: "replace", object, was: keyOf(back), key: keyOf(front), notes }],
    ],
    ["a change", front, back, undefined, [{ event: "keep", object, was: keyOf(front), key: keyOf(back), notes }]],
    [
      "a change in place of one",
      back,
      front,
      replaced,
      [{ event: "keep", object, was: keyOf(back), key: keyOf(front), notes }],
    ],
    ["a destroy", front, null, undefined, [{ event: "destroy", object, was: keyOf(front), key: null, notes }]],
    ["the destroy of what does not exist", fresh, null, undefined, []],
  ])("of %s is recorded", (_what, prior, next, before, events) => {
    const { told, type } = owned();
    type.planned(prior, next, notes, before);
    expect(told).toEqual(events);
  });

  it("marks the run, and the state that it replaces where there is an object", () => {
    const { type } = owned();
    expect(type.mark(front)).toEqual({ run: "run", replaced: { id: "7", key: keyOf(front) } });
    expect([type.mark(null), type.mark(fresh)]).toEqual([{ run: "run" }, { run: "run" }]);
  });
});

describe("a change to another identity", () => {
  const gives = (key: ValueObject) => () => [{ object: { ...object, id: "8" }, key: keyOf(key) }];
  const waits = [["waits for", { ...where, key: keyOf(back) }]];
  const elsewhere = { ...front, name: "elsewhere" };

  it.each([
    ["that another address gives up: it waits before it", gives(elsewhere), false, waits, false],
    [
      "that another address gives up: it waits once it was refused, where there may be twins",
      gives(elsewhere),
      true,
      waits,
      true,
    ],
    ["that is exchanged: there is nothing to wait for", gives(front), false, [], false],
    ["that is exchanged: there is nothing to wait for, where there may be twins", gives(front), true, [], false],
    ["that nobody gives up", () => [], false, [], false],
  ])("%s", async (_what, givingUp, twins, expected, again) => {
    const { told, type } = owned({ givingUp }, twins);
    await type.identityFree(front, back, signal);
    expect(told).toEqual(twins ? [] : expected);
    expect(await type.freeAfterRefusal(front, back, signal)).toBe(again);
    expect(told).toEqual(expected);
  });

  it("is none where the identity stays", async () => {
    const { told, type } = owned({ givingUp: gives(elsewhere) });
    await type.identityFree(front, { ...front }, signal);
    expect([told, type.refusedChange(front, { ...front })]).toEqual([[], undefined]);
  });

  it("may succeed the next time, which is said unless ownership has nothing to do with it", () => {
    const codeOf = (givingUp: Ownership["givingUp"], prior = front) =>
      owned({ givingUp }).type.refusedChange(prior, back)?.code;
    const some = () => [...gives(elsewhere)(), ...gives(front)()];
    const codes = [codeOf(gives(elsewhere)), codeOf(gives(front)), codeOf(some)];
    expect(new Set(codes).size).toBe(2);
    expect(codes[1]).toBe(codes[2]);
    expect([codeOf(() => []), codeOf(gives(elsewhere), fresh)]).toEqual([undefined, undefined]);
  });
});

describe("a removal", () => {
  const removal = (decided: Removal, state = front) =>
    owned({ remove: () => decided }).type.removal(state, notes, undefined);

  it("deletes the object where it is to be deleted, and asks nobody about what does not exist", () => {
    expect(removal({ kind: "delete" })).toEqual({ object });
    expect(removal({ kind: "kept" }, fresh)).toEqual({});
  });

  it.each<[Removal, string]>([
    [{ kind: "taken", as: "lab_other" }, "lab_other"],
    [{ kind: "released", as: "lab_other" }, "lab_other"],
    [{ kind: "rewritten" }, "7"],
    [{ kind: "kept" }, "7"],
    [{ kind: "refused" }, "7"],
  ])("otherwise says why not: %j", (decided, named) => {
    const { object: deleted, problem } = removal(decided);
    expect(deleted).toBeUndefined();
    expect(JSON.stringify(problem)).toContain(named);
    expect(problem!.severity).toBe(decided.kind === "refused" ? "error" : "warning");
  });

  it("that was refused may succeed the next time while objects move", () => {
    const refused = (passingNow: boolean, state = front) => owned({ passingNow }).type.refusedRemoval(state)?.code;
    expect([refused(true), refused(false), refused(true, fresh)]).toEqual([
      "terraform/still-used-perhaps",
      undefined,
      undefined,
    ]);
  });
});
