import { silentLogger } from "../../lib/core/log";
import { Redactor } from "../../lib/core/redaction";
import { readDynamicValue, writeDynamicValue } from "../../lib/terraform-plugin/dynamic-value";
import { createProviderService } from "../../lib/terraform-plugin/engine";
import type { Rpcs } from "../../lib/terraform-plugin/protocol";
import type { Resource } from "../../lib/terraform-plugin/resource";
import type { ResourceSchema } from "../../lib/terraform-plugin/schema";
import type { Value, ValueObject } from "../../lib/terraform-plugin/values";
import { objectType } from "../../lib/terraform-plugin/wire-schema";

export interface Diagnostic {
  readonly severity: string;
  readonly summary: string;
  readonly detail: string;
  readonly attribute?: { readonly steps: readonly { readonly attribute_name?: string }[] };
}

type Bytes = { readonly msgpack: Uint8Array };

/** What a handler does where a test says nothing else: it hands back what it was given. */
const echo = {
  create: async ({ planned }: { planned: object }) => planned,
  read: async ({ prior }: { prior: object }) => prior,
  update: async ({ planned }: { planned: object }) => planned,
  delete: async () => undefined,
};

/** A provider of one resource. */
export const definitionOf = (handler: object) => ({
  name: "lab",
  version: "1.0.0",
  description: "…",
  attributes: {},
  configure: () => undefined,
  resources: [{ handler: { ...echo, ...handler }, client: async () => undefined }],
  dataSources: [],
});

/** A provider with one resource, spoken to as Terraform does, without a socket. */
export function lab<S extends ResourceSchema>(handler: Partial<Resource<S>> & { readonly schema: S }) {
  const { schema } = handler;
  const type = objectType(schema.attributes);
  const redactor = new Redactor();
  const service = createProviderService(definitionOf(handler) as never, { log: silentLogger, redactor });
  const { signal } = new AbortController();
  const wire = (value: Value) => ({ json: new Uint8Array(), ...writeDynamicValue(type, value) }) as Bytes;
  const back = (message: unknown) => readDynamicValue(type, message as never) as ValueObject | null;
  const ask = (rpc: keyof Rpcs, request: object) =>
    (service[rpc] as (request: object, call: object) => Promise<Record<string, unknown>>)(
      { type_name: schema.type, ...request },
      { signal },
    );
  const said = (answer: Record<string, unknown>) => (answer["diagnostics"] ?? []) as Diagnostic[];

  return {
    wire,
    redactor,

    /** `keepsOut`: whether Terraform knows write-only attributes. */
    async validate(config: ValueObject, keepsOut = true) {
      const client_capabilities = { write_only_attributes_allowed: keepsOut };
      return said(await ask("ValidateResourceConfig", { config: wire(config), client_capabilities }));
    },

    /** `raw` are the bytes of the state's JSON, `flatmap` its old form. */
    async upgrade(raw: string | Uint8Array, { version = 0, flatmap = {} } = {}) {
      const json = typeof raw === "string" ? Buffer.from(raw) : raw;
      const answer = await ask("UpgradeResourceState", { version: BigInt(version), raw_state: { json, flatmap } });
      return { state: back(answer["upgraded_state"]), diagnostics: said(answer) };
    },

    async read(prior: ValueObject | Bytes, notes?: Uint8Array) {
      const current_state = "msgpack" in prior ? prior : wire(prior);
      const answer = await ask("ReadResource", { current_state, private: notes });
      return {
        ...answer,
        get state() {
          return back(answer["new_state"]);
        },
        diagnostics: said(answer),
      };
    },

    async plan(config: ValueObject, prior: ValueObject | null, notes?: Uint8Array) {
      const answer = await ask("PlanResourceChange", {
        config: wire(config),
        prior_state: wire(prior),
        // As Terraform proposes it: what is computed and not configured stays as it was.
        proposed_new_state: wire(prior === null ? config : { ...config, id: prior["id"] ?? null }),
        prior_private: notes,
      });
      return {
        planned: back(answer["planned_state"]),
        replace: answer["requires_replace"],
        diagnostics: said(answer),
      };
    },

    /** A null plan destroys. */
    async apply(change: {
      readonly prior?: ValueObject | Bytes | null;
      readonly planned: ValueObject | Bytes | null;
      readonly config?: ValueObject | Bytes | null;
      readonly notes?: Uint8Array;
    }) {
      const encoded = (value: Value | Bytes) =>
        typeof value === "object" && value !== null && "msgpack" in value ? value : wire(value as Value);
      const answer = await ask("ApplyResourceChange", {
        prior_state: encoded(change.prior ?? null),
        planned_state: encoded(change.planned),
        config: encoded(change.config ?? null),
        planned_private: change.notes,
      });
      return {
        get state() {
          return back(answer["new_state"]);
        },
        bytes: (answer["new_state"] as Bytes).msgpack,
        notes: answer["private"] as Uint8Array,
        diagnostics: said(answer),
      };
    },
  };
}

/** The only diagnostic there is, as one text. */
export function only(diagnostics: readonly Diagnostic[]): string {
  expect(diagnostics).toHaveLength(1);
  return `${diagnostics[0]!.summary}\n${diagnostics[0]!.detail}`;
}
