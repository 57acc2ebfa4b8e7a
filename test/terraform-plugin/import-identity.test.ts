import {
  formsInWords,
  identityParts,
  idOfParts,
  partsOfId,
  wholeId,
  type ImportIdentity,
} from "../../lib/terraform-plugin/import-identity";
import { Decimal, type Type, type ValueObject } from "../../lib/terraform-plugin/values";

const place: ImportIdentity = { forms: [["rack", "slot"]] };
const member: ImportIdentity = {
  forms: [
    ["rack", { word: "disk" }, "disk"],
    ["rack", { word: "fan" }, "fan"],
  ],
};
const scoped: ImportIdentity = {
  forms: [[{ word: "all", attribute: "scope" }], [{ word: "one", attribute: "scope" }, "rack"]],
};
const typeOf = (name: string): Type => (name === "slot" ? "number" : "string");
const parts = (identity: ImportIdentity, id: string) => partsOfId(identity, id, typeOf);

it.each<[string, ImportIdentity, string]>([
  ["with a segment too few", place, "a"],
  ["with a segment too many", place, "a/1/2"],
  ["with an empty segment", place, "/1"],
  ["with a number that is none", place, "a/one"],
  ["with a fraction", place, "a/1.5"],
  ["with a number that JavaScript does not hold", place, `a/${"9".repeat(16)}`],
  ["with a word of no form", member, "a/lamp/1"],
  ["with the word of a form that has more segments", scoped, "one"],
  ["that is empty", wholeId, ""],
])("an id %s has no parts", (_name, identity, id) => {
  expect(parts(identity, id)).toBeUndefined();
});

it.each<[string, ImportIdentity, ValueObject]>([
  ["a part is missing", place, { rack: "a", slot: null }],
  ["all parts are missing", place, {}],
  ["no form has both parts", member, { rack: "a", disk: "1", fan: "2" }],
  ["none of the alternatives is given", member, { rack: "a", disk: null, fan: null }],
  ["the word is of no form", scoped, { scope: "some", rack: "a" }],
  ["the form of the word has no such part", scoped, { scope: "all", rack: "a" }],
  ["the form of the word lacks a part", scoped, { scope: "one", rack: null }],
])("there is no id where %s", (_name, identity, values) => {
  expect(idOfParts(identity, values)).toBeUndefined();
});

it.each<[ImportIdentity, string, ValueObject]>([
  [place, "a/1", { rack: "a", slot: 1 }],
  [member, "a/disk/1", { rack: "a", disk: "1", fan: null }],
  [member, "a/fan/2", { rack: "a", disk: null, fan: "2" }],
  [scoped, "all", { scope: "all", rack: null }],
  [scoped, "one/a", { scope: "one", rack: "a" }],
  [wholeId, "an/id/of its own", { id: "an/id/of its own" }],
])("%j takes %s apart and puts it together again", (identity, id, values) => {
  expect(parts(identity, id)).toEqual(values);
  expect(idOfParts(identity, values)).toBe(id);
});

it("writes numbers as Terraform has them, whatever holds them here", () => {
  expect(idOfParts(place, { rack: "a", slot: 2n ** 60n })).toBe("a/1152921504606846976");
  expect(idOfParts(place, { rack: "a", slot: new Decimal("0.5") })).toBe("a/0.5");
});

it("requires for an import what every form has", () => {
  expect(identityParts(member)).toEqual([
    { name: "rack", required: true },
    { name: "disk", required: false },
    { name: "fan", required: false },
  ]);
  expect(identityParts(scoped)).toEqual([
    { name: "scope", required: true },
    { name: "rack", required: false },
  ]);
});

it("says its forms in words", () => {
  expect(formsInWords(member)).toBe("{ rack, disk } or { rack, fan }");
  expect(formsInWords(scoped)).toBe('{ scope = "all" } or { scope = "one", rack }');
});
