import { HttpClient } from "../../http/client";
import { RestApi } from "../kit/rest-api";
import type { Runtime } from "../kit/system";
import { alerts, type Alert, type Integration } from "./contract";
import { callFailed, unexpectedAnswer } from "./errors";
import { inboundUrl, type InboundUrl } from "./inbound-url";
import { IntegrationCollection, learnUrl } from "./integration-collection";
import { Names } from "./names";
import type { AlertOpsConnection } from "./settings";

/** An AlertOps account, ready to be asked; nothing is sent before the first question. */
export class AlertOpsClient {
  readonly integrations: IntegrationCollection;
  readonly names: Names;
  /** Ids and names that resources of this run have made or taken over. */
  readonly claimed = new Set<string>();
  readonly testAlerts: boolean;
  private readonly api: RestApi;

  constructor(
    private readonly connection: AlertOpsConnection,
    readonly runtime: Pick<Runtime, "clock" | "log" | "redactor" | "random" | "environment" | "userAgent">,
  ) {
    const { apiKey, baseUrl } = connection;
    runtime.redactor.add(apiKey);
    this.testAlerts = connection.testAlerts;
    const http = new HttpClient({
      ...runtime,
      name: "AlertOps",
      baseUrl,
      maxConcurrent: 4,
      authenticator: { authorize: async () => ({ "api-key": apiKey }) },
    });
    this.api = new RestApi((request) => http.request(request), { callFailed, unexpectedAnswer });
    this.names = new Names(this.api);
    this.integrations = new IntegrationCollection(this.api, (one) => void this.urlOf(one));
  }

  /** Asks for the list of integrations, which later calls need as well. */
  async checkLogin(signal: AbortSignal): Promise<void> {
    await this.integrations.list(signal);
  }

  /** The URL that alerts are sent to, when it is told or can be worked out. The redactor knows it from then on. */
  urlOf(integration: Integration): InboundUrl | undefined {
    const found = inboundUrl(integration, this.connection);
    if (found !== undefined) learnUrl(this.runtime.redactor, found.url);
    return found;
  }

  /** Sends an alert to an integration's URL; any 2xx means that it was taken. */
  async post(url: string, alert: Readonly<Record<string, string>>, signal: AbortSignal): Promise<void> {
    const { origin, pathname, search } = new URL(url);
    const http = new HttpClient({ ...this.runtime, name: "AlertOps", baseUrl: origin });
    const api = new RestApi((request) => http.request(request), { callFailed, unexpectedAnswer });
    try {
      await api.call("send the test alert", { method: "POST", path: pathname + search, body: alert, signal });
    } finally {
      http.close();
    }
  }

  /** The alert that the sender named so, among those created since; looks at the newest thousand at most. */
  async alertOf(sourceId: string, since: string, signal: AbortSignal): Promise<Alert | undefined> {
    let next: string | undefined;
    for (let page = 0; page < 10; page++) {
      const reply = await this.api.read("look for the test alert", alerts, {
        method: "GET",
        path: "/api/v2/alerts",
        query: { limit: 100, createdFrom: since, next },
        signal,
      });
      const found = (reply.alerts ?? []).find((one) => one.source_id === sourceId);
      next = reply.metadata?.next ?? undefined;
      if (found !== undefined || next === undefined) return found;
    }
    return undefined;
  }
}
