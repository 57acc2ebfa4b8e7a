import { readDynamicValue } from "../../../lib/terraform-plugin/dynamic-value";
import { ProblemError } from "../../../lib/core/problem";
import type { Resource } from "../../../lib/terraform-plugin/resource";
import { identityType } from "../../../lib/terraform-plugin/resource-identity";
import { defineSchema, number, string } from "../../../lib/terraform-plugin/schema";
import type { ValueObject } from "../../../lib/terraform-plugin/values";
import { only } from "../lab";
import { described, providerLab } from "../provider-lab";

const schema = defineSchema({
  type: "lab_disk",
  description: "A disk.",
  identity: { none: "the lab has no other objects" },
  importIdentity: { forms: [["rack", "slot"]], version: 2 },
  attributes: {
    id: string("computed", described),
    rack: string("required", described),
    slot: number("optional", described),
  },
});
const identity = identityType(schema)!.type;

async function upgraded(json: string, version: number, handler: Partial<Resource<typeof schema>> = {}) {
  const client = () => Promise.reject(new Error("asked"));
  const { ask } = providerLab({ resources: [{ handler: { schema, ...handler }, client }] });
  const raw_identity = { json: Buffer.from(json), flatmap: {} };
  const answer = await ask("UpgradeResourceIdentity", {
    type_name: schema.type,
    version: BigInt(version),
    raw_identity,
  });
  const message = answer["upgraded_identity"] as { readonly identity_data: never } | null | undefined;
  return {
    diagnostics: answer.diagnostics,
    parts: message && readDynamicValue(identity, message.identity_data),
    message,
  };
}

describe("a stored identity that cannot be taken is an error that says how to come back:", () => {
  it.each([
    ["of a newer version", 3, "{}", "terraform/identity-too-new"],
    ["that is no JSON", 0, "{", "text that is no JSON"],
    ["that is a list", 0, "[]", "JSON that is no object"],
    ["that lacks a part", 2, '{"rack":"a"}', "the attributes rack"],
    ["that lacks all parts", 2, "{}", "the attributes of nothing"],
    ["with a part of another type", 2, '{"rack":"a","slot":"first"}', "terraform/unreadable-identity"],
  ])("%s", async (_name, version, json, text) => {
    const { diagnostics, message } = await upgraded(json, version);
    expect(only(diagnostics)).toContain(text);
    expect(message).toBeUndefined();
  });

  it("that its own upgrade refuses, or stumbles over", async () => {
    const refused = new ProblemError({ code: "lab/x", severity: "error", summary: "No such rack", fix: "Look." });
    const upgrade = (error: Error) => ({
      identityUpgrades: {
        1: () => {
          throw error;
        },
      },
    });
    expect(only((await upgraded("{}", 1, upgrade(refused))).diagnostics)).toContain("No such rack");
    expect(only((await upgraded("{}", 1, upgrade(new TypeError("no")))).diagnostics)).toContain(
      "The provider failed to read the stored identity of lab_disk",
    );
  });
});

it("is brought up step by step from the version it has", async () => {
  const identityUpgrades = {
    0: ({ place }: ValueObject) => ({ place: String(place as string).toLowerCase() }),
    1: ({ place }: ValueObject) => {
      const [rack, slot] = String(place as string).split(":");
      return { rack: rack!, slot: Number(slot) };
    },
  };
  const parts = async (version: number, json: string) => (await upgraded(json, version, { identityUpgrades })).parts;
  expect(await parts(0, '{"place":"A:7"}')).toEqual({ rack: "a", slot: 7 });
  expect(await parts(1, '{"place":"A:7"}')).toEqual({ rack: "A", slot: 7 });
  expect(await parts(2, '{"rack":"a","slot":7}')).toEqual({ rack: "a", slot: 7 });
});

it("stays as it is where a version has changed nothing", async () => {
  expect((await upgraded('{"rack":"a","slot":7}', 0)).parts).toEqual({ rack: "a", slot: 7 });
});

it.each(["", "null"])("may be absent (%j), as an older Terraform leaves it", async (json) => {
  expect(await upgraded(json, 0)).toEqual({ diagnostics: [], parts: null, message: null });
});

it("is nothing to a type that has none", async () => {
  const { importIdentity: _, ...without } = schema;
  const { ask } = providerLab({ resources: [{ handler: { schema: without }, client: async () => undefined }] });
  const raw_identity = { json: Buffer.from('{"rack":"a"}'), flatmap: {} };
  const answer = await ask("UpgradeResourceIdentity", { type_name: schema.type, version: 0n, raw_identity });
  expect(answer).toEqual({ upgraded_identity: null, diagnostics: [] });
});
