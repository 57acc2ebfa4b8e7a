import { silentLogger } from "../../lib/core/log";
import { Redactor } from "../../lib/core/redaction";
import { readDynamicValue, writeDynamicValue } from "../../lib/terraform-plugin/dynamic-value";
import { createProviderService, type EngineOptions } from "../../lib/terraform-plugin/engine";
import type { StreamingRpcName, RpcName } from "../../lib/terraform-plugin/protocol";
import type { Schema } from "../../lib/terraform-plugin/schema";
import type { Value, ValueObject } from "../../lib/terraform-plugin/values";
import { objectType } from "../../lib/terraform-plugin/wire-schema";
import type { Diagnostic } from "./lab";

type Answer = Readonly<Record<string, unknown>> & { readonly diagnostics: readonly Diagnostic[] };

/** A provider made of these parts, whose every verb is spoken to as Terraform does, without a socket. */
export function providerLab(parts: object, options: Partial<EngineOptions> = {}) {
  const redactor = new Redactor();
  const empty = { name: "lab", version: "1.0.0", description: "…", attributes: {}, resources: [], dataSources: [] };
  const definition = { ...empty, configure: () => undefined, ...parts };
  const service = createProviderService(definition as never, { log: silentLogger, redactor, ...options });
  const controller = new AbortController();
  const call = { signal: controller.signal };
  return {
    service,
    redactor,
    controller,

    async ask(rpc: Exclude<RpcName, StreamingRpcName>, request: object = {}): Promise<Answer> {
      const handler = service[rpc] as (request: object, call: object) => Promise<Record<string, unknown>>;
      const answer = await handler(request, call);
      return { ...answer, diagnostics: (answer["diagnostics"] ?? []) as Diagnostic[] };
    },

    async stream(rpc: StreamingRpcName, request: object): Promise<readonly Record<string, unknown>[]> {
      const handler = service[rpc] as (request: object, call: object) => AsyncIterable<Record<string, unknown>>;
      const events: Record<string, unknown>[] = [];
      for await (const event of handler(request, call)) events.push(event);
      return events;
    },
  };
}

type Described = Pick<Schema, "attributes">;

/** A value as Terraform sends it. */
export const wire = ({ attributes }: Described, value: Value) => ({
  json: new Uint8Array(),
  ...writeDynamicValue(objectType(attributes), value),
});

/** A value as Terraform reads it; null where there is none. */
export const back = ({ attributes }: Described, message: unknown) =>
  readDynamicValue(objectType(attributes), message as never) as ValueObject | null;

/** Half a value. */
export const BROKEN = { json: new Uint8Array(), msgpack: Buffer.from([0x81, 0xa2]) };

export const described = { description: "…" };
