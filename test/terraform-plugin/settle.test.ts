import { nestedList, nestedObject, nestedSet, number, string } from "../../lib/terraform-plugin/schema";
import { settle, withDefaults } from "../../lib/terraform-plugin/settle";

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
});

it("settle keeps the spelling that is known where both mean the same", () => {
  const known = { name: "Lab", single: null, list: null, set: null };
  expect(settle(attributes, { name: "LAB", stranger: true }, known)).toEqual(known);
  expect(settle(attributes, { name: "other" }, known)).toMatchObject({ name: "other" });
});
