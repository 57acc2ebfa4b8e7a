import { ProblemError, type Problem } from "../../../lib/core/problem";
import { decodePrivate } from "../../../lib/terraform-plugin/private-state";
import type { Bound } from "../../../lib/terraform-plugin/provider";
import type { Resource } from "../../../lib/terraform-plugin/resource";
import { identityType } from "../../../lib/terraform-plugin/resource-identity";
import { defineSchema, number, string } from "../../../lib/terraform-plugin/schema";
import type { ValueObject } from "../../../lib/terraform-plugin/values";
import { readDynamicValue, writeDynamicValue } from "../../../lib/terraform-plugin/dynamic-value";
import { only } from "../lab";
import { back, described, providerLab } from "../provider-lab";

const schema = defineSchema({
  type: "lab_machine",
  description: "…",
  identity: { attributes: ["rack"], twins: false },
  importIdentity: { forms: [["rack", "slot"]] },
  attributes: {
    id: string("computed", { ...described, keep: true }),
    rack: string("required", described),
    slot: number("optional", { ...described, default: 1 }),
  },
});
const identity = identityType(schema)!;
const problem: Problem = { code: "lab/x", severity: "error", summary: "The lab refused", fix: "Ask." };

async function imported(
  id: string,
  handler: Partial<Resource<typeof schema>> = {},
  connection: Partial<Bound<never, never>> = {},
  parts: ValueObject | null = null,
) {
  const resource = { handler: { schema, ...handler }, client: async () => "the client", ...connection };
  const { ask } = providerLab({ resources: [resource] });
  const told = parts && { identity_data: { json: new Uint8Array(), ...writeDynamicValue(identity.type, parts) } };
  const answer = await ask("ImportResourceState", { type_name: schema.type, id, identity: told });
  return { all: answer["imported_resources"] as Record<string, never>[], diagnostics: answer.diagnostics };
}

describe("an import that is refused imports nothing", () => {
  it("without an id, and says how to write one", async () => {
    const { all, diagnostics } = await imported("");
    expect(all).toEqual([]);
    const text = only(diagnostics);
    expect(text).toMatch(/^lab_machine is imported by its id, and none is given/);
    expect(text).toContain("terraform import lab_machine.NAME ID");
    expect(diagnostics[0]).toMatchObject({ attribute: { steps: [{ attribute_name: "id" }] } });
  });

  it("by the handler, with the object that was meant", async () => {
    const { all, diagnostics } = await imported("a/7", {
      import: () => {
        throw new ProblemError(problem);
      },
    });
    expect(all).toEqual([]);
    expect(only(diagnostics)).toMatch(/^The lab refused\nObject: lab_machine "a\/7"/);
  });

  it("by a mistake of the handler's own, with what it was doing", async () => {
    const { all, diagnostics } = await imported("a/7", { import: async () => Promise.reject(new TypeError("no")) });
    expect(all).toEqual([]);
    expect(only(diagnostics)).toContain('The provider failed to import lab_machine "a/7"');
  });

  it("where settings are missing, and the handler is not asked", async () => {
    let asked = 0;
    const handler = { import: async (id: string) => (asked++, { id }) };
    const { all, diagnostics } = await imported("a/7", handler, {
      client: () => Promise.reject(new ProblemError({ ...problem, summary: "No URL" })),
    });
    expect([all, asked]).toEqual([[], 0]);
    expect(only(diagnostics)).toContain("No URL");
  });

  it("of a type that there is none of", async () => {
    const { ask } = providerLab({});
    const request = { type_name: "lab_nothing", id: "a/7", identity: null };
    await expect(ask("ImportResourceState", request)).rejects.toMatchObject({
      problems: [{ code: "terraform/unknown-type", got: "lab_nothing" }],
    });
  });
});

describe("an import", () => {
  it("tells the id and nothing else, and that the object was just imported", async () => {
    const { all, diagnostics } = await imported("a/7");
    expect(diagnostics).toEqual([]);
    expect(all).toHaveLength(1);
    const [one] = all;
    expect(one!["type_name"]).toBe("lab_machine");
    expect(back(schema, one!["state"])).toEqual({ id: "a/7", rack: null, slot: null });
    expect(decodePrivate(one!["private"])).toEqual({ imported: true, notes: {} });
    expect(readDynamicValue(identity.type, one!["identity"]!["identity_data"])).toEqual({ rack: "a", slot: 7 });
  });

  it("tells what the handler makes of the id, with its client", async () => {
    const seen: unknown[] = [];
    const { all } = await imported("a/7", {
      import: async (id, { client }) => (seen.push(id, client), { id, rack: "a" }),
    });
    expect(seen).toEqual(["a/7", "the client"]);
    expect(back(schema, all[0]!["state"])).toEqual({ id: "a/7", rack: "a", slot: null });
  });

  it("may do without an id where the handler needs none: settings of which there is one set", async () => {
    const { all, diagnostics } = await imported("", { import: async () => ({ id: "here/1" }) });
    expect(diagnostics).toEqual([]);
    expect(back(schema, all[0]!["state"])).toMatchObject({ id: "here/1" });
  });

  it("takes the parts of an `identity` in place of the id", async () => {
    const { all } = await imported("of old", {}, {}, { rack: "b", slot: 8 });
    expect(back(schema, all[0]!["state"])).toMatchObject({ id: "b/8" });
  });

  it("comes with what the handler reports", async () => {
    const { all, diagnostics } = await imported("a/7", {
      import: async (id, { report }) => (report({ ...problem, severity: "warning" }), { id }),
    });
    expect(all).toHaveLength(1);
    expect(diagnostics).toMatchObject([{ severity: "WARNING" }]);
  });
});
