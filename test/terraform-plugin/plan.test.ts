import { planChange } from "../../lib/terraform-plugin/plan";
import {
  bool,
  nestedList,
  nestedObject,
  nestedSet,
  number,
  setOf,
  string,
  type Attributes,
} from "../../lib/terraform-plugin/schema";
import { canonicalSet, isUnknown, UNKNOWN, type ValueObject } from "../../lib/terraform-plugin/values";

const described = { description: "…" };
const attributes: Attributes = {
  name: string("required", { ...described, replace: true }),
  size: number("optional", { ...described, replace: { when: (before, after) => (after ?? 0) < (before ?? 0) } }),
  note: string("optional", { ...described, default: "" }),
  colour: string("optional", { ...described, equal: (a, b) => a.toLowerCase() === b.toLowerCase() }),
  password_wo: string("optional", { ...described, writeOnly: true }),
  id: string("computed", { ...described, keep: true }),
  state: string("computed", described),
  tags: setOf("string", "optional-computed", described),
  template: number("optional-computed", { ...described, replace: true, keep: true }),
  parts: nestedList(
    { kind: string("required", described), serial: string("computed", { ...described, keep: true }) },
    "optional",
    described,
  ),
  limits: nestedObject({ strict: bool("optional", { ...described, default: true }) }, "optional", described),
  routes: nestedSet(
    { to: string("required", described), on: bool("optional", { ...described, default: true }) },
    "optional",
    described,
  ),
};

const nothing: ValueObject = Object.fromEntries(Object.keys(attributes).map((name) => [name, null]));
const stored: ValueObject = { ...nothing, name: "a", note: "", id: "7", state: "up", tags: ["x"] };

/** What core proposes: the configuration, and prior values where a computed attribute is not configured. */
function change(prior: ValueObject | null, config: ValueObject) {
  const declared: ValueObject = { ...nothing, ...config };
  const proposed = Object.fromEntries(
    Object.entries(declared).map(([name, value]) => {
      const computed = ["computed", "optional-computed", "defaulted"].includes(attributes[name]!.presence);
      return [name, value === null && computed ? (prior?.[name] ?? null) : value];
    }),
  );
  return planChange({ attributes, prior, proposed, config: declared });
}

describe("planning a creation", () => {
  it("fills defaults, and leaves to apply what only the object can tell", () => {
    const { planned } = change(null, { name: "a" });
    expect(planned).toMatchObject({ name: "a", note: "", colour: null });
    expect([planned["id"], planned["state"], planned["tags"]].every(isUnknown)).toBe(true);
  });

  it("never plans a write-only value", () => {
    expect(change(null, { name: "a", password_wo: "secret" }).planned["password_wo"]).toBeNull();
  });

  it("replaces nothing, there being nothing to replace", () => {
    expect(change(null, { name: "a", size: 1 }).replace).toEqual([]);
  });

  it("plans what stands in nested attributes too", () => {
    const { planned } = change(null, {
      name: "a",
      parts: [{ kind: "k", serial: null }],
      limits: { strict: null },
      routes: [{ to: "b", on: null }],
    });
    expect(planned["limits"]).toEqual({ strict: true });
    expect(planned["routes"]).toEqual([{ to: "b", on: true }]);
    expect(planned["parts"]).toEqual([{ kind: "k", serial: UNKNOWN }]);
  });

  it("keeps a configured value that is unknown", () => {
    expect(isUnknown(change(null, { name: UNKNOWN }).planned["name"])).toBe(true);
  });
});

describe("planning an unchanged object", () => {
  it("changes nothing, computed values included", () => {
    expect(change(stored, { name: "a" })).toEqual({ planned: stored, replace: [] });
  });

  it("does not see a new write-only value", () => {
    expect(change(stored, { name: "a", password_wo: "other" }).planned).toEqual(stored);
  });

  it("keeps the stored spelling of a value that means the same", () => {
    const red = { ...stored, colour: "Red" };
    expect(change(red, { name: "a", colour: "RED" }).planned).toEqual(red);
  });

  it("sees no change in a set that is only written in another order", () => {
    const routed = {
      ...stored,
      routes: [
        { to: "a", on: true },
        { to: "b", on: true },
      ],
    };
    const { planned } = change(routed, {
      name: "a",
      routes: [
        { to: "a", on: null },
        { to: "b", on: null },
      ],
    });
    expect(planned).toEqual(routed);
  });

  it("sees no change in a set whose order a default has changed", () => {
    const routes = canonicalSet([
      { to: "a", on: true },
      { to: "b", on: false },
    ]);
    const config = canonicalSet([
      { to: "a", on: null },
      { to: "b", on: false },
    ]);
    expect(change({ ...stored, routes }, { name: "a", routes: config }).planned["routes"]).toEqual(routes);
  });
});

describe("planning an update", () => {
  it("keeps the id and asks anew for what may change", () => {
    const { planned, replace } = change(stored, { name: "a", note: "new" });
    expect(planned).toMatchObject({ note: "new", id: "7" });
    expect(isUnknown(planned["state"])).toBe(true);
    expect(replace).toEqual([]);
  });

  it("keeps computed parts of list elements by their position", () => {
    const built = { ...stored, parts: [{ kind: "k", serial: "s1" }] };
    const { planned } = change(built, {
      name: "a",
      parts: [
        { kind: "other", serial: null },
        { kind: "k2", serial: null },
      ],
    });
    expect(planned["parts"]).toEqual([
      { kind: "other", serial: "s1" },
      { kind: "k2", serial: UNKNOWN },
    ]);
  });

  it("returns to the default when the configuration falls silent", () => {
    expect(change({ ...stored, note: "old" }, { name: "a" }).planned["note"]).toBe("");
  });
});

describe("planning a replacement", () => {
  it("names the attribute that asks for it", () => {
    expect(change(stored, { name: "b" }).replace).toEqual([["name"]]);
  });

  it("counts an unknown new value as a change", () => {
    expect(change(stored, { name: UNKNOWN }).replace).toEqual([["name"]]);
  });

  it("is not asked for by what nobody configures and only the apply can tell", () => {
    const { planned, replace } = change(stored, { name: "a", note: "new" });
    expect([isUnknown(planned["template"]), replace]).toEqual([true, []]);
    expect(change(stored, { name: "a", template: 118 }).replace).toEqual([["template"]]);
    expect(change({ ...stored, template: 7 }, { name: "a", template: 118 }).replace).toEqual([["template"]]);
  });

  it("lets a rule decide case by case", () => {
    const sized = { ...stored, size: 5 };
    expect(change(sized, { name: "a", size: 9 }).replace).toEqual([]);
    expect(change(sized, { name: "a", size: 2 }).replace).toEqual([["size"]]);
  });
});
