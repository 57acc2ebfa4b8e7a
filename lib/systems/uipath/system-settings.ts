import { Snapshot } from "../../http/snapshot";
import type { HttpResponse } from "../../http/types";
import { path } from "../../http/url";
import { CallError, type RestApi } from "../kit/rest-api";
import { systemSettings, type SystemSetting } from "./contract";
import { SYSTEM_KEYS } from "./keys";

const COLLECTION = "/api/Setting";

export type SystemRows = ReadonlyMap<string, SystemSetting>;

/** The body of the Identity service's test call. */
export interface SystemTest {
  readonly host: string;
  readonly port: number;
  readonly userName: string;
  readonly password: string;
  readonly domain: string;
  readonly enableSsl: boolean;
  readonly useDefaultCredentials: boolean;
  readonly fromAddress: string;
  readonly fromDisplayName: string;
}

/** The system mail settings of organizations and of the host. `undefined` as partition is the host. */
export class SystemSettings {
  /** Passwords of this run by partition, for the test call, which wants them in clear. In memory only. */
  readonly passwords = new Map<string | undefined, { readonly username: string; readonly text: string }>();
  private readonly snapshots = new Map<string | undefined, Snapshot<SystemRows>>();

  constructor(private readonly api: RestApi) {}

  /** One call for all keys, once a run and partition. Unset keys are simply not there. */
  read(partition: string | undefined, signal: AbortSignal): Promise<SystemRows> {
    return this.snapshot(partition).get(signal);
  }

  /** The host's settings as seen from an organization; undefined where the account may not see them. */
  async readHost(signal: AbortSignal): Promise<SystemRows | undefined> {
    try {
      return await this.read(undefined, signal);
    } catch (error) {
      // External applications get 403 here; newer organizations answer 400 InvalidPartition.
      if (error instanceof CallError && [400, 401, 403, 404].includes(error.status ?? 0)) return undefined;
      throw error;
    }
  }

  /** Creates or overwrites these keys; others stay. Throws a `CallError` with 409 when somebody else writes just now. */
  async put(partition: string | undefined, values: ReadonlyMap<string, string>, signal: AbortSignal): Promise<void> {
    const settings = [...values].map(([key, value]) => ({ key, value }));
    const doing = `write the mail settings of ${partition === undefined ? "the host" : "the organization"}`;
    const send = (partitionGlobalId: string | null) =>
      this.api.call(doing, {
        method: "PUT",
        path: COLLECTION,
        body: { settings, partitionGlobalId },
        ...(partition === undefined ? { accept: [400] } : {}),
        signal,
      });
    await this.write(partition, async () => {
      const response = await send(partition ?? null);
      if (response.status < 300) return;
      // The host is null in the description of the interface, and empty text in UiPath's own example.
      const second = await send("");
      if (second.status >= 300) throw this.api.refusal(doing, second);
    });
  }

  /**
   * Unsets keys. Answers undefined when done, else what the server says: the public interface has no deletion, the
   * internal one does.
   */
  delete(
    partition: string | undefined,
    keys: readonly string[],
    signal: AbortSignal,
  ): Promise<HttpResponse | undefined> {
    const doing = `delete the mail settings of ${partition === undefined ? "the host" : "the organization"}`;
    const accept = [400, 404, 405, 410, 501];
    return this.write(partition, async () => {
      if (partition !== undefined) {
        const body = { settings: [...keys], partitionGlobalId: partition };
        const response = await this.api.call(doing, { method: "DELETE", path: COLLECTION, body, accept, signal });
        if (response.status < 300) return undefined;
        if (response.status === 400) throw this.api.refusal(doing, response);
        return response;
      }
      // The bulk call wants a partition's id, which the host does not have: there, each row goes by its own.
      const rows = await this.read(undefined, signal);
      let refused: HttpResponse | undefined;
      for (const key of keys) {
        const row = rows.get(key);
        if (row === undefined) continue;
        const response = await this.api.call(doing, {
          method: "DELETE",
          path: path`/api/Setting/${row.id}`,
          accept,
          signal,
        });
        if (response.status >= 300) refused = response;
      }
      return refused;
    });
  }

  /** Has UiPath send a test mail. The raw answer. */
  test(recipient: string, smtpSettings: SystemTest, signal: AbortSignal): Promise<HttpResponse> {
    return this.api.call("test the system mail settings", {
      method: "POST",
      path: `${COLLECTION}/VerifySmtpSettings`,
      body: { recipient, smtpSettings },
      accept: [400, 404, 405, 409, 410, 422, 500],
      retry: "once",
      signal,
    });
  }

  private snapshot(partition: string | undefined): Snapshot<SystemRows> {
    let snapshot = this.snapshots.get(partition);
    if (snapshot === undefined) {
      snapshot = new Snapshot((signal) => this.load(partition, signal));
      this.snapshots.set(partition, snapshot);
    }
    return snapshot;
  }

  private async load(partition: string | undefined, signal: AbortSignal): Promise<SystemRows> {
    // Without naming keys nothing comes back. The name is repeated, which a record cannot say.
    const keys = Object.values(SYSTEM_KEYS).map((key) => `key=${encodeURIComponent(key)}`);
    const rows = await this.api.read("read the system mail settings", systemSettings, {
      method: "GET",
      path: `${COLLECTION}?${keys.join("&")}`,
      query: { partitionGlobalId: partition },
      signal,
    });
    return new Map(rows.map((row) => [row.key, row]));
  }

  private async write<T>(partition: string | undefined, send: () => Promise<T>): Promise<T> {
    this.snapshot(partition).invalidate();
    try {
      return await send();
    } finally {
      this.snapshot(partition).invalidate();
    }
  }
}
