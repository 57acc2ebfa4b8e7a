import type { Redactor } from "../../core/redaction";
import { Snapshot } from "../../http/snapshot";
import { path } from "../../http/url";
import { CallError, type RestApi } from "../kit/rest-api";
import { idOf } from "./inbound-integration.mapping";
import { integration, type Integration, type NewIntegration } from "./contract";
import { listAll } from "./paging";

const COLLECTION = "/api/v2/integrations/inbound";

/** The inbound integrations of one account. One (paged) list serves all readers until something is written. */
export class IntegrationCollection {
  private readonly snapshot: Snapshot<readonly Integration[] | undefined>;

  /** @param learn is told every integration read, because it may hold secrets */
  constructor(
    private readonly api: RestApi,
    private readonly learn: (integration: Integration) => void,
  ) {
    this.snapshot = new Snapshot((signal) => this.readAll(signal));
  }

  /** Undefined when this AlertOps has no list call: it is not documented, only likely. */
  list(signal: AbortSignal): Promise<readonly Integration[] | undefined> {
    return this.snapshot.get(signal);
  }

  async named(name: string, signal: AbortSignal): Promise<Integration[]> {
    const all = (await this.list(signal)) ?? [];
    return all.filter((one) => one.inbound_integration_name === name);
  }

  /** From the shared list when it tells enough; undefined when the integration is gone. */
  async find(id: string, signal: AbortSignal): Promise<Integration | undefined> {
    const listed = (await this.list(signal))?.find((one) => idOf(one) === id);
    // A list may show a summary only.
    const whole = listed !== undefined && "recipient_groups" in listed && "enabled" in listed;
    return whole ? listed : this.get(id, signal);
  }

  /** Asked now; undefined when it is gone. */
  async get(id: string, signal: AbortSignal): Promise<Integration | undefined> {
    const doing = `read the inbound integration ${id}`;
    const response = await this.api.call(doing, {
      method: "GET",
      path: path`/api/v2/integrations/inbound/${id}`,
      accept: [404, 410],
      signal,
    });
    return response.status < 300 ? this.learned(this.api.parse(doing, integration, response)) : undefined;
  }

  /** Undefined when the answer does not tell the new integration: some successes have no body. */
  async create(body: NewIntegration, signal: AbortSignal): Promise<Integration | undefined> {
    const doing = `create the inbound integration ${JSON.stringify(body.inbound_integration_name)}`;
    return this.snapshot.whileWriting(async () => {
      const response = await this.api.call(doing, { method: "POST", path: COLLECTION, body, signal });
      const parsed = integration.safeParse(response.data);
      return parsed.success ? this.learned(parsed.data) : undefined;
    });
  }

  async update(id: string, body: Integration, signal: AbortSignal): Promise<void> {
    await this.snapshot.whileWriting(() =>
      this.api.call(`update the inbound integration ${id}`, {
        method: "PUT",
        path: path`/api/v2/integrations/inbound/${id}`,
        body,
        signal,
      }),
    );
  }

  /** False when it was gone already. */
  async delete(id: string, signal: AbortSignal): Promise<boolean> {
    return this.snapshot.whileWriting(async () => {
      const response = await this.api.call(`delete the inbound integration ${id}`, {
        method: "DELETE",
        path: path`/api/v2/integrations/inbound/${id}`,
        accept: [404, 410],
        signal,
      });
      return response.status < 300;
    });
  }

  private async readAll(signal: AbortSignal): Promise<readonly Integration[] | undefined> {
    try {
      const all = await listAll(this.api, {
        doing: "list the inbound integrations",
        path: COLLECTION,
        item: integration,
        signal,
      });
      return all.map((one) => this.learned(one));
    } catch (error) {
      if (error instanceof CallError && (error.status === 404 || error.status === 405)) return undefined;
      throw error;
    }
  }

  private learned(one: Integration): Integration {
    this.learn(one);
    return one;
  }
}

/** Tells a redactor the URL, and the key within it, which works in other URLs too. */
export function learnUrl(redactor: Redactor, url: string): void {
  redactor.add(url);
  const key = /\/POSTAlert\w*\/(?:generic\/)?([^/]+)/i.exec(url)?.[1];
  if (key !== undefined) redactor.add(decodeURIComponent(key));
}
