import { readDynamicValue, writeDynamicValue } from "../../lib/terraform-plugin/dynamic-value";
import type { Attributes } from "../../lib/terraform-plugin/schema";
import type { ProviderService } from "../../lib/terraform-plugin/service";
import type { Value, ValueObject } from "../../lib/terraform-plugin/values";
import { objectType } from "../../lib/terraform-plugin/wire-schema";
import { proposedNew } from "./core-rules";
import type { Instance } from "./core-state";

export const NOTHING = new Uint8Array();

/** What is to become of an object, as PlanResourceChange answered it. */
export interface PlannedChange {
  readonly state: ValueObject | null;
  readonly notes: Uint8Array;
  readonly replace: boolean;
  readonly errors: readonly string[];
}

/** One process of the provider as Terraform calls it: values go over the wire, errors come back as texts. */
export class CoreProvider {
  constructor(
    private readonly service: ProviderService,
    private readonly types: ReadonlyMap<string, Attributes>,
  ) {}

  attributesOf(type: string): Attributes {
    return this.types.get(type)!;
  }

  async configure(): Promise<void> {
    await this.call("ConfigureProvider", { config: null, terraform_version: "1.11.4" });
  }

  async upgrade({ type, value }: Instance): Promise<ValueObject> {
    const answer = await this.call("UpgradeResourceState", {
      type_name: type,
      version: 0n,
      raw_state: { json: Buffer.from(JSON.stringify(value)), flatmap: {} },
    });
    return this.back(type, answer["upgraded_state"])!;
  }

  async read(address: string, { type, notes }: Instance, prior: ValueObject) {
    const answer = await this.call("ReadResource", {
      type_name: type,
      current_state: this.wire(type, prior),
      private: notes,
    });
    return {
      state: this.back(type, answer["new_state"]),
      notes: answer["private"] as Uint8Array,
      errors: errorsOf(answer, address),
    };
  }

  /** @param values of the configuration; null plans a destruction */
  async plan(
    type: string,
    prior: ValueObject | null,
    values: ValueObject | null,
    notes: Uint8Array,
  ): Promise<PlannedChange> {
    const proposed = values === null ? null : proposedNew(this.attributesOf(type), prior, values);
    const answer = await this.call("PlanResourceChange", {
      type_name: type,
      prior_state: this.wire(type, prior),
      proposed_new_state: this.wire(type, proposed),
      config: this.wire(type, values),
      prior_private: notes,
    });
    return {
      state: this.back(type, answer["planned_state"]),
      notes: (answer["planned_private"] as Uint8Array | undefined) ?? NOTHING,
      replace: ((answer["requires_replace"] as unknown[] | undefined) ?? []).length > 0,
      errors: errorsOf(answer, type),
    };
  }

  /** @param change what was planned for these values; a state and values of null destroy */
  async apply(
    address: string,
    type: string,
    prior: ValueObject | null,
    values: ValueObject | null,
    change: Pick<PlannedChange, "state" | "notes">,
  ) {
    const answer = await this.call("ApplyResourceChange", {
      type_name: type,
      prior_state: this.wire(type, prior),
      planned_state: this.wire(type, change.state),
      config: this.wire(type, values),
      planned_private: change.notes,
    });
    return {
      value: this.back(type, answer["new_state"]),
      notes: answer["private"] as Uint8Array,
      errors: errorsOf(answer, address),
    };
  }

  private call(rpc: keyof ProviderService, request: object): Promise<Record<string, unknown>> {
    const { signal } = new AbortController();
    const handler = this.service[rpc] as (request: object, call: object) => Promise<Record<string, unknown>>;
    return handler.call(this.service, request, { signal });
  }

  private wire(type: string, value: Value) {
    return { json: NOTHING, ...writeDynamicValue(objectType(this.attributesOf(type)), value) };
  }

  private back(type: string, message: unknown): ValueObject | null {
    return readDynamicValue(objectType(this.attributesOf(type)), message as never) as ValueObject | null;
  }
}

function errorsOf(answer: Record<string, unknown>, where: string): string[] {
  const diagnostics = (answer["diagnostics"] ?? []) as { severity: string; summary: string; detail: string }[];
  if (diagnostics.every(({ severity }) => severity !== "ERROR")) return [];
  // With what was said beside: why it may succeed the next time.
  return diagnostics.map(({ summary, detail }) => `${where}: ${summary}\n${detail}`);
}
