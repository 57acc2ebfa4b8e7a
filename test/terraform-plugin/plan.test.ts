import { planChange } from "../../lib/terraform-plugin/plan";
import {
  bool,
  nestedList,
  nestedMap,
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
  label: string("optional", { ...described, replace: false }),
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
  chip: nestedObject(
    { kind: string("required", described), serial: string("computed", { ...described, keep: true }) },
    "optional",
    described,
  ),
  maker: nestedObject({ name: string("computed", described) }, "computed", { ...described, keep: true }),
  disks: nestedMap(
    {
      size: number("optional", { ...described, default: 1 }),
      serial: string("computed", { ...described, keep: true }),
    },
    "optional",
    described,
  ),
  ports: nestedSet(
    { to: string("required", described), serial: string("computed", { ...described, keep: true }) },
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
      { to: "b", on: true },
    ]);
    const config = canonicalSet([
      { to: "a", on: true },
      { to: "b", on: null },
    ]);
    expect(config[0]).toMatchObject({ to: "b" });
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

  it("keeps computed parts of a single object, and of a map's elements by their names", () => {
    const built = { ...stored, chip: { kind: "k", serial: "s1" }, disks: { a: { size: 1, serial: "s2" } } };
    const { planned } = change(built, {
      name: "a",
      chip: { kind: "other", serial: null },
      disks: { a: { size: 2, serial: null }, b: { size: null, serial: null } },
    });
    expect(planned).toMatchObject({
      chip: { kind: "other", serial: "s1" },
      disks: { a: { size: 2, serial: "s2" }, b: { size: 1, serial: UNKNOWN } },
    });
  });

  it("takes no computed part of a set's element from another one", () => {
    const built = { ...stored, ports: [{ to: "a", serial: "s1" }] };
    const { planned } = change(built, { name: "a", ports: [{ to: "b", serial: null }] });
    expect(planned["ports"]).toEqual([{ to: "b", serial: UNKNOWN }]);
    // Neither when Terraform has proposed that.
    const config = { ...nothing, name: "a", ports: [{ to: "b", serial: null }] };
    const proposed = { ...built, ports: [{ to: "b", serial: "s1" }] };
    expect(planChange({ attributes, prior: built, proposed, config }).planned["ports"]).toEqual(planned["ports"]);
  });

  it("compares no spelling with one that is not there", () => {
    expect(change(null, { name: "a", colour: "Red" }).planned["colour"]).toBe("Red");
    expect(change({ ...stored, colour: "Red" }, { name: "a" }).planned["colour"]).toBeNull();
  });

  it("keeps a computed object whole that nobody configures", () => {
    const { planned } = change({ ...stored, maker: { name: "m" } }, { name: "a", note: "new" });
    expect(planned["maker"]).toEqual({ name: "m" });
  });

  it.each([
    ["colour", "Red"],
    ["chip", { kind: "k", serial: "s1" }],
    ["parts", [{ kind: "k", serial: "s1" }]],
    ["disks", { a: { size: 1, serial: "s1" } }],
    ["ports", [{ to: "a", serial: "s1" }]],
  ])("plans %s as unknown while the configuration is, whatever it was", (name, before) => {
    expect(change({ ...stored, [name]: before }, { name: "a", [name]: UNKNOWN }).planned[name]).toBe(UNKNOWN);
    expect(change(stored, { name: "a", [name]: UNKNOWN }).planned[name]).toBe(UNKNOWN);
  });

  it("plans a computed value that is configured as it is configured", () => {
    expect(change(stored, { name: "a", tags: ["y"] }).planned["tags"]).toEqual(["y"]);
  });

  it("returns to the default when the configuration falls silent", () => {
    expect(change({ ...stored, note: "old" }, { name: "a" }).planned["note"]).toBe("");
  });
});

describe("planning a replacement", () => {
  it("names the attribute that asks for it", () => {
    expect(change(stored, { name: "b", label: "x" }).replace).toEqual([["name"]]);
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
