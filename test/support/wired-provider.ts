import { silentLogger } from "../../lib/core/log";
import { Redactor } from "../../lib/core/redaction";
import { Connections } from "../../lib/provider/connections";
import { outboundProvider } from "../../lib/provider/definition";
import { processRuntime } from "../../lib/provider/runtime";
import type { Sandbox } from "../../lib/sandbox";
import { systems } from "../../lib/systems";
import { readDynamicValue, writeDynamicValue } from "../../lib/terraform-plugin/dynamic-value";
import { createProviderService } from "../../lib/terraform-plugin/engine";
import type { RpcName } from "../../lib/terraform-plugin/protocol";
import { identityType } from "../../lib/terraform-plugin/resource-identity";
import type { Schema } from "../../lib/terraform-plugin/schema";
import { serve } from "../../lib/terraform-plugin/server";
import type { Type, Value, ValueObject } from "../../lib/terraform-plugin/values";
import { objectType } from "../../lib/terraform-plugin/wire-schema";
import { environment, FakeHost, PluginClient } from "../terraform-plugin/plugin-client";
import type { Diagnostic } from "../terraform-plugin/lab";
import { proposedNew } from "./core-rules";

/** What Terraform keeps of an object. */
export interface Kept {
  readonly state: ValueObject | null;
  readonly identity: ValueObject | null;
  readonly private: Uint8Array;
}

/** One object of a list. */
export interface Found {
  readonly name: string;
  readonly identity: ValueObject;
  readonly state: ValueObject | null;
}

type Answer = Record<string, unknown>;
interface Event {
  readonly identity?: unknown;
  readonly display_name?: string;
  readonly resource_object?: unknown;
  readonly diagnostic?: readonly Diagnostic[];
}

/** The whole provider, configured for a sandbox, behind a real socket: spoken to as Terraform does. */
export class WiredProvider {
  private constructor(
    private readonly host: FakeHost,
    private readonly leave: () => void,
    readonly client: PluginClient,
  ) {}

  static async start(sandbox: Sandbox): Promise<WiredProvider> {
    const definition = {
      ...outboundProvider,
      configure: (config: ValueObject, context: never) =>
        new Connections(systems, config, { ...processRuntime(context), environment: sandbox.environment() }),
    };
    const redactor = new Redactor();
    const host = new FakeHost(environment());
    const names = { name: "terraform-provider-outbound", source: "registry.terraform.io/cdktf-outbound/outbound" };
    const served = await serve(() => createProviderService(definition as never, { log: silentLogger, redactor }), {
      ...names,
      host,
    });
    const client = new PluginClient(host.written.stdout);
    const made = new WiredProvider(host, served!.leave, client);
    await made.nextWalk();
    return made;
  }

  /** A walk of Terraform is a process of the provider: what it remembers of the one before is in the ledger of the run. */
  async nextWalk(): Promise<void> {
    await this.succeed("ConfigureProvider", { terraform_version: "1.14.0" });
  }

  async stop(): Promise<void> {
    this.client.close();
    this.leave();
    this.host.elapse();
    await this.host.exited;
  }

  /** Fails on errors; tells warnings to nobody. */
  async succeed(rpc: RpcName, request: object): Promise<Answer> {
    const answer = (await this.client.call(rpc, request)) as Answer;
    failOnErrors((answer["diagnostics"] ?? []) as readonly Diagnostic[]);
    return answer;
  }

  async data(type: string, config: ValueObject): Promise<ValueObject> {
    const schema = outboundProvider.dataSources.find(({ handler }) => handler.schema.type === type)!.handler.schema;
    const value = { ...nothing(schema), ...config };
    const answer = await this.succeed("ReadDataSource", { type_name: type, config: wire(typeOf(schema), value) });
    return back(typeOf(schema), answer["state"])!;
  }

  resource(schema: Schema): WiredResource {
    return new WiredResource(this, schema);
  }
}

/** One type, and what Terraform does with an object of it. */
export class WiredResource {
  private readonly type: Type;
  private readonly identity: Type;

  constructor(
    private readonly provider: WiredProvider,
    private readonly schema: Schema,
  ) {
    this.type = typeOf(schema);
    this.identity = identityType(schema)!.type;
  }

  /** A null configuration destroys. */
  async plan(prior: Kept | null, config: ValueObject | null): Promise<Kept & { readonly replace: boolean }> {
    const full = config && { ...nothing(this.schema), ...config };
    const answer = await this.provider.succeed("PlanResourceChange", {
      type_name: this.schema.type,
      prior_state: this.value(prior?.state ?? null),
      proposed_new_state: this.value(full && proposedNew(this.schema.attributes, prior?.state ?? null, full)),
      config: this.value(full),
      prior_private: prior?.private,
      prior_identity: this.identified(prior?.identity ?? null),
    });
    const replace = (answer["requires_replace"] as unknown[]).length > 0;
    return { ...this.kept(answer, "planned_state", "planned_identity", "planned_private"), replace };
  }

  async applied(prior: Kept | null, config: ValueObject | null): Promise<Kept> {
    await this.provider.nextWalk();
    const planned = await this.plan(prior, config);
    await this.provider.nextWalk();
    const answer = await this.provider.succeed("ApplyResourceChange", {
      type_name: this.schema.type,
      prior_state: this.value(prior?.state ?? null),
      planned_state: this.value(planned.state),
      config: this.value(config && { ...nothing(this.schema), ...config }),
      planned_private: planned.private,
      planned_identity: this.identified(planned.identity),
    });
    return this.kept(answer, "new_state", "new_identity", "private");
  }

  async read(prior: Kept): Promise<Kept> {
    const answer = await this.provider.succeed("ReadResource", {
      type_name: this.schema.type,
      current_state: this.value(prior.state),
      private: prior.private,
      current_identity: this.identified(prior.identity),
    });
    return this.kept(answer, "new_state", "new_identity", "private");
  }

  /** As Terraform imports: what the import tells is read. */
  async import(by: { readonly id: string } | { readonly identity: ValueObject }): Promise<Kept> {
    const { imported_resources: all } = await this.provider.succeed("ImportResourceState", {
      type_name: this.schema.type,
      ...("id" in by ? by : { identity: this.identified(by.identity) }),
    });
    const [imported] = all as Answer[];
    const kept = this.kept(imported!, "state", "identity", "private");
    if (kept.identity === null) throw new Error("Terraform refuses an import by identity that tells none");
    return this.read(kept);
  }

  async upgradeIdentity(json: string): Promise<ValueObject | null> {
    const answer = await this.provider.succeed("UpgradeResourceIdentity", {
      type_name: this.schema.type,
      version: 0,
      raw_identity: { json: Buffer.from(json) },
    });
    return this.identityIn(answer["upgraded_identity"]);
  }

  /** What a `list` block finds; errors are thrown, as Terraform would show them. */
  async list(
    config: ValueObject,
    { limit = 100, objects = false }: { readonly limit?: number; readonly objects?: boolean } = {},
  ): Promise<Found[]> {
    const { type } = this.schema;
    const lists = outboundProvider.listResources!.map(({ handler }) => handler.schema);
    const schema = lists.find((one) => one.type === type)!;
    const events = await this.provider.client.streamed("ListResource", {
      type_name: type,
      config: wire(typeOf(schema), { ...nothing(schema), ...config }),
      include_resource_object: objects,
      limit,
    });
    return events.flatMap((event) => {
      const { diagnostic = [], display_name: name = "", identity, resource_object: object } = event as Event;
      failOnErrors(diagnostic);
      // Terraform takes an event without an identity for warnings alone.
      return identity ? [{ name, identity: this.identityIn(identity)!, state: back(this.type, object) }] : [];
    });
  }

  /** The configuration that `-generate-config-out` writes. */
  async generatedConfig(state: ValueObject | null): Promise<ValueObject | null> {
    const answer = await this.provider.succeed("GenerateResourceConfig", {
      type_name: this.schema.type,
      state: this.value(state),
    });
    return back(this.type, answer["config"]);
  }

  /** The problems that a configuration has, warnings too. */
  async validate(config: ValueObject): Promise<readonly Diagnostic[]> {
    const answer = await this.provider.client.call("ValidateResourceConfig", {
      type_name: this.schema.type,
      config: this.value(config),
      client_capabilities: { write_only_attributes_allowed: true },
    });
    return answer.diagnostics as readonly Diagnostic[];
  }

  private kept(answer: Answer, state: string, identity: string, notes: string): Kept {
    return {
      state: back(this.type, answer[state]),
      identity: this.identityIn(answer[identity]),
      private: answer[notes] as Uint8Array,
    };
  }

  private identityIn(message: unknown): ValueObject | null {
    return back(this.identity, (message as { identity_data?: unknown } | null)?.identity_data);
  }

  private value(value: Value) {
    return wire(this.type, value);
  }

  private identified(value: ValueObject | null) {
    return value === null ? null : { identity_data: wire(this.identity, value) };
  }
}

function failOnErrors(diagnostics: readonly Diagnostic[]): void {
  const errors = diagnostics.filter(({ severity }) => severity === "ERROR");
  if (errors.length > 0) throw new Error(errors.map(({ summary, detail }) => `${summary}\n${detail}`).join("\n\n"));
}

const typeOf = ({ attributes }: Schema): Type => objectType(attributes);
const nothing = ({ attributes }: Schema): ValueObject =>
  Object.fromEntries(Object.keys(attributes).map((name) => [name, null]));
const wire = (type: Type, value: Value) => writeDynamicValue(type, value);
const back = (type: Type, message: unknown) => readDynamicValue(type, message as never) as ValueObject | null;
