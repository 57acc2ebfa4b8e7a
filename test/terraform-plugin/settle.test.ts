import { nestedList, nestedMap, nestedObject, nestedSet, number, string } from "../../lib/terraform-plugin/schema";
import { emptyState, settle, withDefaults } from "../../lib/terraform-plugin/settle";

const described = { description: "…" };
const port = { host: string("required", described), port: number("optional", { ...described, default: 587 }) };
const attributes = {
  name: string("optional", { ...described, default: "lab", equal: (a, b) => a.toLowerCase() === b.toLowerCase() }),
  single: nestedObject(port, "optional", described),
  list: nestedList(port, "optional", described),
  set: nestedSet(port, "optional", described),
};

describe("withDefaults", () => {
  it("fills what nothing was said about, inside nested attributes too", () => {
    const declared = {
      single: { host: "a" },
      list: [
        { host: "b", port: 25 },
        { host: "c", port: null },
      ],
      set: [{ host: "d" }],
    };
    expect(withDefaults(attributes, declared)).toEqual({
      name: "lab",
      single: { host: "a", port: 587 },
      list: [
        { host: "b", port: 25 },
        { host: "c", port: 587 },
      ],
      set: [{ host: "d", port: 587 }],
    });
  });

  it("makes no nested object where there is none", () => {
    expect(withDefaults(attributes, {})).toEqual({ name: "lab", single: null, list: null, set: null });
  });

  it("fills each element of a map, and keeps what is of another shape for the codec to refuse", () => {
    const mapped = { map: nestedMap(port, "optional", described) };
    expect(withDefaults(mapped, { map: { a: { host: "a" } } })).toEqual({ map: { a: { host: "a", port: 587 } } });
    expect(withDefaults({ ...mapped, ...attributes }, { name: "a", map: "x", list: "x", single: "x" })).toEqual({
      name: "a",
      map: "x",
      list: "x",
      single: "x",
      set: null,
    });
  });

  it("sorts a set whose order a default has changed, and not a list", () => {
    const elements = [
      { host: "a", port: null },
      { host: "a", port: 25 },
    ];
    expect(withDefaults(attributes, { set: elements, list: elements })).toMatchObject({
      set: [
        { host: "a", port: 25 },
        { host: "a", port: 587 },
      ],
      list: [
        { host: "a", port: 587 },
        { host: "a", port: 25 },
      ],
    });
  });
});

describe("settle", () => {
  const spelt = {
    host: string("required", { ...described, equal: (a, b) => a.toLowerCase() === b.toLowerCase() }),
    port: number("optional", described),
  };
  const parts = {
    single: nestedObject(spelt, "optional", described),
    list: nestedList(spelt, "optional", described),
    set: nestedSet(spelt, "optional", described),
    map: nestedMap(spelt, "optional", described),
  };
  const none = { single: null, list: null, set: null, map: null };
  const element = (host: string, port = 25) => ({ host, port });

  it("keeps the spelling that is known where both mean the same", () => {
    const known = { name: "Lab", single: null, list: null, set: null };
    expect(settle(attributes, { name: "LAB", stranger: true }, known)).toEqual(known);
    expect(settle(attributes, { name: "other" }, known)).toMatchObject({ name: "other" });
    expect(settle(attributes, { name: "LAB" }, null)).toMatchObject({ name: "LAB" });
    expect(settle(attributes, {}, known)).toEqual(emptyState(attributes));
  });

  it.each([
    ["single", element("MX"), element("mx", 26), element("mx")],
    ["list", [element("MX"), element("B")], [element("mx")], [element("mx"), element("B")]],
    ["map", { a: element("MX"), b: element("B") }, { a: element("mx") }, { a: element("mx"), b: element("B") }],
  ])("keeps it inside %s too, element by element", (name, returned, known, settled) => {
    expect(settle(parts, { [name]: returned }, { ...none, [name]: known })).toEqual({ ...none, [name]: settled });
  });

  it("leaves the elements of a set as they were returned, since nothing tells which is which", () => {
    const known = { ...none, set: [element("mx")] };
    expect(settle(parts, { set: [element("MX")] }, known)).toEqual({ ...none, set: [element("MX")] });
  });

  it.each(["single", "list", "map"])(
    "takes %s as it was returned where another shape was known, or is returned",
    (name) => {
      const returned = { single: element("MX"), list: [element("MX")], map: { a: element("MX") } }[name]!;
      for (const [value, known] of [
        [returned, "mx"],
        ["mx", returned],
      ] as const) {
        expect(settle(parts, { [name]: value }, { ...none, [name]: known })).toEqual({ ...none, [name]: value });
      }
    },
  );
});
