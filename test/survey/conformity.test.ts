import * as z from "../../lib/core/zod";
import { conformityOf } from "../../lib/survey/conformity";

const rule = z.looseObject({
  id: z.string().check(z.minLength(1)),
  name: z.string(),
  enabled: z.nullish(z.boolean()),
  mode: z.optional(z.enum(["ON", "OFF"])),
  port: z.nullish(z.int()),
  values: z.nullish(z.record(z.string(), z.nullish(z.string()))),
});
const rules = z.looseObject({ rules: z.nullable(z.array(rule)) });

const of = (answer: unknown, contract: z.ZodMiniType = rules) => {
  const { deviations, unknown } = conformityOf(contract, answer);
  return {
    deviations: deviations.map(({ place, expected, got, times }) => `${place}: ${expected}; ${got} x${times}`),
    unknown,
  };
};
const fine = { id: "1", name: "a" };

describe("an answer held against its contract", () => {
  it.each([
    ["as expected", { rules: [fine] }, []],
    ["null where that is allowed", { rules: null }, []],
    ["a member that is missing", { rules: [{ id: "1" }] }, ["$.rules[0].name: text; absent x1"]],
    [
      "a member of another type",
      { rules: [fine, { ...fine, enabled: "yes" }] },
      ["$.rules[1].enabled: true or false; text(3) x1"],
    ],
    [
      "a word that nobody knows",
      { rules: [{ ...fine, mode: "HALF" }] },
      ['$.rules[0].mode: one of "ON", "OFF"; text(4) x1'],
    ],
    ["a fraction", { rules: [{ ...fine, port: 1.5 }] }, ["$.rules[0].port: a whole number; number x1"]],
    [
      "the same in many places, once",
      { rules: [{ name: "a" }, { name: "b" }, fine] },
      ["$.rules[0].id: text; absent x2"],
    ],
    ["a list instead of an object", [], ["$: an object; list(0) x1"]],
    ["an object instead of a list", { rules: {} }, ["$.rules: a list; object(0) x1"]],
    ["no JSON", undefined, ["$: an object; no JSON x1"]],
  ])("%s", (_, answer, expected) => expect(of(answer).deviations).toEqual(expected));

  it("names the rule that a value of the right type breaks", () =>
    expect(of({ rules: [{ ...fine, id: "" }] }).deviations[0]).toMatch(/^\$\.rules\[0\]\.id: text: .*; text\(0\) x1$/));

  it("lists members that the contract does not name, once, as no deviation", () =>
    expect(
      of({
        rules: [
          { ...fine, owner: { secret: 1 } },
          { ...fine, owner: 2 },
        ],
        "@odata.context": "",
      }),
    ).toEqual({
      deviations: [],
      unknown: ["$.rules[*].owner", '$["@odata.context"]'].sort(),
    }));

  it("never shows what people have named", () => {
    const { deviations, unknown } = of({
      rules: [{ ...fine, values: { "Smith's pager": 5 } }],
      "alice@example.com": 1,
    });
    expect(deviations).toEqual(["$.rules[0].values[0]: text; number x1"]);
    expect(unknown).toEqual(['$["?"]']);
  });

  it("takes the alternative that fits best", () => {
    const either = z.union([z.array(rule), z.looseObject({ items: z.array(rule) })]);
    expect(of([fine], either).deviations).toEqual([]);
    expect(of([{ id: "1" }], either).deviations).toEqual(["$[0].name: text; absent x1"]);
    expect(of({ items: [{ id: "1" }] }, either).deviations).toEqual(["$.items[0].name: text; absent x1"]);
    expect(of(7, either).deviations).toEqual(["$: a list or an object; number x1"]);
  });
});
