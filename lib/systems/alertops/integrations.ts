import type { Clock } from "../../core/clock";
import type { Redactor } from "../../core/redaction";
import { Collection } from "../kit/collection";
import type { RestApi } from "../kit/rest-api";
import { integration, type InboundIntegration } from "./contract";
import { idOf } from "./inbound-integration.mapping";
import { listAll } from "./paging";
import { integrationWords } from "./inbound-integration.words";

const COLLECTION = "/api/v2/integrations/inbound";

export type Integrations = Collection<InboundIntegration>;

/**
 * The inbound integrations of one account.
 *
 * @param learn is called with every integration that is read, because it may hold secrets
 */
export const integrationsOf = (api: RestApi, clock: Clock, learn: (one: InboundIntegration) => void): Integrations =>
  new Collection({
    api,
    clock,
    words: integrationWords,
    path: COLLECTION,
    item: integration,
    idOf,
    nameOf: (one) => one.inbound_integration_name,
    list: (signal) =>
      listAll(api, { doing: "list the inbound integrations", path: COLLECTION, item: integration, signal }),
    // The list call is likely, but not documented.
    mayLackList: true,
    // A list may show a summary only.
    isWhole: (one) => "recipient_groups" in one && "enabled" in one,
    learn,
  });

/** Registers the URL with a redactor, and also the key within it, which works in other URLs, too. */
export function learnUrl(redactor: Redactor, url: string): void {
  redactor.add(url);
  const key = /\/POSTAlert\w*\/(?:generic\/)?([^/]+)/i.exec(url)?.[1];
  if (key !== undefined) redactor.add(decodeURIComponent(key));
}
