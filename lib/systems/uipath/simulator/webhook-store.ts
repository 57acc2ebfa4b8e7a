import { checked } from "../../kit/simulator/checked";
import { pageOf } from "../../kit/simulator/pages";
import type { Table } from "../../kit/simulator/table";
import { newWebhook, type NewWebhook } from "../contract";
import type { Query } from "./directory";
import type { UiPathSimulatorOptions } from "./options";
import { invalidInput, nameTaken, notFound } from "./refusal";

export interface StoredWebhook extends NewWebhook {
  readonly Id: number;
}

/** The webhooks of a tenant. A secret that was stored is never shown. */
export class WebhookStore {
  constructor(
    readonly webhooks: Table<StoredWebhook>,
    private readonly options: UiPathSimulatorOptions,
    private readonly nextId: () => number,
  ) {}

  list(query: Query) {
    const all = this.webhooks.list().map(shown);
    const value = pageOf(all, { offset: query["$skip"] });
    return { ...(String(query["$count"]) === "true" ? { "@odata.count": all.length } : {}), value };
  }

  read(id: number) {
    return shown(this.get(id));
  }

  create(body: unknown) {
    const webhook = checked(newWebhook, body, invalidInput);
    this.checkName(webhook.Name);
    const Id = this.nextId();
    return shown(this.webhooks.set(Id, { ...webhook, Id }));
  }

  /** What is not sent stays. */
  change(id: number, body: unknown) {
    const changes = checked(newWebhook, body, invalidInput);
    this.checkName(changes.Name, id);
    return this.edit(id, changes);
  }

  edit(id: number, changes: object) {
    return shown(this.webhooks.set(id, { ...this.get(id), ...changes, Id: id }));
  }

  delete(id: number): void {
    this.get(id);
    this.webhooks.delete(id);
  }

  shown() {
    return this.webhooks.list().map((stored) => ({ ...shown(stored), hasSecret: Boolean(stored.Secret) }));
  }

  private get(id: number): StoredWebhook {
    const found = this.webhooks.get(id);
    if (found === undefined) throw notFound("Webhook");
    return found;
  }

  private checkName(name: unknown, own?: number): void {
    const taken = this.webhooks.list(({ Id, Name }) => Name === name && Id !== own).length > 0;
    if (taken && this.options.uniqueNames) throw nameTaken(`Webhook ${String(name)}`);
  }
}

const shown = (stored: StoredWebhook) => ({ ...stored, Secret: undefined });
