import { newWebhook, type NewWebhook } from "../contract";
import type { Query } from "./directory";
import { invalidInput, notFound } from "./refusal";

interface Stored extends NewWebhook {
  readonly Id: number;
}

/** The webhooks of a tenant. A secret that was stored is never shown. */
export class WebhookStore {
  private readonly webhooks = new Map<number, Stored>();
  private lastId = 40;

  list(query: Query) {
    const all = [...this.webhooks.values()].map(shown);
    const skip = Number(query["$skip"] ?? 0);
    return { ...(String(query["$count"]) === "true" ? { "@odata.count": all.length } : {}), value: all.slice(skip) };
  }

  create(body: unknown) {
    const stored: Stored = { ...checked(body), Id: ++this.lastId };
    this.webhooks.set(stored.Id, stored);
    return shown(stored);
  }

  /** What is not sent stays. */
  change(id: number, body: unknown) {
    return this.edit(id, checked(body));
  }

  edit(id: number, changes: object) {
    const stored = { ...this.get(id), ...changes, Id: id };
    this.webhooks.set(id, stored);
    return shown(stored);
  }

  delete(id: number): void {
    this.get(id);
    this.webhooks.delete(id);
  }

  shown() {
    return [...this.webhooks.values()].map((stored) => ({ ...shown(stored), hasSecret: Boolean(stored.Secret) }));
  }

  private get(id: number): Stored {
    const found = this.webhooks.get(id);
    if (found === undefined) throw notFound("Webhook");
    return found;
  }
}

function checked(body: unknown): NewWebhook {
  const request = newWebhook.safeParse(body);
  if (!request.success) throw invalidInput(request.error);
  return request.data;
}

const shown = (stored: Stored) => ({ ...stored, Secret: undefined });
