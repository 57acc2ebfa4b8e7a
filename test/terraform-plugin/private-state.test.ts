import { decodePrivate, encodePrivate } from "../../lib/terraform-plugin/private-state";
import { wholeId } from "../../lib/terraform-plugin/import-identity";
import { defineSchema, string } from "../../lib/terraform-plugin/schema";
import { lab, only } from "./lab";

it.each([
  { imported: false, notes: {} },
  { imported: true, notes: {} },
  { imported: false, notes: { found: { a: [1] } } },
  { imported: false, notes: {}, marked: { run: "r", replaced: { id: "7", key: ["a"] } } },
])("is what was written: %j", (kept) => {
  expect(decodePrivate(encodePrivate(kept))).toEqual(kept);
});

it.each(['"r"', "null", '["r"]', '{"run":7}', "{}"])("ignores the mark that another version has made: %s", (marked) => {
  expect(decodePrivate(Buffer.from(`{"imported":true,"marked":${marked}}`))).toEqual({ imported: true, notes: {} });
});

it("is empty where nothing was kept", () => {
  const nothing = { imported: false, notes: {} };
  expect([undefined, null, new Uint8Array()].map(decodePrivate)).toEqual([nothing, nothing, nothing]);
  expect(encodePrivate(nothing)).toHaveLength(0);
});

describe("bytes that somebody edited", () => {
  const schema = defineSchema({
    type: "lab_machine",
    identity: { none: "the lab has no other objects" },
    importIdentity: wholeId,
    description: "…",
    attributes: { id: string("computed", { description: "…", keep: true }) },
  });
  let called = 0;
  const count = async () => {
    called += 1;
    return { id: "7" };
  };
  const machine = lab({ schema, read: count, update: count, create: count, delete: async () => void (await count()) });
  const state = { id: "7" };

  it.each([
    ["no JSON", "legacy", "text that is no JSON"],
    ["null", "null", "JSON that is no object"],
    ["a list", "[]", "JSON that is no object"],
    ["a number", "7", "JSON that is no object"],
    ["notes of another shape", '{"notes":"found"}', "`notes`"],
    ["a mark of another shape", '{"imported":"yes"}', "`imported`"],
  ])("are refused by every call, and nothing is done: %s", async (_what, text, got) => {
    const bytes = Buffer.from(text);
    const answers = [
      await machine.read(state, bytes),
      await machine.plan({ id: null }, state, bytes),
      await machine.apply({ prior: state, planned: state, config: { id: null }, notes: bytes }),
      await machine.apply({ prior: state, planned: null, notes: bytes }),
    ];
    for (const { diagnostics } of answers) {
      const said = only(diagnostics);
      expect(said).toContain(got);
      expect(said).toContain("What to do:");
      expect(said).not.toContain("defect");
    }
    expect(called).toBe(0);
    // What Terraform had, it keeps.
    expect(answers[2]).toMatchObject({ state, notes: bytes });
    expect(answers[3]).toMatchObject({ state, notes: bytes });
  });
});
