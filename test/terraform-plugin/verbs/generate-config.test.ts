import { wholeId } from "../../../lib/terraform-plugin/import-identity";
import { bool, defineSchema, nestedList, nestedObject, number, string } from "../../../lib/terraform-plugin/schema";
import { only } from "../lab";
import { back, BROKEN, described, providerLab, wire } from "../provider-lab";

const schema = defineSchema({
  type: "lab_machine",
  description: "…",
  identity: { none: "the lab has no other objects" },
  importIdentity: wholeId,
  attributes: {
    id: string("computed", { ...described, keep: true }),
    host: string("required", described),
    size: number("optional-computed", described),
    on: bool("optional", { ...described, default: true }),
    old: string("optional", { ...described, deprecated: "Use `host`." }),
    key_wo: string("optional", { ...described, writeOnly: true }),
    disks: nestedList(
      { size: number("required", described), fast: bool("optional", { ...described, default: false }) },
      "optional",
      described,
    ),
    place: nestedObject(
      { rack: string("optional", described), seen: string("computed", described) },
      "optional",
      described,
    ),
  },
});
const nothing = { id: null, host: null, size: null, on: null, old: null, key_wo: null, disks: null, place: null };
const { ask } = providerLab({ resources: [{ handler: { schema }, client: () => Promise.reject(new Error("asked")) }] });
const generated = async (state: object | null) => ask("GenerateResourceConfig", { type_name: schema.type, state });

it("says of a state that does not decode that it does not, and writes nothing", async () => {
  const answer = await generated(BROKEN);
  expect("config" in answer).toBe(false);
  expect(only(answer.diagnostics)).not.toContain("defect");
});

it("refuses a type that there is none of", async () => {
  await expect(ask("GenerateResourceConfig", { type_name: "lab_nothing", state: null })).rejects.toMatchObject({
    problems: [{ code: "terraform/unknown-type" }],
  });
});

it("writes nothing of an object that nobody has read", async () => {
  const answer = await generated(null);
  expect([back(schema, answer["config"]), answer.diagnostics]).toEqual([null, []]);
});

it("writes what a person would: nothing computed, so anyway, advised against or secret", async () => {
  const state = { ...nothing, id: "7", host: "a", size: 3, on: true, old: "x", key_wo: "open sesame" };
  expect(back(schema, (await generated(wire(schema, state)))["config"])).toEqual({ ...nothing, host: "a", size: 3 });
});

it("writes the same of what stands inside", async () => {
  const disks = [
    { size: 1, fast: false },
    { size: 2, fast: true },
  ];
  const state = { ...nothing, host: "a", on: false, disks, place: { rack: "r", seen: "today" } };
  expect(back(schema, (await generated(wire(schema, state)))["config"])).toEqual({
    ...nothing,
    host: "a",
    on: false,
    disks: [
      { size: 1, fast: null },
      { size: 2, fast: true },
    ],
    place: { rack: "r", seen: null },
  });
});
