import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import protobuf from "protobufjs";
import * as protocol from "../../lib/terraform-plugin/protocol";
import { ProblemError } from "../../lib/core/problem";
import type { RpcName } from "../../lib/terraform-plugin/protocol";
import type { Field, Message } from "../../lib/terraform-plugin/protobuf";

const { rpcs, isStreaming } = protocol;

/** The protocol as its authors publish it; lies next to the repository where it is developed. */
const CONTRACT = join(__dirname, "../../../shared/contracts/tfplugin6.11.json");

function messages(): Message[] {
  const exported = (Object.values(protocol) as unknown[]).filter(
    (value): value is Message => typeof (value as Partial<Message>)?.decode === "function",
  );
  const called = Object.values(rpcs).flatMap(({ request, response }) => [request, response] as unknown as Message[]);
  return [...new Map([...exported, ...called].map((message) => [message.name, message])).values()];
}

describe("a message that is not one", () => {
  const { request } = rpcs.PlanResourceChange;

  it.each([
    ["ends within a field", "0a05 6162"],
    ["ends within a number", "3a80"],
    ["has a wire type of another age", "0b"],
    ["has a number of more than 64 bits", "10" + "ff".repeat(11)],
    ["holds a message that is longer than itself", "3a02 0a05 61"],
    ["has a nested field that leaves its message", "1203 0a04 61626364"],
  ])("%s", (_name, hex) => {
    expect(() => request.decode(Buffer.from(hex.replace(/ /g, ""), "hex"))).toThrow(ProblemError);
  });

  it("never does worse than that", () => {
    for (let byte = 0; byte < 256; byte++) {
      for (const rest of ["", "00", "01", "7f", "0100", "ffffffffffffffffff01", "05ff"]) {
        try {
          request.decode(Buffer.from(byte.toString(16).padStart(2, "0") + rest, "hex"));
        } catch (error) {
          expect(error).toBeInstanceOf(ProblemError);
        }
      }
    }
  });
});

describe("a message", () => {
  it("reads absent fields as their defaults", () => {
    expect(rpcs.PlanResourceChange.request.decode(Buffer.alloc(0))).toEqual({
      type_name: "",
      prior_state: null,
      proposed_new_state: null,
      config: null,
      prior_private: Buffer.alloc(0),
      provider_meta: null,
      client_capabilities: null,
      prior_identity: null,
      planned_private: Buffer.alloc(0),
    });
  });

  it("shares no defaults with another", () => {
    const [first, second] = [0, 1].map(() => rpcs.GetMetadata.response.decode(Buffer.alloc(0)));
    expect(first!.diagnostics).not.toBe(second!.diagnostics);
  });

  it("passes over fields of a later version", () => {
    const later = Buffer.from("0a0161" + "f83f9601" + "fa3f03010203" + "fd3f01020304" + "f93f0102030405060708", "hex");
    expect(rpcs.ReadDataSource.request.decode(later).type_name).toBe("a");
  });

  it("leaves out defaults, but not where presence says something", () => {
    expect(
      rpcs.ReadResource.response.encode({ private: Buffer.alloc(0), diagnostics: [], new_state: null }),
    ).toHaveLength(0);
    const path = { steps: [{ element_key_int: 0 }, { attribute_name: "" }] };
    const { steps } = protocol.AttributePath.decode(protocol.AttributePath.encode(path));
    expect(steps.map((step) => step.element_key_int)).toEqual([0, null]);
    expect(steps.map((step) => step.attribute_name)).toEqual([null, ""]);
  });

  it("keeps what is inside when it outgrows its length byte", () => {
    for (const length of [0, 1, 120, 127, 128, 16_383, 16_384, 70_000, 2_100_000]) {
      const detail = "x".repeat(length);
      const wire = rpcs.ReadResource.response.encode({ diagnostics: [{ detail }, { summary: "next" }] });
      const { diagnostics } = rpcs.ReadResource.response.decode(wire);
      expect(diagnostics.map((diagnostic) => [diagnostic.detail.length, diagnostic.summary])).toEqual([
        [length, ""],
        [0, "next"],
      ]);
    }
  });

  it("keeps negative and large numbers", () => {
    for (const seconds of [-1, -(2 ** 40), 2 ** 31, 2 ** 53 - 1]) {
      expect(protocol.Timestamp.decode(protocol.Timestamp.encode({ seconds })).seconds).toBe(seconds);
    }
  });
});

const describeContract = existsSync(CONTRACT) ? describe : describe.skip;
if (!existsSync(CONTRACT))
  console.warn("the published protocol is not here: the message table is not compared with it");

/** A provider that stores no states is not asked for any. */
const STATE_STORES = new Set([
  "ValidateStateStoreConfig",
  "ConfigureStateStore",
  "ReadStateBytes",
  "WriteStateBytes",
  "LockState",
  "UnlockState",
  "GetStates",
  "DeleteState",
]);

describeContract("the table and the published protocol", () => {
  const root = existsSync(CONTRACT) ? withTimestamp(JSON.parse(readFileSync(CONTRACT, "utf8"))) : new protobuf.Root();
  const published = (name: string) => root.lookupType(name.includes(".protobuf.") ? name : `tfplugin6.${name}`);

  it("have the same calls", () => {
    const service = root.lookupService("tfplugin6.Provider");
    expect(Object.keys(service.methods)).toEqual(expect.arrayContaining([...STATE_STORES]));
    const others = Object.keys(service.methods).filter((name) => !STATE_STORES.has(name));
    expect(Object.keys(rpcs).sort()).toEqual(others.sort());
    for (const [name, { request, response }] of Object.entries(rpcs)) {
      expect(isStreaming(name as RpcName)).toBe(service.methods[name]!.responseStream === true);
      expect([request.name, response.name]).toEqual([
        service.methods[name]!.requestType,
        service.methods[name]!.responseType,
      ]);
    }
  });

  it.each(messages().map((message) => [message.name, message] as const))("agree on %s", (name, message) => {
    const ours = Object.fromEntries(Object.entries(message.fields).map(([field, of]) => [field, described(of)]));
    const theirs = Object.fromEntries(
      published(name).fieldsArray.map((field) => {
        field.resolve();
        const rule = field.repeated ? "repeated" : field.map ? "map" : field.partOf ? "optional" : "single";
        const resolved = field.resolvedType;
        const type =
          resolved instanceof protobuf.Type ? resolved.fullName.slice(1).replace("tfplugin6.", "") : field.type;
        const values = resolved instanceof protobuf.Enum ? Object.entries(resolved.values) : undefined;
        return [field.name, { id: field.id, rule, type, ...(values && { values }) }];
      }),
    );
    // A message always has presence, whether or not a proto file says so.
    for (const field of Object.values(theirs)) {
      if (field.rule === "optional" && /[A-Z]/.test(field.type)) field.rule = "single";
    }
    expect(ours).toEqual(theirs);
  });

  it("write and read the same bytes", () => {
    const value = {
      type_name: "lab_thing",
      prior_state: { msgpack: Buffer.from([0xc0]) },
      config: { msgpack: Buffer.alloc(300, 1) },
      prior_private: Buffer.from("{}"),
      client_capabilities: { write_only_attributes_allowed: true },
    };
    const theirs = published("PlanResourceChange.Request");
    const wire = Buffer.from(theirs.encode(theirs.create(value)).finish());
    expect(rpcs.PlanResourceChange.request.encode(value).equals(wire)).toBe(true);
    expect(rpcs.PlanResourceChange.request.decode(wire)).toMatchObject(value);

    const schema = {
      provider: { version: 0, block: {} },
      resource_schemas: {
        lab_thing: {
          version: 3,
          block: {
            description: "Ein größeres Ding",
            description_kind: "MARKDOWN" as const,
            attributes: [
              { name: "id", type: Buffer.from('"string"'), computed: true },
              { name: "parts", nested_type: { nesting: "LIST" as const, attributes: [{ name: "x", optional: true }] } },
            ],
          },
        },
      },
    };
    const response = published("GetProviderSchema.Response");
    const read = response.toObject(response.decode(rpcs.GetProviderSchema.response.encode(schema)), { enums: String });
    expect(read).toMatchObject({
      provider: { block: {} },
      resource_schemas: { lab_thing: { block: schema.resource_schemas.lab_thing.block } },
    });
    const back = rpcs.GetProviderSchema.response.decode(
      Buffer.from(response.encode(response.fromObject(schema)).finish()),
    );
    expect(back.resource_schemas["lab_thing"]!.block!.attributes![1]).toMatchObject({
      name: "parts",
      nested_type: { nesting: "LIST", attributes: [{ name: "x", optional: true }] },
    });
  });
});

function described(field: Field): Record<string, unknown> {
  const { names } = field as { names?: readonly string[] };
  const values = names?.map((name, index) => [name, index]);
  return { id: field.id, rule: field.rule, type: field.type, ...(values && { values }) };
}

/** The contract refers to the well-known type without containing it. */
function withTimestamp(json: protobuf.INamespace): protobuf.Root {
  const Timestamp = { fields: { seconds: { type: "int64", id: 1 }, nanos: { type: "int32", id: 2 } } };
  return protobuf.Root.fromJSON({
    ...json,
    nested: { ...json.nested, google: { nested: { protobuf: { nested: { Timestamp } } } } },
  });
}
