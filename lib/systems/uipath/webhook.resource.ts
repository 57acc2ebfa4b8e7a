import { ProblemError } from "../../core/problem";
import type { Resource } from "../../terraform-plugin/resource";
import { createOrTakeOver } from "../kit/adoption";
import { badImportId } from "../kit/problems";
import type { UiPathClient } from "./client";
import type { Webhook } from "./contract";
import { webhookBody, webhookDifferences, webhookState } from "./webhook.mapping";
import { webhookSchema, type WebhookSchema, type WebhookState } from "./webhook.schema";
import { webhookWords } from "./webhook.words";

const idOf = ({ Id }: Webhook) => String(Id);

/** `outbound_uipath_webhook`: events of a tenant, sent to a URL. */
export const webhookResource: Resource<WebhookSchema, UiPathClient> = {
  schema: webhookSchema,

  async create({ planned, config, ownership, save }, { client, signal, report, redactor }) {
    redactor.add(config.secret_wo);
    const { webhooks } = client;
    const { name } = planned;
    const body = webhookBody(planned, config.secret_wo);
    const wrong = (one: Webhook) => webhookDifferences(one, planned);
    const keep = (one: Webhook) => save(stateOf(planned, idOf(one)));
    const held = await createOrTakeOver(
      {
        words: webhookWords,
        name,
        idOf,
        existing: () => webhooks.named(name, signal),
        differences: wrong,
        create: async () => {
          const made = await webhooks.create(name, { body }, (one) => wrong(one).length === 0, signal);
          keep(made);
          return webhooks.settled({ name, id: idOf(made) }, wrong, "creation", signal);
        },
        besides: (made) => webhooks.besides({ name, id: idOf(made) }, signal),
        write: async (one, differences) => {
          // Nobody can see whether the stored secret is ours.
          if (differences.length === 0 && config.secret_wo === null) return one;
          return webhooks.change({ name, id: idOf(one) }, { method: "PATCH", body, retry: "safe" }, wrong, signal);
        },
        save: keep,
      },
      { ownership, report },
    );
    return stateOf(planned, idOf(held));
  },

  async read({ prior }, context) {
    const webhook = await context.client.webhooks.find(prior.id!, context);
    return webhook === undefined ? null : webhookState(webhook, prior);
  },

  async update({ prior, planned, config }, { client, signal, redactor }) {
    redactor.add(config.secret_wo);
    const id = prior.id!;
    const body = webhookBody(planned, config.secret_wo);
    const wrong = (one: Webhook) => webhookDifferences(one, planned);
    await client.webhooks.change({ name: planned.name, id }, { method: "PATCH", body, retry: "safe" }, wrong, signal);
    return stateOf(planned, id);
  },

  async delete({ prior }, { client, signal }) {
    await client.webhooks.delete({ name: prior.name, id: prior.id! }, signal);
  },

  import(id) {
    if (!/^\d+$/.test(id)) throw new ProblemError(badImportId(webhookWords, id));
    return { id };
  },
};

const stateOf = (planned: WebhookState, id: string): WebhookState => ({ ...planned, id, secret_wo: null });
