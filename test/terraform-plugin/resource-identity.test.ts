import { silentLogger } from "../../lib/core/log";
import { Redactor } from "../../lib/core/redaction";
import { readDynamicValue, writeDynamicValue } from "../../lib/terraform-plugin/dynamic-value";
import { createProviderService } from "../../lib/terraform-plugin/engine";
import type { Rpcs } from "../../lib/terraform-plugin/protocol";
import type { Resource } from "../../lib/terraform-plugin/resource";
import { identityType } from "../../lib/terraform-plugin/resource-identity";
import { defineSchema, number, string } from "../../lib/terraform-plugin/schema";
import { UNKNOWN, type Value, type ValueObject } from "../../lib/terraform-plugin/values";
import { objectType } from "../../lib/terraform-plugin/wire-schema";
import { definitionOf, only, type Diagnostic } from "./lab";

const schema = defineSchema({
  type: "lab_disk",
  description: "A disk.",
  identity: { none: "the lab has no other objects" },
  importIdentity: { forms: [["rack", "slot"]], version: 2 },
  attributes: {
    id: string("computed", { description: "Rack and slot." }),
    rack: string("required", { description: "The rack.", equal: (a, b) => a.toLowerCase() === b.toLowerCase() }),
    slot: number("optional", { description: "The slot." }),
  },
});
type Disk = Resource<typeof schema>;

const type = objectType(schema.attributes);
const identity = identityType(schema)!.type;
const idOf = (state: ValueObject) => `${String(state["rack"] as string).toLowerCase()}/${Number(state["slot"])}`;

function lab(handler: Partial<Disk> = {}) {
  const faithful = {
    schema,
    create: async ({ planned }: { planned: ValueObject }) => ({ ...planned, id: idOf(planned) }),
    read: async ({ prior }: { prior: ValueObject }) => ({ ...prior, id: idOf(prior) }),
    update: async ({ planned }: { planned: ValueObject }) => planned,
    delete: async () => undefined,
    import: (id: string) => ({ id, rack: id.split("/")[0]!, slot: Number(id.split("/")[1]) }),
  };
  const options = { log: silentLogger, redactor: new Redactor() };
  const service = createProviderService(definitionOf({ ...faithful, ...handler }) as never, options);
  const { signal } = new AbortController();
  return async (rpc: keyof Rpcs, request: object) => {
    const call = service[rpc] as (request: object, call: object) => Promise<Record<string, unknown>>;
    const answer = await call({ type_name: schema.type, ...request }, { signal });
    return { ...answer, diagnostics: (answer["diagnostics"] ?? []) as Diagnostic[] } as Record<string, unknown> & {
      diagnostics: Diagnostic[];
    };
  };
}

const wire = (value: Value) => ({ json: new Uint8Array(), ...writeDynamicValue(type, value) });
const told = (parts: ValueObject) => ({
  identity_data: { json: new Uint8Array(), ...writeDynamicValue(identity, parts) },
});
const heard = (message: unknown) =>
  message === null || message === undefined
    ? null
    : readDynamicValue(identity, (message as { identity_data: never }).identity_data);
const stored = (json: string) => ({ json: Buffer.from(json), flatmap: {} });

describe("an import by identity", () => {
  it.each<[string, ValueObject, string]>([
    ["lacks a part", { rack: "a", slot: null }, 'Got: { rack = "a" }'],
    ["is of nothing", { rack: null, slot: null }, "Got: nothing"],
    ["is known only after apply", { rack: "a", slot: UNKNOWN }, 'Got: { rack = "a", slot = (not known yet) }'],
  ])("that %s says what it must have", async (_name, parts, got) => {
    const answer = await lab()("ImportResourceState", { id: "", identity: told(parts) });
    expect(answer["imported_resources"]).toEqual([]);
    const text = only(answer.diagnostics);
    expect(text).toContain(got);
    expect(text).toContain("Expected: { rack, slot }");
    expect(text).toContain("terraform/incomplete-identity");
  });

  it("is told to the handler as the id that the parts make", async () => {
    const seen: string[] = [];
    const answer = await lab({ import: (id) => (seen.push(id), { id }) })("ImportResourceState", {
      id: "",
      identity: told({ rack: "a", slot: 7 }),
    });
    expect(answer.diagnostics).toEqual([]);
    expect(seen).toEqual(["a/7"]);
  });

  it("is spelled anew by the reading that follows it", async () => {
    const ask = lab();
    const imported = await ask("ImportResourceState", { id: "A/7", identity: null });
    const [one] = imported["imported_resources"] as Record<string, unknown>[];
    const read = await ask("ReadResource", {
      current_state: { json: new Uint8Array(), ...(one!["state"] as object) },
      private: one!["private"],
      current_identity: told({ rack: "A", slot: 7 }),
    });
    expect(heard(read["new_identity"])).toEqual({ rack: "a", slot: 7 });
  });
});

describe("an apply that fails", () => {
  const prior = { id: "a/7", rack: "a", slot: 7 };
  const fails = async () => {
    throw new Error("the lab is closed");
  };

  it("has no identity where nothing was made, and that of what was made where something was", async () => {
    const created = (handler: Partial<Disk>) =>
      lab(handler)("ApplyResourceChange", {
        prior_state: wire(null),
        planned_state: wire({ id: UNKNOWN, rack: "a", slot: 7 }),
        config: wire({ id: null, rack: "a", slot: 7 }),
        planned_identity: told({ rack: UNKNOWN, slot: UNKNOWN }),
      });
    expect((await created({ create: fails }))["new_identity"]).toBeNull();
    const saved: Partial<Disk> = {
      create: async ({ save }) => {
        save(prior);
        return fails();
      },
    };
    expect(heard((await created(saved))["new_identity"])).toEqual({ rack: "a", slot: 7 });
  });

  it("keeps the identity of what it could not change or delete", async () => {
    const tried = async (planned: ValueObject | null, planned_identity: object | null) =>
      heard(
        (
          await lab({ update: fails, delete: fails })("ApplyResourceChange", {
            prior_state: wire(prior),
            planned_state: wire(planned),
            config: wire(planned),
            planned_identity,
          })
        )["new_identity"],
      );
    expect(await tried(prior, told({ rack: "a", slot: 7 }))).toEqual({ rack: "a", slot: 7 });
    expect(await tried(null, null)).toEqual({ rack: "a", slot: 7 });
  });
});

it("keeps what a reading that fails was told", async () => {
  const kept = told({ rack: "a", slot: 7 });
  const read = await lab({ read: async () => Promise.reject(new Error("the lab is closed")) })("ReadResource", {
    current_state: wire({ id: "a/7", rack: "a", slot: 7 }),
    private: new Uint8Array(),
    current_identity: kept,
  });
  expect(read["new_identity"]).toEqual(kept);
  expect(only(read.diagnostics)).toContain("the lab is closed");
});

it("goes with an object that has vanished", async () => {
  const read = await lab({ read: async () => null })("ReadResource", {
    current_state: wire({ id: "a/7", rack: "a", slot: 7 }),
    private: new Uint8Array(),
    current_identity: told({ rack: "a", slot: 7 }),
  });
  expect(read["new_identity"]).toBeNull();
});

it("does not follow an attribute that is only spelled in another way", async () => {
  const planned = await lab()("PlanResourceChange", {
    prior_state: wire({ id: "a/7", rack: "a", slot: 7 }),
    proposed_new_state: wire({ id: "a/7", rack: "A", slot: 7 }),
    config: wire({ id: null, rack: "A", slot: 7 }),
    prior_identity: null,
  });
  // Its id is computed again, and still Terraform takes no identity of a change that is not known.
  expect(heard(planned["planned_identity"])).toEqual({ rack: "a", slot: 7 });
  const again = await lab()("PlanResourceChange", {
    prior_state: wire({ id: "a/7", rack: "a", slot: 7 }),
    proposed_new_state: wire({ id: "a/7", rack: "A", slot: 8 }),
    config: wire({ id: null, rack: "A", slot: 8 }),
    prior_identity: told({ rack: "a", slot: 7 }),
  });
  expect(heard(again["planned_identity"])).toEqual({ rack: "a", slot: 7 });
});

it("moves with a state of the same type, and is made of the state where none was told", async () => {
  const move = async (source_identity: object | null) =>
    heard(
      (
        await lab()("MoveResourceState", {
          target_type_name: schema.type,
          source_type_name: schema.type,
          source_provider_address: "registry.example.com/other/lab",
          source_schema_version: 0,
          source_state: stored('{"id":"a/7","rack":"a","slot":7}'),
          source_private: new Uint8Array(),
          source_identity,
          source_identity_schema_version: 2,
        })
      )["target_identity"],
    );
  expect(await move(stored('{"rack":"of old","slot":7}'))).toEqual({ rack: "of old", slot: 7 });
  expect(await move(null)).toEqual({ rack: "a", slot: 7 });
});

it("is of the version and of the parts that the schema declares", async () => {
  const answer = await lab()("GetResourceIdentitySchemas", {});
  expect(answer["identity_schemas"]).toEqual({
    lab_disk: {
      version: 2,
      identity_attributes: [
        {
          name: "rack",
          type: Buffer.from('"string"'),
          required_for_import: true,
          optional_for_import: false,
          description: "The rack.",
        },
        {
          name: "slot",
          type: Buffer.from('"number"'),
          required_for_import: true,
          optional_for_import: false,
          description: "The slot.",
        },
      ],
    },
  });
});
