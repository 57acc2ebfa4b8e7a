import { ProblemError } from "../../core/problem";
import type { Resource } from "../../terraform-plugin/resource";
import { CallError } from "../kit/rest-api";
import type { UiPathClient } from "./client";
import type { NewWebhook, Webhook } from "./contract";
import { badWebhookId, webhookAdopted, webhookConflict, webhookVanished } from "./errors";
import { webhookSchema, type WebhookSchema, type WebhookState } from "./webhook.schema";

/** `outbound_uipath_webhook`: events of a tenant, sent to an address. */
export const webhookResource: Resource<WebhookSchema, UiPathClient> = {
  schema: webhookSchema,

  create: ({ planned, config, save }, { client, signal, report, redactor, log }) =>
    client.mutex.run(`webhook ${planned.name}`, async () => {
      redactor.add(config.secret_wo);
      const stateOf = (id: number) => ({ ...planned, id: String(id), secret_wo: null });
      const namesakes = async () => (await client.webhooks.list(signal)).filter(({ Name }) => Name === planned.name);
      const before = await namesakes();
      const equal = before.find((webhook) => isEqual(webhook, planned));
      if (equal === undefined && before.length > 0) {
        const ids = before.map(({ Id }) => Id);
        throw new ProblemError(webhookConflict(webhookSchema.type, planned.name, ids));
      }
      const body = bodyOf(planned, config.secret_wo);
      if (equal !== undefined) {
        report(webhookAdopted(planned.name, equal.Id));
        save(stateOf(equal.Id));
        // Whether its secret is ours cannot be seen.
        if (config.secret_wo !== null) await client.webhooks.change(String(equal.Id), body, signal);
        return stateOf(equal.Id);
      }
      try {
        return stateOf((await client.webhooks.create(body, signal)).Id);
      } catch (error) {
        if (!(error instanceof CallError) || !error.mayHaveHappened) throw error;
        const made = (await namesakes().catch(() => [])).find((webhook) => isEqual(webhook, planned));
        if (made === undefined) throw error;
        log.info("the reply to the creation was lost, but the webhook is there", { id: made.Id });
        return stateOf(made.Id);
      }
    }),

  async read({ prior }, { client, signal }) {
    const webhook = (await client.webhooks.list(signal)).find(({ Id }) => String(Id) === prior.id);
    return webhook === undefined ? null : webhookState(webhook, prior);
  },

  async update({ prior, planned, config }, { client, signal, redactor }) {
    redactor.add(config.secret_wo);
    const id = prior.id!;
    try {
      await client.webhooks.change(id, bodyOf(planned, config.secret_wo), signal);
    } catch (error) {
      throw error instanceof CallError && error.status === 404 ? new ProblemError(webhookVanished(id)) : error;
    }
    return { ...planned, id, secret_wo: null };
  },

  delete: ({ prior }, { client, signal }) => client.webhooks.delete(prior.id!, signal),

  import(id) {
    if (!/^\d+$/.test(id)) throw new ProblemError(badWebhookId(webhookSchema.type, id));
    return { id };
  },
};

function bodyOf(planned: WebhookState, secret: string | null): NewWebhook {
  return {
    Name: planned.name,
    Description: planned.description ?? "",
    Url: planned.url,
    Enabled: planned.enabled,
    SubscribeToAllEvents: planned.events === null,
    AllowInsecureSsl: planned.allow_insecure_ssl,
    Events: (planned.events ?? []).map((EventType) => ({ EventType })),
    // Left out, the stored one stays; what is shown of it is never sent.
    ...(secret === null ? {} : { Secret: secret }),
  };
}

function webhookState(webhook: Webhook, prior: Partial<WebhookState>): WebhookState {
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

function isEqual(webhook: Webhook, planned: WebhookState): boolean {
  const found = webhookState(webhook, planned);
  const facts = ({ description, url, enabled, events, allow_insecure_ssl }: WebhookState) =>
    JSON.stringify([description, url, enabled, events && [...events].sort(), allow_insecure_ssl]);
  return facts(found) === facts(planned);
}
