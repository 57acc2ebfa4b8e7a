import { Snapshot } from "../../http/snapshot";
import type { RestApi } from "../kit/rest-api";
import { webhook, webhooks, type NewWebhook, type Webhook } from "./contract";
import { readPages } from "./pages";

const COLLECTION = "/odata/Webhooks";

/** The webhooks of a tenant: read in one call, shared by a run. */
export class Webhooks {
  private readonly snapshot: Snapshot<readonly Webhook[]>;

  constructor(private readonly api: RestApi) {
    this.snapshot = new Snapshot((signal) =>
      readPages(api, "list the webhooks", webhooks, { path: COLLECTION, paged: true, signal }),
    );
  }

  list(signal: AbortSignal): Promise<readonly Webhook[]> {
    return this.snapshot.get(signal);
  }

  create(body: NewWebhook, signal: AbortSignal): Promise<Webhook> {
    const doing = `create the webhook ${JSON.stringify(body.Name)}`;
    return this.snapshot.whileWriting(() =>
      this.api.read(doing, webhook, { method: "POST", path: COLLECTION, body, signal }),
    );
  }

  /** Changes what is sent and leaves the rest, above all the secret. */
  async change(id: string, body: NewWebhook, signal: AbortSignal): Promise<void> {
    const doing = `change the webhook ${JSON.stringify(body.Name)}`;
    const path = `${COLLECTION}(${id})`;
    await this.snapshot.whileWriting(() =>
      this.api.call(doing, { method: "PATCH", path, body, retry: "safe", signal }),
    );
  }

  async delete(id: string, signal: AbortSignal): Promise<void> {
    const path = `${COLLECTION}(${id})`;
    await this.snapshot.whileWriting(() =>
      this.api.call("delete the webhook", { method: "DELETE", path, accept: [404], signal }),
    );
  }
}
