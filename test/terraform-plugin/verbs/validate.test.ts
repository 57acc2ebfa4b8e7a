import type { Problem } from "../../../lib/core/problem";
import { defineSchema, nestedList, string } from "../../../lib/terraform-plugin/schema";
import { UNKNOWN, type ValueObject } from "../../../lib/terraform-plugin/values";
import { only } from "../lab";
import { BROKEN, described, providerLab, wire } from "../provider-lab";

const noWindow: Omit<Problem, "path"> = {
  code: "lab/window",
  severity: "error",
  summary: "A window is no door",
  fix: "Name a door.",
};
const schema = defineSchema({
  type: "lab_door",
  description: "…",
  identity: { none: "the lab has no other objects" },
  importIdentity: { forms: [["name"]] },
  attributes: {
    name: string("required", {
      ...described,
      validators: [{ describes: "no window", check: (name) => (name === "window" ? noWindow : undefined) }],
    }),
    key_wo: string("optional", { ...described, sensitive: true, writeOnly: true }),
    locks: nestedList({ code_wo: string("optional", { ...described, writeOnly: true }) }, "optional", described),
  },
});
const config: ValueObject = { name: "front", key_wo: null, locks: null };
const bound = [{ handler: { schema }, client: () => Promise.reject(new Error("asked")) }];

const verbs = [
  ["ValidateResourceConfig", "resources"],
  ["ValidateDataResourceConfig", "dataSources"],
  ["ValidateEphemeralResourceConfig", "ephemeralResources"],
  ["ValidateActionConfig", "actions"],
  ["ValidateListResourceConfig", "listResources"],
] as const;

describe.each(verbs)("%s", (rpc, kind) => {
  const { ask, redactor } = providerLab({ [kind]: bound });
  const validate = async (given: ValueObject) =>
    (await ask(rpc, { type_name: schema.type, config: wire(schema, given) })).diagnostics;

  it("refuses a type that there is none of", async () => {
    await expect(ask(rpc, { type_name: "lab_nothing", config: null })).rejects.toMatchObject({
      problems: [{ code: "terraform/unknown-type", got: "lab_nothing", expected: "lab_door" }],
    });
  });

  it("says of a configuration that does not decode that it does not", async () => {
    const { diagnostics } = await ask(rpc, { type_name: schema.type, config: BROKEN });
    expect(diagnostics).toMatchObject([{ severity: "ERROR" }]);
    expect(only(diagnostics)).not.toContain("defect");
  });

  it("finds what its attributes refuse, where it stands, and asks nobody", async () => {
    expect(await validate({ ...config, name: "window" })).toMatchObject([
      { severity: "ERROR", summary: "A window is no door", attribute: { steps: [{ attribute_name: "name" }] } },
    ]);
  });

  it("finds nothing in what is right, not known yet, or not there", async () => {
    expect(await validate(config)).toEqual([]);
    expect(await validate({ ...config, name: UNKNOWN })).toEqual([]);
    expect((await ask(rpc, { type_name: schema.type, config: null })).diagnostics).toEqual([]);
  });

  it("learns the secrets that pass by", async () => {
    await validate({ ...config, locks: [{ code_wo: `of ${rpc}` }] });
    expect(redactor.redact(`it is of ${rpc}`)).toBe("it is (redacted)");
  });
});

describe("a write-only value", () => {
  const given = { ...config, key_wo: "open sesame", locks: [{ code_wo: null }, { code_wo: "1-2-3-4-5" }] };
  const request = { type_name: schema.type, config: wire(schema, given) };
  const paths = async (client_capabilities: object | null) => {
    const { ask } = providerLab({ resources: bound });
    const { diagnostics } = await ask("ValidateResourceConfig", { ...request, client_capabilities });
    for (const { summary } of diagnostics) expect(summary).toContain("would write the secret into its state");
    return diagnostics.map(({ attribute, detail }) => [
      attribute?.steps[0]!.attribute_name,
      /Where: .*/.exec(detail)?.[0],
    ]);
  };

  it.each([null, {}, { write_only_attributes_allowed: false }])(
    "is refused, wherever it stands, by a terraform that would store it: %j",
    async (capabilities) => {
      expect(await paths(capabilities)).toEqual([
        ["key_wo", undefined],
        ["locks", "Where: locks[1].code_wo"],
      ]);
    },
  );

  it("is taken by one that keeps it out of its state", async () => {
    expect(await paths({ write_only_attributes_allowed: true })).toEqual([]);
  });

  it.each(verbs.slice(1))("is nothing to %s: what it validates is not stored", async (rpc, kind) => {
    const { ask } = providerLab({ [kind]: bound });
    expect((await ask(rpc, request)).diagnostics).toEqual([]);
  });
});
