import { sameValue, type Value } from "../../terraform-plugin/values";
import type { NewWebhook, Webhook } from "./contract";
import type { WebhookState } from "./webhook.schema";

/** The body of a webhook. An unknown secret is omitted: the stored one then stays. */
export function webhookBody(planned: WebhookState, secret: string | null): NewWebhook {
  return {
    Name: planned.name,
    Description: planned.description ?? "",
    Url: planned.url,
    Enabled: planned.enabled,
    SubscribeToAllEvents: planned.events === null,
    AllowInsecureSsl: planned.allow_insecure_ssl,
    Events: (planned.events ?? []).map((EventType) => ({ EventType })),
    ...(secret === null ? {} : { Secret: secret }),
  };
}

/** The state of a webhook. */
export function webhookState(webhook: Webhook, prior: Partial<WebhookState>): WebhookState {
  return {
    id: String(webhook.Id),
    name: webhook.Name,
    description: webhook.Description || null,
    url: webhook.Url,
    enabled: webhook.Enabled,
    events: webhook.SubscribeToAllEvents ? null : (webhook.Events ?? []).map(({ EventType }) => EventType).sort(),
    allow_insecure_ssl: webhook.AllowInsecureSsl,
    secret_wo: null,
    secret_wo_version: prior.secret_wo_version ?? 1,
    timeouts: prior.timeouts ?? null,
  };
}

const COMPARED = ["name", "description", "url", "enabled", "events", "allow_insecure_ssl"] as const;

/** The differences between a webhook and its declaration, for people: `enabled is false, declared true`. */
export function webhookDifferences(webhook: Webhook, planned: WebhookState): string[] {
  const found = webhookState(webhook, planned);
  const declared = { ...planned, events: planned.events && [...planned.events].sort() };
  return COMPARED.filter((name) => !sameValue(found[name] as Value, declared[name] as Value)).map(
    (name) => `${name} is ${JSON.stringify(found[name])}, declared ${JSON.stringify(declared[name])}`,
  );
}
