import { without } from "../../kit/without";
import { checked } from "../../kit/simulator/checked";
import type { Table } from "../../kit/simulator/table";
import { newIntegration, integration, type Integration } from "../contract";
import type { AlertOpsSimulatorOptions } from "./options";
import { invalid, invalidBody, notFound } from "./refusal";

export interface StoredIntegration {
  readonly id: number;
  /** The key in its URL when that is not the account's. */
  readonly key: string;
  readonly held: Readonly<Record<string, unknown>>;
}

/** The inbound integrations, with the vendor's rules about them. */
export class IntegrationStore {
  constructor(
    readonly all: Table<StoredIntegration>,
    private readonly options: AlertOpsSimulatorOptions,
    private readonly nextId: () => number,
    private readonly newKey: () => string,
  ) {}

  get(id: string): StoredIntegration {
    const found = this.all.get(Number(id));
    if (found === undefined) throw notFound(`Inbound integration ${id}`);
    return found;
  }

  create(body: unknown): StoredIntegration {
    const fields = checked(newIntegration, body, invalidBody);
    this.check(fields);
    this.checkName(fields.inbound_integration_name);
    const id = this.nextId();
    return this.all.set(id, { id, key: this.newKey(), held: { ...fields } });
  }

  update(id: string, body: unknown): StoredIntegration {
    const stored = this.get(id);
    const wanted = checked(integration, { ...(body as object), inbound_integration_id: stored.id }, invalidBody);
    this.check(wanted);
    this.checkName(wanted.inbound_integration_name, stored.id);
    const fields = without(wanted, "inbound_integration_id", "api_url");
    return this.edit(stored, this.options.putReplaces ? { ...fields } : { ...stored.held, ...fields });
  }

  edit(stored: StoredIntegration, held: StoredIntegration["held"]): StoredIntegration {
    return this.all.set(stored.id, { ...stored, held });
  }

  /** As answered. `address` is where alerts are received. */
  wire({ id, key, held }: StoredIntegration, address: string): Record<string, unknown> {
    const name = encodeURIComponent(String(held["inbound_integration_name"]));
    return {
      inbound_integration_id: id,
      sequence: 1,
      recipient_groups: [],
      recipient_users: [],
      ...held,
      ...(this.options.tellsUrl ? { api_url: `${address}/POSTAlert/${key}/${name}` } : {}),
    };
  }

  /** Whose URL this is. */
  at(key: string, name: string): StoredIntegration | undefined {
    const keyOf = (one: StoredIntegration) => (this.options.tellsUrl ? one.key : this.options.apiKey);
    return this.all.list((one) => one.held["inbound_integration_name"] === name && keyOf(one) === key)[0];
  }

  private checkName(name: unknown, own?: number): void {
    const taken = this.all.list(({ id, held }) => held["inbound_integration_name"] === name && id !== own).length > 0;
    if (taken && this.options.uniqueNames) throw invalid("inbound_integration_name", "already exists");
  }

  private check(fields: Pick<Integration, "escalation_policy" | "recipient_groups" | "recipient_users">): void {
    const { policies, groups, users } = this.options;
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
