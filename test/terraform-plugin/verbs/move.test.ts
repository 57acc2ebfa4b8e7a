import { silentLogger } from "../../../lib/core/log";
import { Redactor } from "../../../lib/core/redaction";
import { testEmailResource } from "../../../lib/mail/resource/test-email.resource";
import { readDynamicValue } from "../../../lib/terraform-plugin/dynamic-value";
import { createProviderService } from "../../../lib/terraform-plugin/engine";
import { rpcs } from "../../../lib/terraform-plugin/protocol";
import { wholeId } from "../../../lib/terraform-plugin/import-identity";
import { MemoryLedgers } from "../../../lib/terraform-plugin/ownership/ledger";
import { defineSchema, string } from "../../../lib/terraform-plugin/schema";
import { described, providerLab } from "../provider-lab";
import { objectType } from "../../../lib/terraform-plugin/wire-schema";

const definition = {
  name: "outbound",
  version: "1.0.0",
  description: "…",
  attributes: {},
  configure: () => undefined,
  resources: [{ handler: testEmailResource, client: async () => undefined }],
  dataSources: [],
};
const service = createProviderService(definition as never, { log: silentLogger, redactor: new Redactor() });

async function move(type: string, provider: string, state: unknown) {
  const request = rpcs.MoveResourceState.request.encode({
    source_provider_address: provider,
    source_type_name: type,
    source_state: { json: Buffer.from(typeof state === "string" ? state : JSON.stringify(state)) },
    source_private: Buffer.from("of others"),
    target_type_name: "outbound_test_email",
  });
  const call = { signal: new AbortController().signal };
  const answer = await service.MoveResourceState!(rpcs.MoveResourceState.request.decode(request), call);
  const type_ = objectType(testEmailResource.schema.attributes);
  return {
    state: readDynamicValue(type_, answer.target_state as never) as Record<string, unknown> | null,
    notes: answer.target_private,
    diagnostics: answer.diagnostics!,
  };
}

const NULL = "registry.terraform.io/hashicorp/null";

it.each([
  ["another type", "local_file", "registry.terraform.io/hashicorp/local", { id: "1" }, "cannot become"],
  ["the type of another provider", "null_resource", "registry.terraform.io/acme/thing", { id: "1" }, "cannot become"],
  ["its own type of another provider", "outbound_test_email", "example.com/acme/thing", { id: "1" }, "cannot become"],
  ["another type of its own provider", "outbound_flow", "example.com/acme/outbound", { id: "1" }, "cannot become"],
  ["another type of a provider that it knows", "null_data_source", NULL, { id: "1" }, "cannot become"],
  ["a damaged state", "null_resource", NULL, "{", "cannot be read"],
  ["a state that is no object", "null_resource", NULL, "[]", "cannot be read"],
])("refuses %s", async (_what, type, provider, state, words) => {
  const { state: moved, diagnostics } = await move(type, provider, state);
  expect(moved).toBeNull();
  expect(diagnostics).toHaveLength(1);
  expect(diagnostics[0]!.summary).toContain(words);
});

it("names what can be moved, and how to let go of the rest", async () => {
  const { diagnostics } = await move("local_file", "registry.terraform.io/hashicorp/local", { id: "1" });
  expect(diagnostics[0]!.detail).toContain("Expected: outbound_test_email, null_resource, terraform_data");
  expect(diagnostics[0]!.detail).toContain("removed {\n  from = local_file.NAME");
});

it.each([
  ["texts with names", { value: { a: "x", b: 1 }, type: ["object", { a: "string", b: "number" }] }, { a: "x", b: "1" }],
  ["a list", { value: ["x", true], type: ["tuple", ["string", "bool"]] }, { triggers_replace: '["x",true]' }],
  ["nothing", null, null],
])("keeps the triggers of terraform_data: %s", async (_what, triggers_replace, expected) => {
  const source = { id: "7", input: null, output: null, triggers_replace };
  const { state, notes } = await move("terraform_data", "terraform.io/builtin/terraform", source);
  expect(state).toMatchObject({ id: "7", triggers: expected, ok: false, on_failure: "fail", password_wo: null });
  expect(notes).toEqual(new Uint8Array());
});

it("takes the same type of a fork as it is, with what was kept beside it", async () => {
  const first = await move("null_resource", NULL, { id: "7", triggers: { a: "x" } });
  const again = await move("outbound_test_email", "registry.opentofu.org/cdktf-outbound/outbound", first.state);
  expect(again.state).toEqual(first.state);
  expect(Buffer.from(again.notes!).toString()).toBe("of others");
});

it("gives a state that is read back as complete", async () => {
  const { state } = await move("null_resource", NULL, { id: "7", triggers: null });
  const call = { signal: new AbortController().signal };
  const json = Buffer.from(JSON.stringify(state));
  const answer = await service.UpgradeResourceState!(
    { type_name: "outbound_test_email", version: 0, raw_state: { json, flatmap: null } },
    call,
  );
  expect(answer.diagnostics).toEqual([]);
});

it("is known to the plan as an object of the state, and so are its secrets", async () => {
  const ledgers = new MemoryLedgers();
  const told = ledgers.open("run", "9.9");
  const schema = defineSchema({
    type: "lab_machine",
    description: "…",
    identity: { attributes: ["id"], twins: false },
    importIdentity: wholeId,
    attributes: {
      id: string("computed", described),
      key: string("optional", { ...described, sensitive: true }),
    },
  });
  const { ask, redactor } = providerLab(
    { resources: [{ handler: { schema }, client: async () => undefined }] },
    { openLedger: () => ledgers.open("run", "1.1") },
  );
  await ask("ConfigureProvider", { config: null, terraform_version: "1.14.0" });
  const answer = await ask("MoveResourceState", {
    target_type_name: "lab_machine",
    source_type_name: "lab_machine",
    source_provider_address: "registry.example.com/fork/lab",
    source_schema_version: 0,
    source_state: { json: Buffer.from('{"id":"7","key":"hunter2-hunter2"}'), flatmap: {} },
    source_private: new Uint8Array(),
    source_identity: null,
    source_identity_schema_version: 0,
  });
  expect(answer.diagnostics).toEqual([]);
  expect(answer["target_identity"]).toMatchObject({ identity_data: expect.anything() });
  expect(told.news().flatMap((one) => ("object" in one ? [[one.event, one.object.id]] : []))).toEqual([["owned", "7"]]);
  expect(redactor.redact("of hunter2-hunter2")).toBe("of (redacted)");
});
