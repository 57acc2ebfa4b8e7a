import { wholeId } from "../../../lib/terraform-plugin/import-identity";
import { MemoryLedgers } from "../../../lib/terraform-plugin/ownership/ledger";
import { defineSchema, string } from "../../../lib/terraform-plugin/schema";
import { only } from "../lab";
import { back, described, providerLab } from "../provider-lab";

const schema = defineSchema({
  type: "lab_machine",
  version: 1,
  description: "…",
  identity: { attributes: ["host"], twins: false },
  importIdentity: wholeId,
  attributes: {
    id: string("computed", { ...described, keep: true }),
    host: string("required", described),
    key: string("optional", { ...described, sensitive: true }),
  },
});

async function upgraded(json: string | null, version = 1) {
  const ledgers = new MemoryLedgers();
  const told = ledgers.open("run", "9.9");
  const { ask, redactor } = providerLab(
    { resources: [{ handler: { schema }, client: () => Promise.reject(new Error("asked")) }] },
    { openLedger: () => ledgers.open("run", "1.1") },
  );
  await ask("ConfigureProvider", { config: null, terraform_version: "1.14.0" });
  const raw_state = json === null ? null : { json: Buffer.from(json), flatmap: {} };
  const answer = await ask("UpgradeResourceState", { type_name: schema.type, version: BigInt(version), raw_state });
  const events = told.news().flatMap((one) => ("object" in one ? [[one.event, one.object.id]] : []));
  const has = "upgraded_state" in answer;
  return { diagnostics: answer.diagnostics, events, redactor, has, state: back(schema, answer["upgraded_state"]) };
}

describe("a state that cannot be taken", () => {
  it.each([
    ["of a newer provider", '{"id":"7","host":"a"}', 2],
    ["whose host is a list", '{"id":"7","host":["a"]}', 1],
    ["without its host", '{"id":"7"}', 1],
  ])("%s names the object, and the plan learns nothing of it", async (_what, json, version) => {
    const { has, events, diagnostics } = await upgraded(json, version);
    expect([has, events]).toEqual([false, []]);
    expect(only(diagnostics)).toContain('Object: lab_machine "7"');
  });

  it.each([
    ["that is none", null],
    ["that is cut off", '{"id":"7"'],
    ["that is a list", '["id"]'],
    ["whose id is a number", '{"id":7,"host":["a"]}'],
    ["that has no id", '{"host":["a"]}'],
    ["that is a text", '"id"'],
  ])("%s names what can be made out, and no more", async (_what, json) => {
    const { has, diagnostics } = await upgraded(json);
    expect(has).toBe(false);
    expect(only(diagnostics)).not.toContain("Object:");
  });
});

it("a state is what the plan knows an address to have, and its secrets are known from then on", async () => {
  const { state, diagnostics, events, redactor } = await upgraded('{"id":"7","host":"a","key":"hunter2-hunter2"}');
  expect([diagnostics, events]).toEqual([[], [["owned", "7"]]]);
  expect(state).toEqual({ id: "7", host: "a", key: "hunter2-hunter2" });
  expect(redactor.redact("of hunter2-hunter2")).toBe("of (redacted)");
});

it("a state that is null stays that", async () => {
  expect(await upgraded("null")).toMatchObject({ has: true, state: null, events: [], diagnostics: [] });
});
