import * as z from "../../../core/zod";
import { checked } from "../../kit/simulator/checked";
import { inContractCase } from "../../kit/simulator/any-case";
import type { Table } from "../../kit/simulator/table";
import { newWebhook, type NewWebhook } from "../contract";
import { answerQuery, type Query } from "./odata-query";
import type { UiPathSimulatorOptions } from "./options";
import { invalidInput, nameTaken, notFound } from "./refusal";

export interface StoredWebhook extends NewWebhook {
  readonly Id: number;
}

/** The webhooks of a tenant. A stored secret is never shown. */
export class WebhookStore {
  constructor(
    readonly webhooks: Table<StoredWebhook>,
    private readonly options: UiPathSimulatorOptions,
    private readonly nextId: () => number,
  ) {}

  list(query: Query) {
    return answerQuery(this.webhooks.list().map(shown), query, { properties: PROPERTIES });
  }

  read(id: number) {
    return shown(this.get(id));
  }

  create(body: unknown) {
    const webhook = webhookIn(body);
    this.checkName(webhook.Name);
    const Id = this.nextId();
    return shown(this.webhooks.set(Id, { ...webhook, Id }));
  }

  /** Changes a webhook; omitted members stay. */
  change(id: number, body: unknown) {
    const changes = webhookIn(body);
    this.checkName(changes.Name, id);
    return this.edit(id, changes);
  }

  /** Replaces a webhook; omitted members are reset, except the secret, which no client can send back. */
  replace(id: number, body: unknown) {
    const webhook = webhookIn(body);
    this.checkName(webhook.Name, id);
    const { Secret } = this.get(id);
    return shown(this.webhooks.set(id, { ...(Secret === undefined ? {} : { Secret }), ...webhook, Id: id }));
  }

  /** The message that UiPath would send to the webhook's address; nothing is sent here. */
  ping(id: number, EventId: string, now: Date) {
    this.get(id);
    return { Type: "ping", EventId, Timestamp: now.toISOString() };
  }

  eventTypes() {
    return { value: EVENT_TYPES.map((Name) => ({ Name, Group: Name.split(".")[0]! })) };
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

/** Parses the body; entities contain their keys, but the address decides. */
function webhookIn(body: unknown): NewWebhook {
  const { Id: _id, Key: _key, ...webhook } = checked(sentWebhook, inContractCase(sentWebhook, body), invalidInput);
  return webhook;
}

const sentWebhook = z.strictObject({ ...newWebhook.shape, Id: z.nullish(z.number()), Key: z.nullish(z.unknown()) });
const PROPERTIES = Object.keys(sentWebhook.shape).filter((name) => name !== "Key");

/** Some of UiPath's event types. */
const EVENT_TYPES = [
  "job.created",
  "job.started",
  "job.completed",
  "job.faulted",
  "job.stopped",
  "queueItem.added",
  "queueItem.transactionFailed",
  "robot.status",
  "schedule.failed",
] as const;

const shown = (stored: StoredWebhook) => ({ ...stored, Secret: undefined });
