import type { HttpRequest, HttpResponse } from "../../http/types";
import { openApi, type RestApi } from "../kit/rest-api";
import type { ApiRuntime } from "../kit/system";
import { fixedHeader } from "../kit/token";
import { alerts, type Alert, type InboundIntegration } from "./contract";
import { inboundUrl, type InboundUrl } from "./inbound-url";
import { integrationsOf, learnUrl, type Integrations } from "./integrations";
import { Names } from "./names";
import type { AlertOpsConnection } from "./settings";
import { alertOpsWords } from "./words";

/** An AlertOps account; nothing is sent before the first call. */
export class AlertOpsClient {
  readonly integrations: Integrations;
  readonly names: Names;
  readonly testAlerts: boolean;
  private readonly api: RestApi;

  constructor(
    private readonly connection: AlertOpsConnection,
    readonly runtime: ApiRuntime,
  ) {
    const { apiKey, baseUrl } = connection;
    this.testAlerts = connection.testAlerts;
    this.api = openApi({
      words: alertOpsWords,
      runtime,
      baseUrl,
      maxConcurrent: 4,
      authenticator: fixedHeader("api-key", apiKey, runtime.redactor),
    });
    this.names = new Names(this.api);
    this.integrations = integrationsOf(this.api, runtime.clock, (one) => void this.urlOf(one));
  }

  /** Reads the list of integrations, which later calls need as well. */
  async checkLogin(signal: AbortSignal): Promise<void> {
    await this.integrations.ask(signal);
  }

  /** Returns the raw answer to a request, for callers that check its form themselves. */
  ask(doing: string, request: HttpRequest): Promise<HttpResponse> {
    return this.api.call(doing, request);
  }

  /** The URL that alerts are sent to, when AlertOps shows it or it can be derived. The redactor knows it afterwards. */
  urlOf(integration: InboundIntegration): InboundUrl | undefined {
    const found = inboundUrl(integration, this.connection);
    if (found !== undefined) learnUrl(this.runtime.redactor, found.url);
    return found;
  }

  /** Sends an alert to an integration's URL; any 2xx means that AlertOps accepted it. */
  async post(url: string, alert: Readonly<Record<string, unknown>>, signal: AbortSignal): Promise<void> {
    const { origin, pathname, search } = new URL(url);
    const api = openApi({ words: alertOpsWords, runtime: this.runtime, baseUrl: origin });
    try {
      await api.call("send the test alert", { method: "POST", path: pathname + search, body: alert, signal });
    } finally {
      api.close();
    }
  }

  /** Finds the alert with the sender's id among those created since; looks at the newest thousand at most. */
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
