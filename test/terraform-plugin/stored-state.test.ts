import { defineSchema, mapOf, nestedList, number, setOf, string } from "../../lib/terraform-plugin/schema";
import { wholeId } from "../../lib/terraform-plugin/import-identity";
import { lab, only } from "./lab";

const described = { description: "…" };
const schema = defineSchema({
  type: "lab_machine",
  version: 1,
  identity: { none: "the lab has no other objects" },
  importIdentity: wholeId,
  description: "…",
  attributes: {
    id: string("computed", { ...described, keep: true }),
    host: string("required", described),
    port: number("optional", { ...described, default: 587 }),
    to: setOf("string", "optional", described),
    tags: mapOf("string", "optional", described),
    disks: nestedList({ size: number("optional", described) }, "optional", described),
  },
});
const sound = { id: "7", host: "a", port: 25, to: ["x"], tags: { a: "b" }, disks: [{ size: 3 }] };

const machine = lab({
  schema,
  upgrades: { 0: (state) => ({ ...state, host: (state["address"] as string).toLowerCase() }) },
});
const stored = (state: unknown, version = 1) => machine.upgrade(JSON.stringify(state), { version });

/** What a person needs: no talk of defects, what is wrong where, and the way back. */
function expectPlain(text: string) {
  expect(text).toContain("lab_machine");
  expect(text).toContain("terraform state rm");
  expect(text).not.toMatch(/defect|mistake in the provider|TypeError|SyntaxError|\.ts:|schema\./);
}

it("reads what it wrote, also of an older version", async () => {
  expect(await stored(sound)).toMatchObject({ state: sound, diagnostics: [] });
  const { host: _, ...old } = { ...sound, address: "A" };
  expect(await stored(old, 0)).toMatchObject({ state: { ...sound, host: "a" }, diagnostics: [] });
});

it("gives an attribute that is younger than the state its default, and drops one it does not know", async () => {
  const { port: _, ...older } = sound;
  const { state, diagnostics } = await stored({ ...older, forgotten: [{}] });
  expect(diagnostics).toEqual([]);
  expect(state).toEqual({ ...sound, port: 587 });
});

describe("a state that somebody edited", () => {
  it.each([
    ["a text where a number is due", { port: "many" }, "port", "number"],
    ["a list where a text is due", { host: ["a"] }, "host", "string"],
    ["an object where a set is due", { to: { a: 1 } }, "to", "set"],
    ["a text where a map is due", { tags: "a=b" }, "tags", "map"],
    ["a wrong element deep inside", { disks: [{ size: true }] }, "disks[0].size", "number"],
    ["an id that is null", { id: null }, "id", "a value"],
    ["an id that is empty", { id: "" }, "id", "a value"],
    ["a required value that is null", { host: null }, "host", "a value"],
  ])("with %s", async (_what, edited, attribute, expected) => {
    const { state, diagnostics } = await stored({ ...sound, ...edited });
    expect(state).toBeNull();
    const text = only(diagnostics);
    expectPlain(text);
    expect(text).toContain(`\`${attribute}\``);
    expect(text).toContain(`Expected: ${expected}`);
    expect(diagnostics[0]!.attribute).toMatchObject({
      steps: expect.arrayContaining([{ attribute_name: attribute.replace(/\W.*/, "") }]) as unknown,
    });
  });

  it.each(["id", "host"])("without its %s", async (name) => {
    const { [name as "id"]: _, ...rest } = sound;
    const text = only((await stored(rest)).diagnostics);
    expectPlain(text);
    expect(text).toContain(`has no \`${name}\``);
  });

  it.each([
    ["no JSON", "{id:"],
    ["half a JSON", '{"id":"7"'],
    ["a list", "[1]"],
    ["a text", '"7"'],
    ["bytes that are no text", Buffer.from([0xff, 0xfe, 0x00])],
  ])("into %s", async (_what, raw) => {
    const { diagnostics } = await machine.upgrade(raw, { version: 1 });
    expectPlain(only(diagnostics));
  });

  it("into the flat form of Terraform 0.11", async () => {
    const { diagnostics } = await machine.upgrade("", { version: 1, flatmap: { id: "7", "to.#": "1" } });
    const text = only(diagnostics);
    expectPlain(text);
    expect(text).toContain("attributes_flat");
  });

  it("so that an upgrade from an older version stumbles over it", async () => {
    const { diagnostics } = await stored({ id: "7", address: 7 }, 0);
    expectPlain(only(diagnostics));
  });
});

it("refuses a state of a newer provider by name", async () => {
  expect(only((await stored(sound, 9)).diagnostics)).toContain("written by a newer provider");
});

it("reads half a character as Terraform does", async () => {
  const { state, diagnostics } = await machine.upgrade(JSON.stringify({ ...sound, host: "a\ud800b" }), { version: 1 });
  expect(diagnostics).toEqual([]);
  expect(state).toMatchObject({ host: "a\ufffdb" });
});
