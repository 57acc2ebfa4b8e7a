import type { Clock } from "../../core/clock";
import { Collection } from "../kit/collection";
import type { RestApi } from "../kit/rest-api";
import { webhook, webhooks, type Webhook } from "./contract";
import { readPages } from "./pages";
import { webhookWords } from "./webhook.words";

const COLLECTION = "/odata/Webhooks";

export type Webhooks = Collection<Webhook>;

/** The webhooks of a tenant. */
export const webhooksOf = (api: RestApi, clock: Clock): Webhooks =>
  new Collection({
    api,
    clock,
    words: webhookWords,
    path: COLLECTION,
    // OData puts the key in parentheses.
    pathOf: (id) => `${COLLECTION}(${encodeURIComponent(id)})`,
    item: webhook,
    idOf: ({ Id }) => String(Id),
    nameOf: ({ Name }) => Name,
    list: (signal) => readPages(api, "list the webhooks", webhooks, { path: COLLECTION, paged: true, signal }),
  });
