import { without } from "../../kit/without";
import { checked } from "../../kit/simulator/checked";
import type { Table } from "../../kit/simulator/table";
import { newIntegration, integration, type InboundIntegration } from "../contract";
import type { AlertOpsSimulatorOptions } from "./options";
import { invalid, invalidBody, notFound } from "./refusal";

export interface StoredInboundIntegration {
  readonly id: number;
  /** The key in its URL when it is not the account's. */
  readonly key: string;
  readonly held: Readonly<Record<string, unknown>>;
  /** Whether it existed before the sandbox began. @default false */
  readonly isFromBefore?: boolean;
}

/** The inbound integrations, with the vendor's rules about them. */
export class IntegrationStore {
  constructor(
    readonly all: Table<StoredInboundIntegration>,
    private readonly options: AlertOpsSimulatorOptions,
    private readonly nextId: () => number,
    private readonly newKey: () => string,
  ) {}

  /** Adds an integration as a person does in the user interface. */
  addByHand({ name, template }: AlertOpsSimulatorOptions["byHand"][number], id: number): void {
    const held = { inbound_integration_name: name, type: "API", enabled: true, inbound_template_id: template };
    this.all.set(id, { id, key: this.newKey(), held, isFromBefore: true });
  }

  get(id: string): StoredInboundIntegration {
    const found = this.all.get(Number(id));
    if (found === undefined) throw notFound(`Inbound integration ${id}`);
    return found;
  }

  create(body: unknown): StoredInboundIntegration {
    const fields = checked(newIntegration, body, invalidBody);
    this.check(fields);
    this.checkName(fields.inbound_integration_name);
    const id = this.nextId();
    return this.all.set(id, { id, key: this.newKey(), held: this.kept(fields) });
  }

  update(id: string, body: unknown): StoredInboundIntegration {
    const stored = this.get(id);
    const wanted = checked(integration, { ...(body as object), inbound_integration_id: stored.id }, invalidBody);
    this.check(wanted);
    this.checkName(wanted.inbound_integration_name, stored.id);
    const fields = without(wanted, "inbound_integration_id", "api_url");
    return this.edit(stored, this.kept(this.options.putReplaces ? { ...fields } : { ...stored.held, ...fields }));
  }

  edit(stored: StoredInboundIntegration, held: StoredInboundIntegration["held"]): StoredInboundIntegration {
    return this.all.set(stored.id, { ...stored, held });
  }

  /** The integration in an answer. `address` is where alerts are received. */
  wire({ id, key, held }: StoredInboundIntegration, address: string): Record<string, unknown> {
    const name = encodeURIComponent(endOf(held));
    return {
      inbound_integration_id: id,
      sequence: 1,
      recipient_groups: [],
      recipient_users: [],
      ...this.shown(held),
      ...(this.options.tellsUrl ? { api_url: `${address}/POSTAlert/${key}/${name}` } : {}),
    };
  }

  /** The integration that a URL belongs to. */
  at(key: string, name: string): StoredInboundIntegration | undefined {
    const keyOf = (one: StoredInboundIntegration) => (this.options.tellsUrl ? one.key : this.options.apiKey);
    return this.all.list((one) => endOf(one.held) === name && keyOf(one) === key)[0];
  }

  private kept(held: StoredInboundIntegration["held"]): StoredInboundIntegration["held"] {
    return this.options.mapping === "ignored" ? withoutMapping(held) : { ...held };
  }

  private shown(held: StoredInboundIntegration["held"]): StoredInboundIntegration["held"] {
    if (this.options.mapping === "hidden") return withoutMapping(held);
    const template = this.options.templates.find(({ id }) => id === held["inbound_template_id"]);
    const settings = held["api_settings"] as { url_mapping?: object } | undefined;
    if (!this.options.showsTemplateMapping || template === undefined || settings?.url_mapping) return held;
    return { ...held, api_settings: { ...settings, url_mapping: template.mapping } };
  }

  private checkName(name: unknown, own?: number): void {
    const taken = this.all.list(({ id, held }) => held["inbound_integration_name"] === name && id !== own).length > 0;
    if (taken && this.options.uniqueNames) throw invalid("inbound_integration_name", "already exists");
  }

  private check(
    fields: Pick<
      InboundIntegration,
      "escalation_policy" | "recipient_groups" | "recipient_users" | "inbound_template_id"
    >,
  ): void {
    const { policies, groups, users, templates } = this.options;
    const { inbound_template_id: template } = fields;
    if (template && !templates.some(({ id }) => id === template))
      throw invalid("inbound_template_id", `${template} does not exist`);
    const { escalation_policy: policy } = fields;
    if (policy && !policies.includes(policy)) throw invalid("escalation_policy", `"${policy}" does not exist`);
    for (const [field, known] of [
      ["recipient_groups", groups],
      ["recipient_users", users],
    ] as const) {
      const stranger = (fields[field] ?? []).find((name) => !known.includes(name));
      if (stranger !== undefined) throw invalid(field, `"${stranger}" does not exist`);
    }
  }
}

/** The end of its URL: the source of its mapping, else its name. */
export function endOf(held: StoredInboundIntegration["held"]): string {
  const settings = held["api_settings"] as { url_mapping?: { source?: unknown } } | undefined;
  return String(settings?.url_mapping?.source ?? held["inbound_integration_name"]);
}

function withoutMapping(held: StoredInboundIntegration["held"]): StoredInboundIntegration["held"] {
  const settings = held["api_settings"] as Record<string, unknown> | undefined;
  return settings === undefined ? { ...held } : { ...held, api_settings: without(settings, "url_mapping") };
}
