import { without } from "../../kit/without";
import { newIntegration, integration, type Integration } from "../contract";
import type { AlertOpsSimulatorOptions } from "./options";
import { invalid, invalidBody, notFound } from "./refusal";

export interface StoredIntegration {
  readonly id: number;
  /** The key in its URL when that is not the account's. */
  readonly key: string;
  held: Record<string, unknown>;
}

/** The inbound integrations, with the vendor's rules about them. */
export class IntegrationStore {
  readonly all = new Map<number, StoredIntegration>();
  private lastId = 4710;

  constructor(
    private readonly options: AlertOpsSimulatorOptions,
    private readonly newKey: () => string,
  ) {}

  get(id: string): StoredIntegration {
    const found = this.all.get(Number(id));
    if (found === undefined) throw notFound(`Inbound integration ${id}`);
    return found;
  }

  create(body: unknown): StoredIntegration {
    const parsed = newIntegration.safeParse(body);
    if (!parsed.success) throw invalidBody(parsed.error);
    this.check(parsed.data);
    const taken = [...this.all.values()].some(
      ({ held }) => held["inbound_integration_name"] === parsed.data.inbound_integration_name,
    );
    if (taken && this.options.uniqueNames) throw invalid("inbound_integration_name", "already exists");
    const stored = { id: ++this.lastId, key: this.newKey(), held: { ...parsed.data } };
    this.all.set(stored.id, stored);
    return stored;
  }

  update(id: string, body: unknown): StoredIntegration {
    const stored = this.get(id);
    const parsed = integration.safeParse({ ...(body as object), inbound_integration_id: stored.id });
    if (!parsed.success) throw invalidBody(parsed.error);
    this.check(parsed.data);
    const fields = without(parsed.data, "inbound_integration_id", "api_url");
    stored.held = this.options.putReplaces ? { ...fields } : { ...stored.held, ...fields };
    return stored;
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
    return [...this.all.values()].find(
      (one) =>
        one.held["inbound_integration_name"] === name &&
        key === (this.options.tellsUrl ? one.key : this.options.apiKey),
    );
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
